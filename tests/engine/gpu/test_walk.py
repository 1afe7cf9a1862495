"""The engine's CUDA path, walked on a simulated GPU: every picture is the CPU's,
nobody meets a stranger or waits twice.
"""

from __future__ import annotations

import importlib
from collections import Counter

import cv2
import numpy as np
import pytest
import torch

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.bench.random_weights import random_engine
from sprint_live.engine.engine import Engine
from sprint_live.errors import SprintLiveError
from support.gpu import SimulatedGpu, WrongDevice
from support.models.released_small import small_released

CUDA, CPU = torch.device("cuda:0"), torch.device("cpu")
# a picture waits three times: before "denoise" has a time, for its pixels, for the latent a pin is made of
WAITS = Counter(
    {
        ("engine/stage_runner.py:_finish", "synchronize"): 1,
        ("engine/autoencoder/decoder.py:decode", "download"): 1,
        ("engine/stage_runner.py:<listcomp>", "download"): 1,
    }
)


def page(*circles: tuple[int, int, int]) -> np.ndarray:
    """A 256x256 drawing of circles (x, y, radius)."""
    page_u8 = np.full((256, 256), 255, np.uint8)
    for x, y, radius in circles:
        cv2.circle(page_u8, (x, y), radius, 0, 4)
    return page_u8


FIRST, SECOND = page((100, 100, 50)), page((100, 100, 50), (180, 180, 20))


def jobs() -> list[DrawJob]:
    """What a person does with the engine, job by job."""
    painting = np.dstack([SECOND, FIRST, FIRST])
    return [
        DrawJob(sketch=FIRST, prompt="a cat", size=256, client="one"),
        DrawJob(sketch=SECOND, prompt="a cat", size=256, client="one"),
        DrawJob(
            sketch=SECOND, prompt="two red dogs", size=256, settings=DrawSettings(steps=3, seed=2, control_end=0.5)
        ),
        DrawJob(sketch=page(), prompt="a cat", size=(192, 320)),
        DrawJob(
            sketch=FIRST, prompt="a cat", size=256, painting=painting, settings=DrawSettings(strength=0.5, steps=2)
        ),
    ]


def drawn(engine: Engine) -> list[np.ndarray]:
    frames = [engine.draw_many([job])[0] for job in jobs()]
    batch = engine.draw_many(
        [
            DrawJob(
                sketch=sketch,
                prompt="a cat",
                size=256,
                settings=DrawSettings(seed=seed, control_strength=0.5 + seed / 2),
            )
            for seed, sketch in enumerate((FIRST, SECOND, page()))
        ]
    )
    for frame in (*frames, *batch):
        if isinstance(frame, SprintLiveError):
            raise frame
    return [frame.pixels_u8 for frame in (*frames, *batch)]


@pytest.fixture(scope="module")
def on_cpu() -> list[np.ndarray]:
    return drawn(random_engine(small_released(), CPU))


def assert_alike(there: list[np.ndarray], here: list[np.ndarray]) -> None:
    for index, (one, other) in enumerate(zip(there, here, strict=True)):
        assert np.abs(one.astype(int) - other).max() <= 2, index


def test_a_cuda_graph_is_replayed_on_static_inputs(on_cpu) -> None:
    with SimulatedGpu() as gpu:
        engine = random_engine(small_released(), CUDA, also=["cuda-graph"])
        assert_alike(drawn(engine), on_cpu)
        assert_alike(drawn(engine), on_cpu)  # now from the recordings
        assert gpu.graphs and sum(graph.num_replays for graph in gpu.graphs) > len(gpu.graphs)


def test_a_stroke_waits_for_the_gpu_three_times_and_no_more() -> None:
    with SimulatedGpu() as gpu:
        engine = random_engine(small_released(), CUDA)
        engine.draw(FIRST, "a cat", size=256)
        gpu.forget()
        engine.draw(SECOND, "a cat", size=256)
        assert Counter(map(tuple, gpu.waits)) == WAITS


# a function of each file that a stroke runs on the GPU
COMPUTING = {
    "autoencoder.decoder": "PictureDecoder._drawn",
    "autoencoder.encoder": "PageEncoder._scaled",
    "autoencoder.incremental": "_Head.forward",
    "autoencoder.rewrites": "FusedRMSNorm.forward",
    "denoising.block": "FastBlock._attend",
    "denoising.linear": "Linear.__call__",
    "denoising.network": "FastNetwork._finish",
}


def planted(monkeypatch, file: str, fault) -> None:
    owner = importlib.import_module(f"sprint_live.engine.{file}")
    *owners, name = COMPUTING[file].split(".")
    for part in owners:
        owner = getattr(owner, part)
    original = getattr(owner, name)

    def broken(*args, **kwargs):
        result = original(*args, **kwargs)
        return torch.utils._pytree.tree_map_only(
            torch.Tensor, lambda one: fault(one) if one.is_floating_point() and one.dim() else one, result
        )

    monkeypatch.setattr(owner, name, broken)


FAULTS = {
    "a .cpu() constant": lambda tensor: tensor + torch.zeros(tensor.shape[-1:]),
    "a float64": lambda tensor: tensor.double().to(tensor.dtype),
    "an .item()": lambda tensor: tensor + 0 * tensor.flatten()[0].item(),
    "a nonzero": lambda tensor: tensor + 0 * len(tensor.nonzero()),
    "a round trip": lambda tensor: tensor.cpu().to(tensor.device),
}


PLANTED = [
    *((file, "a .cpu() constant") for file in COMPUTING),
    *((file, fault) for file in ("autoencoder.decoder", "denoising.block") for fault in list(FAULTS)[1:]),
]


@pytest.mark.parametrize(("file", "fault"), PLANTED)
def test_the_walk_finds_what_is_planted(monkeypatch, file: str, fault: str) -> None:
    with SimulatedGpu() as gpu:
        engine = random_engine(small_released(), CUDA)
        engine.draw(FIRST, "a cat", size=256)
        planted(monkeypatch, file, FAULTS[fault])
        gpu.forget()
        try:
            engine.draw(SECOND, "two red dogs", size=256, seed=1)
        except SprintLiveError as error:
            assert isinstance(error.__cause__, WrongDevice)
            return
        extra = Counter(map(tuple, gpu.waits)) - WAITS
        allowed = {("engine/denoising/stem.py:_read", "download"): 1}  # the new prompt's mask decides shapes
        assert gpu.doubles or extra - Counter(allowed)
