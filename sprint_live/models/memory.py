"""How much memory a model takes, computed from its configuration: no weights, no GPU, no torch.

Parameter counts and working memory are figures of the zoo entry; tests/models/test_memory.py counts them on the meta
device, and tests/engine/gpu/test_memory_table.py compares every row with a simulated run of the engine, storage by
storage. It has not been measured on a GPU yet.

Knows: figures and fits.  Must not know: devices, tensors, files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sprint_live.models.fit import QUANTIZED_BITS, Fit

CONTEXT_MIB = 512  # assumed for the CUDA context and the workspaces of its libraries; not computed
MIB = 2**20


@dataclass(frozen=True, kw_only=True)
class Part:
    """One component: parameters, how many of them stand in linear layers (what quantization shrinks), and the peak of
    its intermediate tensors in MiB for one 1024x1024 picture in bfloat16, or in float32, whole or on 512-pixel tiles.

    copied_parameters: those that the engine holds a second time, rewritten; on tiles nothing is
    (`autoencoder.rewrites`).
    """

    parameters: int
    linear_parameters: int = 0
    copied_parameters: int = 0
    working_mib: float = 0.0
    working_float32_mib: float = 0.0
    working_tiled_mib: float = 0.0
    working_tiled_float32_mib: float = 0.0

    def weights_bytes(self, quantization: str = "none", bytes_each: int = 2) -> int:
        """Bytes of its weights; only linear layers are quantized."""
        linear = self.linear_parameters if quantization != "none" else 0
        return (self.parameters - linear) * bytes_each + round(linear * QUANTIZED_BITS[quantization] / 8)


@dataclass(frozen=True, kw_only=True)
class Peak:
    """Bytes on the device while a prompt is encoded and while a picture is drawn, the CUDA context included."""

    prompt_bytes: int
    picture_bytes: int

    @property
    def bytes(self) -> int:
        """The larger of the two: what the card must have."""
        return max(self.prompt_bytes, self.picture_bytes)


def peak_memory(parts: Mapping[str, Part], fit: Fit, *, branch: bool = True, tiny: Sequence[Part] = ()) -> Peak:
    """Peak on a CUDA device for one 1024x1024 picture, the autoencoder in bfloat16 unless the fit says otherwise.

    parts: "text_encoder", "transformer", "controlnet" (only counted with `branch`), "encoder", "decoder". tiny: the
    halves of a tiny autoencoder that stand beside them: the full decoder still draws the last picture,
    so nothing is saved.
    """
    text, transformer = parts["text_encoder"], parts["transformer"]
    resident = transformer.weights_bytes(fit.quantize_transformer) + CONTEXT_MIB * MIB
    resident += sum(_autoencoder_bytes(half, fit) for half in (parts["encoder"], parts["decoder"], *tiny))
    if branch:
        resident += parts["controlnet"].weights_bytes()
    text_weights = text.weights_bytes(fit.quantize_text)
    halves = (parts["encoder"], parts["decoder"])
    working = max(*(_working_mib(half, fit) for half in halves), transformer.working_mib)
    working = max(working, *(_tiny_working_mib(half, fit) for half in tiny), 0.0)
    return Peak(
        prompt_bytes=resident + text_weights + round(text.working_mib * MIB),
        picture_bytes=resident + (0 if fit.offload_text else text_weights) + round(working * MIB),
    )


def _autoencoder_bytes(autoencoder: Part, fit: Fit) -> int:
    copied = 0 if fit.tile else autoencoder.copied_parameters
    return (autoencoder.parameters + copied) * (4 if fit.autoencoder_float32 else 2)


def _working_mib(autoencoder: Part, fit: Fit) -> float:
    if fit.tile:
        return autoencoder.working_tiled_float32_mib if fit.autoencoder_float32 else autoencoder.working_tiled_mib
    return autoencoder.working_float32_mib if fit.autoencoder_float32 else autoencoder.working_mib


def _tiny_working_mib(half: Part, fit: Fit) -> float:
    """It never runs in tiles."""
    return half.working_float32_mib if fit.autoencoder_float32 else half.working_mib


def published_bytes(parts: Mapping[str, Part]) -> int:
    """The approximate size of a download: bfloat16 weights, and the autoencoder in float32, its largest format."""
    return sum(
        part.weights_bytes(bytes_each=4 if name in ("encoder", "decoder") else 2)
        for name, part in parts.items()
        if name != "controlnet"
    )
