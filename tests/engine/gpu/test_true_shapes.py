"""The released models at their true shapes, in bfloat16: every path, with number and memory formats held along the way."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sprint_live.api.draw_job import DrawJob
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.api.pin import Pin
from sprint_live.engine.engine import Engine
from sprint_live.engine.switches import REWRITES
from sprint_live.errors import SprintLiveError
from support.gpu import SimulatedGpu
from support.gpu.released import released_engine

RELEASED = ("sana-sprint-0.6b", "sana-sprint-1.6b")
# the sums of linear attention, the engine's own and the autoencoder's, whose modules diffusers runs
FLOAT32_PRODUCTS = {
    "engine/denoising/block.py:FastBlock._attend",
    "engine/autoencoder/incremental.py:StagedEncoder.encode",
    "engine/autoencoder/incremental.py:_through",
    "engine/autoencoder/decoder.py:PictureDecoder._drawn",
}
STROKE_WAITS = Counter(
    {
        ("engine/stage_runner.py:Stages._finish", "synchronize"): 1,
        ("engine/autoencoder/decoder.py:PictureDecoder.decode", "download"): 1,
        ("engine/stage_runner.py:Stages.run", "download"): 1,
    }
)


def page(*, lines: int = 1, side: tuple[int, int] = (1024, 1024)) -> np.ndarray:
    page_u8 = np.full(side, 255, np.uint8)
    for line in range(lines):
        page_u8[300:700, 100 * line + 50 : 100 * line + 60] = 0
    return page_u8


def asked(steps: int) -> list[list[DrawJob]]:
    """What a person does with a model, batch by batch."""
    pin = Pin(np.full((32, 32), 255, np.uint8), np.zeros((32, 32, 32), np.float16))
    painting, more = np.dstack([page()] * 3), DrawSettings(steps=steps, strength=0.5)
    own = [DrawSettings(seed=n, control_strength=0.3 + n / 2) for n in range(3)]
    return [
        [DrawJob(sketch=page(), prompt="a cat", client="one")],
        [DrawJob(sketch=page(lines=2), prompt="a cat", client="one")],
        [DrawJob(sketch=page(lines=0), prompt="a cat", size=(832, 1216))],
        [DrawJob(sketch=page(lines=2), prompt="a cat", settings=more, painting=painting, pin=pin)],
        [DrawJob(sketch=page(lines=n), prompt="a cat", settings=own[n]) for n in range(3)],
    ]


def draw(engine: Engine, batches: list[list[DrawJob]]) -> None:
    for batch in batches:
        for job, frame in zip(batch, engine.draw_many(batch), strict=True):
            if isinstance(frame, SprintLiveError):
                raise frame
            assert frame.pixels_u8.shape == (*job.height_width, 3) and frame.latent_CYX.dtype == np.float16


def assert_formats(gpu: SimulatedGpu, float32_products: set[str], *, attention: str = "bfloat16") -> None:
    """Everything is multiplied in bfloat16 but the sums of linear attention; no float64; channels are innermost."""
    assert not gpu.doubles
    found = {
        (kind, dtype): {place for place, k, d in gpu.products if (k, d) == (kind, dtype)}
        for _, kind, dtype in gpu.products
    }
    assert found.keys() == {
        ("product", "bfloat16"),
        ("product", "float32"),
        ("convolution", "bfloat16"),
        ("attention", attention),
    }
    assert found["product", "float32"] <= float32_products, found["product", "float32"]
    assert not gpu.not_channels_last


@pytest.mark.parametrize("name", RELEASED)
def test_every_path_keeps_bfloat16_and_channels_innermost(name: str) -> None:
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(name)
        draw(engine, asked(steps=3))
        assert_formats(gpu, FLOAT32_PRODUCTS)
        gpu.forget()
        draw(engine, [[DrawJob(sketch=page(lines=3), prompt="a cat", client="one")]])
        assert Counter(map(tuple, gpu.waits)) == STROKE_WAITS


@pytest.mark.parametrize("name", RELEASED)
def test_a_cuda_graph_reads_static_inputs(name: str) -> None:
    """What is copied for a stroke is the control latent; the graph's own result is taken out once."""
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(name, also=["cuda-graph"])
        draw(engine, asked(steps=1)[:2])
        assert len(gpu.graphs) == 1 and gpu.graphs[0].num_replays == 2
        assert_formats(gpu, FLOAT32_PRODUCTS)
        gpu.forget()
        draw(engine, [[DrawJob(sketch=page(lines=4), prompt="a cat", client="one")]])
        assert Counter(map(tuple, gpu.waits)) == STROKE_WAITS
        assert gpu.copies["engine/denoising/cuda_graphs.py:_Recording.__call__"] == 1


def test_the_plain_way_and_a_model_without_a_branch() -> None:
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(RELEASED[0], branch=False, without=["fast-network", *REWRITES, "incremental-encode"])
        assert "fast-network" not in engine.switched_on
        draw(engine, asked(steps=2)[:4])
        assert not gpu.doubles
        assert gpu.not_channels_last  # which the rewritten autoencoder has none of


def test_a_convolution_in_another_format_is_seen() -> None:
    with SimulatedGpu(shapes_only=True) as gpu:
        draw(released_engine(RELEASED[0], without=["channels-last"]), asked(steps=1)[:1])
        assert {place.partition(":")[0] for place in gpu.not_channels_last} == {
            "engine/autoencoder/incremental.py",
            "engine/autoencoder/decoder.py",
            "engine/autoencoder/rewrites.py",
        }
