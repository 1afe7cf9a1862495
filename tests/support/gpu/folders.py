"""Small models in folders, for what loads them on a simulated GPU, and what stands in for packages that need one."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from unittest import mock

import torch
from safetensors.torch import save_file

from sprint_live.engine.loading import components
from sprint_live.models.preview import SprintPreviewDecoder
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from support.gpu.quantized import quantize
from support.models.released_model import WIDTH, write_released_model
from support.small_model import make_tiny_branch, make_tiny_pipeline, make_tiny_transformer, write_checksums

LORA_LAYER = "transformer_blocks.0.attn1.to_q"


@dataclasses.dataclass(frozen=True)
class Folders:
    """A released model's layout with a branch, a LoRA and a tiny autoencoder for it, and a folder like sprint-tiny's,
    with a preview decoder.
    """

    released: Path
    branch: Path
    lora: Path
    taesana: Path
    tiny: Path


def write_folders(root: Path) -> Folders:
    """Small random models in both layouts."""
    released = write_released_model(root / "released")
    transformer = make_tiny_transformer(sample_size=4, caption_channels=WIDTH)
    make_tiny_branch(transformer).save_pretrained(root / "branch")
    with torch.random.fork_rng():
        torch.manual_seed(0)
        TinySanaAutoencoder().save_pretrained(root / "taesana")
        make_tiny_pipeline().save_pretrained(root / "tiny")
        preview = SprintPreviewDecoder(block_out_channels=(8, 16, 32), layers_per_block=(1, 1, 1))
        preview.save_pretrained(root / "tiny/preview")
    for folder in (released, root / "branch", root / "taesana", root / "tiny"):
        write_checksums(folder)
    width = transformer.get_submodule(LORA_LAYER).weight.shape[0]
    generator = torch.Generator().manual_seed(0)
    low_rank = {"A": torch.randn(2, width, generator=generator), "B": torch.randn(width, 2, generator=generator)}
    save_file(
        {f"transformer.{LORA_LAYER}.lora_{half}.weight": weight for half, weight in low_rank.items()},
        root / "lora.safetensors",
    )
    return Folders(released, root / "branch", root / "lora.safetensors", root / "taesana", root / "tiny")


@contextlib.contextmanager
def gpu_packages() -> Iterator[None]:
    """torchao and bitsandbytes are installed, as far as the engine asks; see `quantized`."""
    made = {name: ModuleType(name) for name in ("torchao", "torchao.quantization", "bitsandbytes")}
    for name, module in made.items():
        module.__spec__ = ModuleSpec(name, None)
    vars(made["torchao.quantization"]).update(Int8WeightOnlyConfig=lambda: "int8", quantize_=quantize)

    def load(*args: object, quantization: object = None, device: object = None, **kwargs: object) -> object:
        module = load_component(*args, **kwargs)
        return module if quantization is None else quantize(module, "nf4").to(device)

    load_component = components.load_component
    with (
        mock.patch.dict(sys.modules, made),
        mock.patch.object(components, "load_component", load),
        mock.patch("transformers.BitsAndBytesConfig", lambda **options: options),
        mock.patch("diffusers.BitsAndBytesConfig", lambda **options: options),
    ):
        yield
