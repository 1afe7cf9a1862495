"""From a model's files to pictures on a simulated GPU, in every way to load one: branch, LoRA, offloaded, quantized or
tiled parts, a tiny autoencoder. The pictures are the CPU's.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import torch

from sprint_live.engine.loading.load import load_engine
from sprint_live.errors import EngineError
from sprint_live.models.fit import AS_PUBLISHED, Fit
from support.gpu import SimulatedGpu, WrongDevice
from support.gpu.folders import Folders, gpu_packages, write_folders


@dataclass(frozen=True)
class Way:
    """model, options: a field of `Folders`, and options of `load_engine` as fields of it. fit: on the GPU.
    fit_here: on the CPU, None where a CPU has no such thing. side: of a picture in pixels.
    """

    model: str = "released"
    options: dict[str, str] = field(default_factory=dict)
    fit: Fit = AS_PUBLISHED
    fit_here: Fit | None = AS_PUBLISHED
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    side: int = 128


WITH_BRANCH = {"controlnet": "branch"}
NF4 = Fit(quantize_text="nf4", quantize_transformer="nf4", autoencoder_float32=True)
INT8 = Fit(quantize_text="int8", quantize_transformer="int8", tile=True)
WAYS = {
    "as it is": Way(options=WITH_BRANCH),
    "no branch": Way(),
    "a LoRA, the text encoder offloaded": Way(options={**WITH_BRANCH, "lora": "lora"}, fit=Fit(offload_text=True)),
    "int8, tiles": Way(options=WITH_BRANCH, fit=INT8, fit_here=INT8, without=("fast-network",)),
    "nf4": Way(options=WITH_BRANCH, fit=NF4, fit_here=None),
    "a tiny autoencoder": Way(options={**WITH_BRANCH, "tiny_autoencoder": "taesana"}, also=("tiny-encoder",)),
    "like sprint-tiny": Way(model="tiny", without=("openvino",), side=256),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return write_folders(tmp_path_factory.mktemp("models"))


def page(side: int, *columns: int) -> np.ndarray:
    page_u8 = np.full((side, side), 255, np.uint8)
    for column in columns:
        page_u8[side // 4 : side // 2, column : column + 6] = 0
    return page_u8


def pictures(folders: Folders, way: Way, device: str) -> list[np.ndarray]:
    """A stroke, one more, other words in two steps, and a preview."""
    options: dict[str, Any] = {name: getattr(folders, value) for name, value in way.options.items()}
    fit = way.fit if device == "cuda" else way.fit_here
    model = getattr(folders, way.model)
    engine = load_engine(model, device, fit=fit, also=way.also, without=way.without, **options)
    asked = [
        {"sketch": page(way.side, 20), "prompt": "a red cat"},
        {"sketch": page(way.side, 20, 60), "prompt": "a red cat"},
        {"sketch": page(way.side, 60), "prompt": "two dogs", "steps": 2, "seed": 3},
        {"sketch": page(way.side, 40), "prompt": "a cat", "preview": True},
    ]
    return [engine.draw(size=way.side, client="one", **one).pixels_u8 for one in asked]


@pytest.mark.parametrize("name", WAYS)
def test_pictures_are_the_cpus(folders: Folders, name: str) -> None:
    way = WAYS[name]
    is_quantized = way.fit.quantize_text != "none"
    with gpu_packages() if is_quantized else nullcontext():
        with SimulatedGpu() as gpu:
            there = pictures(folders, way, "cuda")
        here = there if way.fit_here is None else pictures(folders, way, "cpu")
    assert not gpu.strangers
    for index, (one, other) in enumerate(zip(there, here, strict=True)):
        assert one.std() > 0 or way.fit_here is None
        assert np.abs(one.astype(int) - other).max() <= 2, index


def test_an_offloaded_text_encoder_is_back_in_main_memory_after_each_prompt(folders: Folders) -> None:
    with SimulatedGpu():
        engine = load_engine(folders.released, "cuda", controlnet=folders.branch, fit=Fit(offload_text=True))
        for prompt in ("a cat", "two dogs"):
            engine.draw(page(128, 20), prompt, size=128)
            assert {weight.device.type for weight in engine.pipeline.text_encoder.parameters()} == {"cpu"}
            assert {weight.device.type for weight in engine.pipeline.transformer.parameters()} == {"cuda"}


@pytest.mark.parametrize("component", ["transformer", "vae", "controlnet"])
def test_a_component_that_stays_on_the_cpu_is_found(folders: Folders, component: str, monkeypatch) -> None:
    move = torch.nn.Module.to

    def forgetful(module: torch.nn.Module, *args: object, **kwargs: object) -> torch.nn.Module:
        kinds = {"transformer": "SanaTransformer2DModel", "vae": "AutoencoderDC", "controlnet": "SanaSprintControlNet"}
        return module if type(module).__name__ == kinds[component] else move(module, *args, **kwargs)

    for kind in torch.nn.Module, *torch.nn.Module.__subclasses__():
        if "to" in vars(kind):
            monkeypatch.setattr(kind, "to", forgetful)
    with SimulatedGpu(), pytest.raises((WrongDevice, EngineError)):
        load_engine(folders.released, "cuda", controlnet=folders.branch).draw(page(128, 20), "a red cat", size=128)
