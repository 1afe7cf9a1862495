"""The released models whole, at their true shapes in bfloat16: what people do; number and memory formats are held along
the way.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.api.pin import Pin
from sprint_live.engine.engine import Engine
from sprint_live.engine.switch_table import REWRITES
from sprint_live.errors import SprintLiveError
from support.gpu import SimulatedGpu
from support.gpu.released import released_engine

RELEASED = ("sana-sprint-0.6b", "sana-sprint-1.6b")
# the sums of linear attention, the engine's own and the autoencoder's, whose modules diffusers runs
SUMS = {
    *("engine/denoising/block.py:_attend", "engine/autoencoder/decoder.py:_drawn"),
    *("engine/autoencoder/incremental.py:encode", "engine/autoencoder/incremental.py:_through"),
}
WAITS = Counter(
    {
        ("engine/stage_runner.py:_finish", "synchronize"): 1,
        ("engine/autoencoder/decoder.py:decode", "download"): 1,
        ("engine/stage_runner.py:<listcomp>", "download"): 1,
    }
)


BUILT_IN_FLOAT64 = {"engine/autoencoder/folds.py:summed_taps"}  # once, while the engine is built


def page(lines: int, side: tuple[int, int] = (1024, 1024)) -> np.ndarray:
    page_u8 = np.full(side, 255, np.uint8)
    for line in range(lines):
        page_u8[300:700, 100 * line + 50 : 100 * line + 60] = 0
    return page_u8


def calls(steps: int) -> list[list[DrawJob]]:
    """A page, a stroke, an empty page of another shape, a painting with a pin, and three people in a batch."""
    pin = Pin(np.full((32, 32), 255, np.uint8), np.zeros((32, 32, 32), np.float16))
    painting, over = np.dstack([page(1)] * 3), DrawSettings(steps=steps, strength=0.5)
    own = [DrawSettings(seed=n, control_strength=0.3 + n / 2) for n in range(3)]
    return [
        [DrawJob(sketch=page(1), prompt="a cat", client="one")],
        [DrawJob(sketch=page(2), prompt="a cat", client="one")],
        [DrawJob(sketch=page(0), prompt="a cat", size=(832, 1216))],
        [DrawJob(sketch=page(2), prompt="a cat", settings=over, painting=painting, pin=pin)],
        [DrawJob(sketch=page(n), prompt="a cat", settings=own[n]) for n in range(3)],
    ]


def draw(engine: Engine, given: list[list[DrawJob]]) -> None:
    for call in given:
        for job, frame in zip(call, engine.draw_many(call), strict=True):
            if isinstance(frame, SprintLiveError):
                raise frame
            assert frame.pixels_u8.shape == (*job.height_width, 3) and frame.latent_CYX.dtype == np.float16


def assert_formats(gpu: SimulatedGpu, sums: set[str]) -> None:
    """Everything is multiplied in bfloat16 but the sums of linear attention; no float64; channels are innermost."""
    assert not gpu.doubles and not gpu.not_channels_last
    assert {(kind, dtype) for _, kind, dtype in gpu.products if dtype != "bfloat16"} == {("product", "float32")}
    assert {place for place, _, dtype in gpu.products if dtype == "float32"} == sums


@pytest.mark.parametrize("name", RELEASED)
def test_every_path_keeps_bfloat16_and_channels_innermost(name: str) -> None:
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(name)
        assert gpu.doubles == BUILT_IN_FLOAT64
        gpu.forget()
        draw(engine, calls(steps=2))
        assert_formats(gpu, SUMS)
        gpu.forget()
        draw(engine, [[DrawJob(sketch=page(3), prompt="a cat", client="one")]])
        assert Counter(map(tuple, gpu.waits)) == WAITS


@pytest.mark.parametrize("name", RELEASED)
def test_a_cuda_graph_reads_static_inputs(name: str) -> None:
    """What is copied for a stroke is the control latent and how strongly it counts."""
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(name, also=["cuda-graph"])
        gpu.forget()
        draw(engine, calls(steps=1)[:2])
        assert len(gpu.graphs) == 1 and gpu.graphs[0].num_replays == 2
        assert_formats(gpu, SUMS | {"engine/denoising/cuda_graphs.py:__call__"})
        gpu.forget()
        draw(engine, [[DrawJob(sketch=page(4), prompt="a cat", client="one")]])
        assert Counter(map(tuple, gpu.waits)) == WAITS and gpu.graphs[0].num_replays == 3
        assert gpu.copies["engine/denoising/cuda_graphs.py:__call__"] == 2


def test_the_plain_way_without_a_branch_has_another_format() -> None:
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(RELEASED[0], branch=False, without=["fast-network", *REWRITES, "incremental-encode"])
        draw(engine, calls(steps=1)[:2])
        assert not gpu.doubles and gpu.not_channels_last
