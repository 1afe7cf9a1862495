"""Each switch on a simulated GPU: turned off, or asked for where it is off, the picture is the CPU's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from unittest import mock

import cv2
import numpy as np
import pytest
import torch

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.bench.random_weights import random_engine
from sprint_live.engine.engine import Engine
from sprint_live.engine.switches import TABLE
from sprint_live.errors import SprintLiveError
from support.gpu import SimulatedGpu
from support.gpu.devices import CPU, CUDA
from support.gpu.walks import gpu_packages
from support.models.released_small import small_released

ON = [switch.name for switch in TABLE if "cuda" in switch.on]
OFF = [switch.name for switch in TABLE if "cuda" not in switch.on]


def page(*radii: int) -> np.ndarray:
    page_u8 = np.full((256, 256), 255, np.uint8)
    for radius in radii:
        cv2.circle(page_u8, (128, 128), radius, 0, 4)
    return page_u8


def drawn(engine: Engine) -> list[np.ndarray]:
    """A stroke, one more, and two people in a batch."""
    frames = []
    for batch in ([page(50)], [page(50, 20)], [page(50), page(20)]):
        frames += engine.draw_many(
            [
                DrawJob(sketch=one, prompt="a cat", size=256, settings=DrawSettings(seed=len(batch) + n))
                for n, one in enumerate(batch)
            ]
        )
    for frame in frames:
        if isinstance(frame, SprintLiveError):
            raise frame
    return [frame.pixels_u8 for frame in frames]


@pytest.fixture(scope="module")
def on_cpu() -> list[np.ndarray]:
    return drawn(random_engine(small_released(), CPU))


def walked(here: list[np.ndarray], **asked: object) -> Engine:
    with SimulatedGpu() as gpu:
        engine = random_engine(small_released(), CUDA, **asked)
        there = drawn(engine)
    assert not gpu.doubles and not gpu.strangers
    for one, other in zip(there, here, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 2
    return engine


@pytest.mark.parametrize("name", ON)
def test_without_it(on_cpu, name: str) -> None:
    assert name not in walked(on_cpu, without=[name]).switched_on


def test_what_only_a_cpu_has_changes_nothing_when_it_is_asked_for(on_cpu) -> None:
    only_cpu = [name for name in OFF if name not in ("cuda-graph", "compile", "nvjpeg", "bfloat16")]
    engine = walked(on_cpu, also=only_cpu)
    assert "openvino" not in engine.switched_on


def test_compile_is_given_the_whole_of_what_is_behind_the_start(on_cpu) -> None:
    """torch.compile itself writes kernels for a GPU; what it would compile is walked as it stands."""
    compiled: list[dict] = []

    def keep(function: Callable, **options: object) -> Callable:
        compiled.append(options)
        return function

    with mock.patch.object(torch, "compile", keep):
        walked(on_cpu, also=["compile"])
    assert compiled == [{"fullgraph": True, "dynamic": False, "backend": "inductor"}]


def test_nvjpeg_is_given_pictures_that_never_left_the_gpu(on_cpu) -> None:
    given = []

    def encode_jpeg(picture_u8: torch.Tensor, quality: int) -> torch.Tensor:
        given.append((tuple(picture_u8.shape), picture_u8.device.type, picture_u8.is_contiguous(), quality))
        return picture_u8.flatten()[:4]

    with gpu_packages(), mock.patch.object(sys.modules["torchvision.io"], "encode_jpeg", encode_jpeg):
        walked(on_cpu, also=["nvjpeg"])
    assert given == [((3, 256, 256), "cuda", True, 80)] * 4
