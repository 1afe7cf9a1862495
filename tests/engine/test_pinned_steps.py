"""A pin counts at every step: the sampler's hook, and the plain, the fast and OpenVINO's way equal with it."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest
import torch

from sprint_live import load_engine
from sprint_live.api.draw_settings import DrawSettings
from sprint_live.api.pin import Pin
from sprint_live.diffusion.sampler import angle_schedule, sample
from sprint_live.engine.denoising.fast import FastDenoiser
from sprint_live.engine.denoising.network import FastOptions
from sprint_live.engine.denoising.plain import Denoising, PlainDenoiser
from sprint_live.engine.stage_runner import keep_pinned
from support.small_model import make_tiny_pipeline

LEFT = np.array([(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)])


def page(side: int = 512) -> np.ndarray:
    sketch = np.full((side, side), 255, np.uint8)
    cv2.circle(sketch, (side // 2, side // 2), side // 3, 0, 6)
    return sketch


@pytest.mark.parametrize("num_steps", [1, 2, 4])
def test_the_next_step_starts_from_the_replaced_estimate_and_the_network_is_not_called_more_often(num_steps):
    noise = torch.randn(1, 2, 4, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    states, estimates = [], []

    def net(x_t, t):
        states.append(x_t)
        return 0.3 * x_t

    def on_clean(clean):
        estimates.append(clean)
        return torch.full_like(clean, 2.0 + len(estimates))

    still = torch.zeros_like(noise)
    angles = angle_schedule(num_steps).double()
    clean = sample(net, noise, angles, draw_noise=lambda: still, on_clean=on_clean)
    assert len(states) == len(estimates) == num_steps and (clean == 2.0 + num_steps).all()
    for step, x_t in enumerate(states[1:], start=1):  # without noise x_t is cos t x_0
        torch.testing.assert_close(x_t, torch.cos(angles[step]) * (2.0 + step) * 0.5 * torch.ones_like(x_t))
    torch.testing.assert_close(
        estimates[0], (torch.cos(angles[0]) * noise * 0.5 - torch.sin(angles[0]) * 0.5 * 0.3 * noise * 0.5) / 0.5
    )


@pytest.fixture(scope="module")
def pipeline():
    return make_tiny_pipeline()


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_plain_and_fast_keep_the_same_pin_of_one_picture_of_two(pipeline, steps):
    text_BLD, mask_BL = (
        torch.cat(parts)
        for parts in zip(*(pipeline.encode_as_trained(prompt) for prompt in ("a cat", "a red house")), strict=True)
    )
    control = torch.randn(2, 32, 4, 4, generator=torch.Generator().manual_seed(1))
    pin = Pin.around(LEFT, np.random.default_rng(2).normal(size=(32, 4, 4)).astype(np.float16))
    free = Denoising(
        settings=DrawSettings(steps=steps),
        height_width=(256, 256),
        prompts=("a cat", "a red house"),
        text_BLD=text_BLD,
        text_mask_BL=mask_BL,
        seeds=(3, 4),
        control_strengths=(1.0, 1.0),
        control_BCYX=control,
        painting_BCYX=None,
    )
    asked = dataclasses.replace(free, on_clean=keep_pinned([None, pin]))
    with torch.inference_mode():
        plain, fast = PlainDenoiser(pipeline).denoise(asked), FastDenoiser(pipeline, FastOptions()).denoise(asked)
        without = PlainDenoiser(pipeline).denoise(free)
    torch.testing.assert_close(fast, plain, rtol=1e-4, atol=2e-4)
    assert torch.equal(plain[0], without[0])  # somebody else's picture in the same call
    inside, outside = torch.tensor(pin.mask_YX == 255), torch.tensor(pin.mask_YX == 0)
    assert torch.equal(plain[1][:, inside], torch.tensor(pin.latent_CYX).float()[:, inside])
    assert torch.equal(plain[1][:, outside], without[1][:, outside]) == (steps == 1)  # later steps have seen it
    assert keep_pinned([None, None]) is None


def test_the_engine_draws_the_rest_around_what_is_pinned():
    engine = load_engine("sprint-tiny")
    first = engine.draw(page(), "a red apple", seed=1, size=512)
    pin = Pin.around(LEFT, first.latent_CYX)
    outside = pin.mask_YX == 0
    for steps in (1, 2):
        free = engine.draw(page(), "a blue ball", seed=2, size=512, steps=steps)
        kept = engine.draw(page(), "a blue ball", seed=2, size=512, steps=steps, pin=pin)
        change = np.abs(kept.latent_CYX[:, outside].astype(float) - free.latent_CYX[:, outside]).mean()
        assert change == 0 if steps == 1 else change > 0.01
