"""The memory table beside a walk of the engine at the true shapes: what is alive on the GPU, stage by stage."""

from __future__ import annotations

import numpy as np
import pytest

from sprint_live.models.fit import LISTED, Fit
from sprint_live.models.memory import CONTEXT_MIB, MIB, peak_memory
from sprint_live.models.zoo import find_model, model_names
from support.gpu import SimulatedGpu
from support.gpu.released import TEXT_TOKENS, peaks_by_stage, released_engine

RELEASED = ("sana-sprint-0.6b", "sana-sprint-1.6b")
WITHIN = 0.02  # the issue asks for 0.1


def test_the_rows_are_those_that_are_walked() -> None:
    assert {name for name in model_names() if find_model(name).parts} == set(RELEASED)


@pytest.mark.parametrize(
    ("fit", "branch"),
    [*((fit, True) for fit in LISTED), (LISTED[0], False)],
    ids=lambda one: one.words if isinstance(one, Fit) else f"branch {one}",
)
@pytest.mark.parametrize("name", RELEASED)
def test_every_row_is_what_a_picture_takes(name: str, fit: Fit, branch: bool) -> None:
    page_u8 = np.full((1024, 1024), 255, np.uint8)
    page_u8[300:700, 500:510] = 0
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(name, fit, branch=branch)
        with peaks_by_stage(gpu) as peaks:
            frame = engine.draw(page_u8, "a cat", client="one")
    assert frame.controlled == branch and frame.pixels_u8.shape == (1024, 1024, 3)
    stated, context = peak_memory(find_model(name).parts, fit, branch=branch), CONTEXT_MIB * MIB
    assert stated.prompt_bytes - context == pytest.approx(peaks["text"], rel=WITHIN)
    assert stated.picture_bytes - context == pytest.approx(
        max(peaks[stage] for stage in ("encode", "denoise", "decode", "jpeg")), rel=WITHIN
    )


def test_what_stays_between_strokes_is_bounded() -> None:
    """The second picture of a person keeps no more than the first:
    pages, starts and captions take each other's place.
    """
    page_u8 = np.full((1024, 1024), 255, np.uint8)
    with SimulatedGpu(shapes_only=True) as gpu:
        engine = released_engine(RELEASED[0])
        alive = []
        for stroke in range(3):
            page_u8[300:700, 100 * stroke + 50 : 100 * stroke + 60] = 0
            engine.draw(page_u8, "a cat", client="one")
            alive.append(gpu.holdings.live)
    assert alive[0] == alive[1] == alive[2]
    assert engine.pipeline.config.max_sequence_length == TEXT_TOKENS
