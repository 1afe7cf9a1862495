"""How much work a picture is, stage by stage, and the shortest time a machine of given rates could take for it.

The plain pipeline is counted, not the engine: what the model asks for, before anything is saved. An engine that
re-encodes only what changed does less than that and may be below the floor.

Knows: the pipeline's stages.  Must not know: the engine, clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

from sprint_live.bench.rates import Rates
from sprint_live.errors import EngineError
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline


@dataclass(frozen=True, kw_only=True)
class Work:
    """One stage of one picture.

    conv_gflop, gemm_gflop: as torch counts them, a multiply-add as two. least_mib: weights once, input and result.
    moved_mib: what the unfused operations read and write. num_kernels: operations that compute something. dtype:
    of the weights.
    """

    conv_gflop: float
    gemm_gflop: float
    least_mib: float
    moved_mib: float
    num_kernels: int
    dtype: torch.dtype

    def floor_ms(self, rates: Rates) -> float:
        """The roofline: arithmetic at the measured rates, or the least traffic at the measured bandwidth,
        whichever is longer.
        """
        name = str(self.dtype).removeprefix("torch.")
        arithmetic_ms = (
            self.conv_gflop / rates.conv_gflop_s[name] * 1e3 + self.gemm_gflop / rates.gemm_gflop_s[name] * 1e3
        )
        return max(arithmetic_ms, self.least_mib * 2**20 / (rates.copy_gb_s * 1e9) * 1e3)


def count_work(pipeline: SanaSprintControlNetPipeline, *, prompt: str, page_pm1: Tensor, steps: int) -> dict[str, Work]:
    """Work of "encode", "denoise" and "decode" for a control page (1, 3, H, W) in [-1, 1].

    Raises:
        EngineError: a stage gives numbers that are not finite: such a model must not be measured.
    """
    height, width = page_pm1.shape[-2:]
    vae, branch = pipeline.vae, pipeline.controlnet
    denoisers = [module for module in (pipeline.transformer, branch) if module is not None]
    with torch.inference_mode():
        text_BLD, mask_BL = pipeline.encode_as_trained(prompt)
        control, encode = _counted(lambda: pipeline.encode_pixels(page_pm1), [vae.encoder], page_pm1)
        clean, denoise = _counted(
            lambda: (
                pipeline(
                    prompt_embeds=text_BLD,
                    prompt_attention_mask=mask_BL,
                    control_latents=None if branch is None else control,
                    num_inference_steps=steps,
                    height=height,
                    width=width,
                    use_resolution_binning=False,
                    generator=torch.Generator().manual_seed(0),
                    output_type="latent",
                ).images
            ),
            denoisers,
            text_BLD,
        )
        _, decode = _counted(lambda: pipeline.decode(clean, "pt"), [vae.decoder], clean)
    return {"encode": encode, "denoise": denoise, "decode": decode}


def _counted(call: Callable[[], Tensor], modules: Iterable[nn.Module], given: Tensor) -> tuple[Tensor, Work]:
    traffic = _Traffic()
    with FlopCounterMode(display=False) as counter, traffic:
        result = call()
    if not bool(torch.isfinite(result).all()):
        raise EngineError("the model gives numbers that are not finite; fix: measure a model that draws")
    flops = {str(operation): count for operation, count in counter.get_flop_counts()["Global"].items()}
    conv = sum(count for operation, count in flops.items() if "conv" in operation)
    weights = [parameter for module in modules for parameter in module.parameters()]
    work = Work(
        conv_gflop=conv / 1e9,
        gemm_gflop=(sum(flops.values()) - conv) / 1e9,
        least_mib=sum(map(_bytes, [*weights, given, result])) / 2**20,
        moved_mib=traffic.num_bytes / 2**20,
        num_kernels=traffic.num_kernels,
        dtype=weights[0].dtype,
    )
    return result, work


class _Traffic(TorchDispatchMode):
    """Counts operations that are no mere views, and the bytes of what they read and write."""

    def __init__(self) -> None:
        super().__init__()
        self.num_kernels = 0
        self.num_bytes = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):  # noqa: ANN001, ANN204  # torch's signature
        result = func(*args, **(kwargs or {}))
        is_view = any(
            returned.alias_info is not None and not returned.alias_info.is_write for returned in func._schema.returns
        )
        if not is_view:
            self.num_kernels += 1
            self.num_bytes += sum(_bytes(tensor) for tensor in _tensors([args, result]))
        return result


def _tensors(values: Iterable[object]) -> Iterable[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, list | tuple):
            yield from _tensors(value)


def _bytes(tensor: Tensor) -> int:
    return tensor.numel() * tensor.element_size()
