"""Each switch of the engine turned, at the true shapes of both released models: number and memory formats, waits, and
nothing on the wrong device; or the reason why it cannot be on.

Blocks are alike: the text encoder has two of them here, the transformer the first and those that the branch joins.
"""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from unittest import mock

import numpy as np
import pytest
import torch

from sprint_live.engine.engine import Engine
from sprint_live.engine.switch_table import switch_names
from support.gpu import SimulatedGpu
from support.gpu.released import BRANCH_LAYERS, released_engine

RELEASED = ("sana-sprint-0.6b", "sana-sprint-1.6b")
REFUSED = {
    "packed-weights": "a CPU's; the model is on cuda",
    "folded-text": "packed-weights is off",
    "bfloat16": "the model runs in bfloat16",
    "shortcut-fold": "round the weight away in bfloat16",
    "packed-conv": "a CPU's; the model is on cuda",
    "quick-pixels": "a CPU's; the model is on cuda",
    "openvino": "the model is on cuda",
    "openvino-bfloat16": "openvino is off",
}
# the sums of linear attention; diffusers' modules are named by who calls them
BLOCK, LOCAL = "engine/denoising/block.py:_attend", "engine/autoencoder/incremental.py:_through"
ENCODE, DECODE = "engine/autoencoder/incremental.py:encode", "engine/autoencoder/decoder.py:_drawn"
SUMS = {BLOCK, LOCAL, ENCODE, DECODE}
OTHER_SUMS = {
    "fast-network": SUMS - {BLOCK} | {"controlnet/branch.py:forward", "controlnet/joined.py:called_with_branch"},
    "cuda-graph": SUMS | {"engine/denoising/cuda_graphs.py:__call__"},
    "incremental-encode": SUMS - {LOCAL},
    "tiny-encoder": SUMS - {LOCAL, ENCODE},
}
FORMATS = {("attention", "bfloat16"), ("convolution", "bfloat16"), ("product", "bfloat16"), ("product", "float32")}
WAITS = Counter(
    {
        ("engine/stage_runner.py:_finish", "synchronize"): 1,
        ("engine/autoencoder/decoder.py:decode", "download"): 1,
        ("engine/stage_runner.py:<listcomp>", "download"): 1,
    }
)
DECODED = ("engine/autoencoder/decoder.py:decode", "download")
OTHER_WAITS = {
    "prompt-kv": WAITS + Counter({("engine/denoising/stem.py:_read", "download"): 1}),  # how long the caption is
    "nvjpeg": WAITS  # the pixels come off, then the JPEG
    - Counter({DECODED: 1})
    + Counter({("engine/jpeg.py:encode_on_device", "download"): 1, ("engine/stage_runner.py:run", "download"): 1}),
}
WITH_PREVIEW = ("preview-decoder", "tiny-encoder")


@dataclasses.dataclass
class Turned:
    """off: why the switch cannot be on, or "". The rest as `SimulatedGpu` writes it down; waits: of a second stroke."""

    off: str = ""
    products: Counter[tuple[str, str, str]] = dataclasses.field(default_factory=Counter)
    not_channels_last: Counter[str] = dataclasses.field(default_factory=Counter)
    doubles: set[str] = dataclasses.field(default_factory=set)
    waits: Counter[tuple[str, str]] = dataclasses.field(default_factory=Counter)
    given: list[object] = dataclasses.field(default_factory=list)


def page(lines: int) -> np.ndarray:
    page_u8 = np.full((1024, 1024), 255, np.uint8)
    for line in range(lines):
        page_u8[300:700, 100 * line + 50 : 100 * line + 60] = 0
    return page_u8


