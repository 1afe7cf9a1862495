"""How strongly, from which step and to which step the control counts: in the pipeline and in the engine."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

import sprint_live
from sprint_live.api.draw_settings import controlled_steps
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import ArgumentError

SIDE = 256


@pytest.fixture(scope="module")
def engine(tiny_model_folder) -> sprint_live.Engine:
    return sprint_live.load_engine(tiny_model_folder, device="cpu", without=switch_names())  # the pipeline, bit for bit


def page() -> np.ndarray:
    lines = np.full((SIDE, SIDE), 255, np.uint8)
    lines[100:108, 40:200] = 0
    return lines


@pytest.mark.parametrize(
    ("num_steps", "start", "end", "expected"),
    [
        (1, 0.0, 1.0, [True]),
        (1, 0.0, 0.9, [False]),
        (2, 0.0, 0.5, [True, False]),
        (2, 0.5, 1.0, [False, True]),
        (2, 0.4, 1.0, [False, True]),
        (3, 0.0, 2 / 3, [True, True, False]),
        (4, 0.25, 0.75, [False, True, True, False]),
        (4, 0.3, 0.8, [False, False, True, False]),
        (4, 0.3, 0.7, [False, False, False, False]),
    ],
)
def test_a_step_counts_if_it_lies_wholly_inside(num_steps: int, start: float, end: float, expected: list[bool]) -> None:
    steps = range(num_steps)
    by_diffusers = [1.0 - float(step / num_steps < start or (step + 1) / num_steps > end) for step in steps]
    assert list(controlled_steps(num_steps, start, end)) == expected == [bool(keep) for keep in by_diffusers]


def test_the_branch_runs_in_those_steps_only(tiny_pipeline) -> None:
    calls = []
    hook = tiny_pipeline.controlnet.before_proj.register_forward_hook(lambda module, args, out: calls.append(len(done)))
    done: list[int] = []

    def count(pipeline, index, t, tensors):
        done.append(index)
        return {}

    control = Image.fromarray(255 - page()).convert("RGB")
    tiny_pipeline(
        "cat",
        control_image=control,
        height=SIDE,
        width=SIDE,
        use_resolution_binning=False,
        num_inference_steps=4,
        control_guidance_start=0.25,
        control_guidance_end=0.75,
        output_type="latent",
        callback_on_step_end=count,
    )
    hook.remove()
    assert calls == [1, 2] and done == [0, 1, 2, 3]


def test_strength_scales_every_residual(tiny_pipeline) -> None:
    """To first order the answer follows the strength: half of a small strength moves it half as far."""
    control = Image.fromarray(255 - page()).convert("RGB")
    noise = torch.randn(1, 32, 4, 4, generator=torch.Generator().manual_seed(0))

    def draw(strength: float | torch.Tensor) -> torch.Tensor:
        return tiny_pipeline(
            "cat",
            control_image=control,
            height=SIDE,
            width=SIDE,
            use_resolution_binning=False,
            num_inference_steps=1,
            controlnet_conditioning_scale=strength,
            latents=noise,
            output_type="latent",
        ).images

    off = draw(0.0)
    small, half = draw(0.002) - off, draw(0.001) - off
    assert (small - 2 * half).abs().max() < 0.1 * small.abs().max() and small.abs().max() > 1e-4
    assert torch.equal(draw(torch.tensor([0.5])), draw(0.5))


def test_the_engine_passes_the_window_on(engine, tiny_pipeline) -> None:
    frame = engine.draw(page(), "cat", seed=3, steps=2, size=SIDE, control_strength=0.8, control_start=0.5)
    picture = tiny_pipeline(
        "cat",
        control_image=Image.fromarray(255 - page()).convert("RGB"),
        height=SIDE,
        width=SIDE,
        use_resolution_binning=False,
        num_inference_steps=2,
        controlnet_conditioning_scale=0.8,
        control_guidance_start=0.5,
        generator=torch.Generator().manual_seed(3),
    ).images[0]
    assert frame.controlled and np.array_equal(np.asarray(picture), frame.pixels_u8)
    whole = engine.draw(page(), "cat", seed=3, steps=2, size=SIDE, control_strength=0.8)
    early = engine.draw(page(), "cat", seed=3, steps=2, size=SIDE, control_strength=0.8, control_end=0.5)
    assert len({frame.jpeg, whole.jpeg, early.jpeg}) == 3


def test_a_window_without_a_step_is_no_control(engine) -> None:
    blank = engine.draw(np.full((SIDE, SIDE), 255, np.uint8), "cat", size=SIDE)
    missed = engine.draw(page(), "cat", size=SIDE, control_end=0.9)
    assert not missed.controlled and missed.jpeg == blank.jpeg


def test_lines_and_a_painting_count_together(engine) -> None:
    painting = np.full((SIDE, SIDE, 3), (200, 30, 30), np.uint8)
    call = {"seed": 3, "size": SIDE, "strength": 0.5}
    both = engine.draw(page(), "cat", painting=painting, **call)
    assert engine.has_branch and both.controlled
    assert both.jpeg != engine.draw(page(), "cat", **call).jpeg
    assert both.jpeg != engine.draw(page(), "cat", painting=painting, control_strength=0.0, **call).jpeg


@pytest.mark.parametrize(
    "change",
    [
        {"control_start": 1.0},
        {"control_start": 0.6, "control_end": 0.5},
        {"control_end": float("nan")},
        {"control_end": None},
        {"strength": 0.0},
        {"strength": 1.01},
        {"strength": "0.5"},
    ],
)
def test_numbers_out_of_range_are_refused(engine, change: dict) -> None:
    with pytest.raises(ArgumentError, match=f"{next(iter(change))}.*accepted: .*fix: "):
        engine.draw(page(), "cat", size=SIDE, **change)
