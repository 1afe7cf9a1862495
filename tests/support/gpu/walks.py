"""All that an engine does on a GPU, with small models that have numbers: from a model's files to JPEGs."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from unittest import mock

import numpy as np
import torch
from safetensors.torch import save_file

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DRAW_SETTINGS, DrawSettings
from sprint_live.api.frame import Frame
from sprint_live.api.pin import Pin
from sprint_live.engine.engine import Engine
from sprint_live.engine.loading import components, placement
from sprint_live.engine.loading.load import load_engine
from sprint_live.errors import SprintLiveError
from sprint_live.models.fit import Fit
from sprint_live.models.preview import SprintPreviewDecoder
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from support.gpu.quantized import quantize
from support.models.released_model import WIDTH, write_released_model
from support.small_model import make_tiny_branch, make_tiny_pipeline, make_tiny_transformer, write_checksums

LORA_LAYER = "transformer_blocks.0.attn1.to_q"


@dataclasses.dataclass(frozen=True)
class Folders:
    """A released model's layout, a branch, a LoRA and a tiny autoencoder for it, and a folder like sprint-tiny's, with a preview decoder."""

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
    for folder in (released, root / "branch", root / "taesana"):
        write_checksums(folder)
    width = transformer.get_submodule(LORA_LAYER).weight.shape[0]
    generator = torch.Generator().manual_seed(0)
    save_file(
        {
            f"transformer.{LORA_LAYER}.lora_A.weight": torch.randn(2, width, generator=generator),
            f"transformer.{LORA_LAYER}.lora_B.weight": torch.randn(width, 2, generator=generator),
        },
        root / "lora.safetensors",
    )
    make_tiny_pipeline().save_pretrained(root / "tiny")
    with torch.random.fork_rng():
        torch.manual_seed(0)
        SprintPreviewDecoder(block_out_channels=(8, 16, 16), layers_per_block=(1, 1, 1)).save_pretrained(
            root / "tiny/preview"
        )
    write_checksums(root / "tiny")
    return Folders(released, root / "branch", root / "lora.safetensors", root / "taesana", root / "tiny")


@contextlib.contextmanager
def gpu_packages() -> Iterator[None]:
    """torchao, bitsandbytes and torchvision are installed, as far as the engine asks; see `quantized` and `jpeg`."""
    made = {name: ModuleType(name) for name in ("torchao", "torchao.quantization", "bitsandbytes", "torchvision")}
    made["torchvision.io"] = ModuleType("torchvision.io")
    for name, module in made.items():
        module.__spec__ = ModuleSpec(name, None)
    made["torchao.quantization"].Int8WeightOnlyConfig = lambda: "int8"
    made["torchao.quantization"].quantize_ = quantize
    made["torchvision.io"].encode_jpeg = lambda picture_u8, quality: picture_u8.flatten()[:quality]

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


def page(*lines: int, side: int = 128) -> np.ndarray:
    """A drawing with a short line at each of these columns."""
    page_u8 = np.full((side, side), 255, np.uint8)
    for column in lines:
        page_u8[side // 4 : side // 2, column : column + 6] = 0
    return page_u8


def jobs(size: int, client: str) -> list[list[DrawJob]]:
    """What a person does with an engine, batch by batch: strokes, words, more steps, a painting, several people."""

    def job(*lines: int, **changes: object) -> DrawJob:
        settings = DrawSettings(**{name: changes.pop(name) for name in DRAW_SETTINGS if name in changes})
        given = {"sketch": page(*lines, side=size), "prompt": "a red cat", "size": size, "client": client, **changes}
        return DrawJob(settings=settings, **given)

    painting = np.dstack([page(20, side=size), page(60, side=size), page(side=size)])
    return [
        [job(20)],
        [job(20, 60)],
        [job(20, 60, prompt="two dogs", steps=3, seed=2, control_end=0.5)],
        [job()],
        [job(40, painting=painting, strength=0.5, steps=2)],
        [job(40, seed=1, client="a"), job(60, control_strength=0.5, client="b"), job(client="c")],
        [job(60, prompt="a cat", preview=True)],
    ]


def drawn(engine: Engine, batches: list[list[DrawJob]]) -> list[Frame]:
    """Frames of all jobs, and of the first one with a part of its picture pinned.

    Raises: SprintLiveError, whichever a job got first.
    """
    frames = [frame for batch in batches for frame in _frames(engine, batch)]
    latent_CYX = frames[0].latent_CYX
    mask_YX = np.zeros(latent_CYX.shape[1:], np.uint8)
    mask_YX[:, : mask_YX.shape[1] // 2] = 255
    pinned = dataclasses.replace(batches[2][0], pin=Pin(mask_YX, latent_CYX))
    return [*frames, *_frames(engine, [pinned])]


def _frames(engine: Engine, batch: list[DrawJob]) -> list[Frame]:
    frames = engine.draw_many(batch)
    for frame in frames:
        if isinstance(frame, SprintLiveError):
            raise frame
    return frames


def whole_walk(folders: Folders, device: str) -> list[Frame]:
    """Every way to load an engine, and everything it draws."""
    on_gpu, frames = device == "cuda", []
    released = load_engine(
        folders.released,
        device,
        controlnet=folders.branch,
        lora=folders.lora,
        fit=Fit(offload_text=on_gpu),
        also=["cuda-graph"] if on_gpu else [],
    )
    frames += drawn(released, jobs(128, "one")) + drawn(released, jobs(128, "one")[:3])
    with gpu_packages():
        plain = load_engine(
            folders.released,
            device,
            controlnet=folders.branch,
            fit=Fit(quantize_text="int8", tile=True),
            without=["fast-network", "prompt-cache"],
        )
        frames += drawn(plain, jobs(128, "one")[:4])
        if on_gpu:
            fit = Fit(quantize_text="nf4", quantize_transformer="nf4", autoencoder_float32=True)
            _frames(load_engine(folders.released, device, fit=fit, also=["nvjpeg"]), jobs(128, "one")[0])
    small = load_engine(
        folders.released,
        device,
        controlnet=folders.branch,
        tiny_autoencoder=folders.taesana,
        also=["tiny-encoder"],
    )
    frames += drawn(small, jobs(128, "one")[:3]) + _frames(small, jobs(128, "one")[-1])
    tiny = load_engine(folders.tiny, device, without=["openvino"])
    frames += drawn(tiny, jobs(256, "one"))
    tiny.warm()
    assert device in tiny.explain() and tiny.detect(page(20), "canny").shape == (1024, 1024)
    assert placement.free_bytes(tiny.device)
    return frames