@functools.cache
def turned(model: str) -> dict[str, Turned]:
    """Two strokes with every switch turned, and a preview where it is about one. What torch.compile would compile runs
    as it stands.
    """
    with SimulatedGpu(shapes_only=True) as gpu:
        first = released_engine(model, tiny="taesana")
        pipeline, preview = first.pipeline, first._stages.preview
        del pipeline.text_encoder.layers[2:]
        pipeline.text_encoder.config.num_hidden_layers = 2
        del pipeline.transformer.transformer_blocks[BRANCH_LAYERS + 1 :]
        found = {}
        for name in switch_names():
            how = {"without" if name in first.switched_on else "also": [name]}
            with stand_ins() as given:
                engine = Engine(pipeline, first.model, preview=preview, **how)
                if "also" in how and name not in engine.switched_on:
                    found[name] = Turned(off=engine.why_switch(name))
                    continue
                found[name] = _drawn(gpu, engine, given, with_preview=name in WITH_PREVIEW)
    return found


def _drawn(gpu: SimulatedGpu, engine: Engine, given: list[object], *, with_preview: bool) -> Turned:
    gpu.forget()
    engine.draw(page(1), "a cat", client="one")
    gpu.waits.clear()
    frame = engine.draw(page(2), "a cat", client="one")
    waits = Counter(map(tuple, gpu.waits))
    assert frame.controlled and frame.pixels_u8.shape == (1024, 1024, 3) and frame.latent_CYX.dtype == np.float16
    if with_preview:
        engine.draw(page(3), "a cat", client="one", preview=True)
    return Turned("", gpu.products.copy(), gpu.not_channels_last.copy(), gpu.doubles.copy(), waits, given)


@contextmanager
def stand_ins() -> Iterator[list[object]]:
    """What torch.compile and torchvision's JPEG encoder were given, neither of which works without a GPU."""
    given: list[object] = []

    def compiled(function: object, **options: object) -> object:
        given.append(options)
        return function

    def encode_jpeg(picture_u8: torch.Tensor, quality: int) -> torch.Tensor:
        given.append((tuple(picture_u8.shape), picture_u8.device.type, picture_u8.dtype, quality))
        return picture_u8.flatten()[:4]

    modules = {name: ModuleType(name) for name in ("torchvision", "torchvision.io")}
    for name, module in modules.items():
        module.__spec__ = ModuleSpec(name, None)
    vars(modules["torchvision.io"]).update(encode_jpeg=encode_jpeg)
    with mock.patch.dict(sys.modules, modules), mock.patch.object(torch, "compile", compiled):
        yield given


@pytest.mark.parametrize("model", RELEASED)
def test_what_cannot_be_on_says_why(model: str) -> None:
    off = {name: one.off for name, one in turned(model).items() if one.off}
    assert off.keys() == REFUSED.keys()
    assert all(words in off[name] for name, words in REFUSED.items()), off


@pytest.mark.parametrize("name", [name for name in switch_names() if name not in REFUSED])
@pytest.mark.parametrize("model", RELEASED)
def test_formats_and_waits_with_the_switch_turned(model: str, name: str) -> None:
    one = turned(model)[name]
    assert {(kind, dtype) for _, kind, dtype in one.products} == FORMATS
    assert {place for place, _, dtype in one.products if dtype == "float32"} == OTHER_SUMS.get(name, SUMS)
    assert not one.doubles
    assert bool(one.not_channels_last) == (name == "channels-last"), one.not_channels_last
    assert all(place.startswith("engine/autoencoder/") for place in one.not_channels_last)
    assert one.waits == OTHER_WAITS.get(name, WAITS)


@pytest.mark.parametrize("model", RELEASED)
def test_compile_is_given_the_whole_behind_the_start_and_nvjpeg_pictures_on_the_gpu(model: str) -> None:
    assert turned(model)["compile"].given == [{"fullgraph": True, "dynamic": False, "backend": "inductor"}]
    assert set(turned(model)["nvjpeg"].given) == {((3, 1024, 1024), "cuda", torch.uint8, 80)}
    others = {name for name, one in turned(model).items() if one.given}
    assert others == {"compile", "nvjpeg"}
