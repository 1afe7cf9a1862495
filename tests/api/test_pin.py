"""Pins: what is exact and what is refused; then with the model:
the pinned part stays, the rest follows the new sketch.
"""

from __future__ import annotations

import contextlib
import struct

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.api.pin import HEAD, MAX_PIN_BYTES, Pin
from sprint_live.errors import ArgumentError

SQUARE = np.array([(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)])


def latent(channels: int = 4, rows: int = 8, columns: int = 8, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(channels, rows, columns)).astype(np.float16)


def test_the_mask_is_whole_inside_soft_at_the_edge_and_nothing_outside():
    mask = Pin.around(SQUARE, latent()).mask_YX
    assert (
        (mask[2:6, 2:6] == 255).all() and (mask[:1] == 0).all() and (mask[7:] == 0).all() and (mask[:, :1] == 0).all()
    )
    leaning = Pin.around(SQUARE + 0.03, latent()).mask_YX
    assert ((leaning > 0) & (leaning < 255)).any() and (leaning[3:6, 3:6] == 255).all()
    tall = Pin.around(SQUARE, latent(rows=16)).mask_YX
    assert (tall[4:12, 2:6] == 255).all() and (tall[:3] == 0).all()


def test_inside_the_pinned_numbers_outside_the_new_ones_bit_for_bit():
    old, clean = latent(), torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(1))
    pin = Pin.around(SQUARE + 0.03, old)
    blended = pin.blend(clean)
    whole, none = pin.mask_YX == 255, pin.mask_YX == 0
    between = ~whole & ~none
    assert torch.equal(blended[:, :, whole], torch.tensor(old[:, whole]).float().expand(2, -1, -1))
    assert torch.equal(blended[:, :, none], clean[:, :, none])
    low = torch.minimum(clean, torch.tensor(old).float())[:, :, between]
    high = torch.maximum(clean, torch.tensor(old).float())[:, :, between]
    assert between.any() and ((blended[:, :, between] >= low - 1e-6) & (blended[:, :, between] <= high + 1e-6)).all()
    with pytest.raises(ArgumentError, match="same picture size"):
        pin.blend(clean[:, :, :4])


def test_a_second_pin_joins_the_first():
    first = Pin.around(SQUARE * 0.5, latent(seed=0))
    newer = Pin.around(SQUARE * 0.5 + 0.5, latent(seed=1))
    both = first.joined(newer)
    assert (both.mask_YX == np.maximum(first.mask_YX, newer.mask_YX)).all() and (
        both.latent_CYX == newer.latent_CYX
    ).all()
    assert first.joined(Pin.around(SQUARE, latent(rows=16))).latent_CYX.shape == (4, 16, 8)


def test_bytes_there_and_back_and_nothing_else_is_taken():
    pin = Pin.around(SQUARE, latent(32, 16, 16))
    data = pin.to_bytes()
    again = Pin.from_bytes(data)
    assert len(data) == 6 + 256 + 2 * 32 * 256 and again.to_bytes() == data
    assert (again.mask_YX == pin.mask_YX).all() and (again.latent_CYX == pin.latent_CYX).all()
    wild = np.frombuffer(data, np.uint8).copy()
    wild[-2:] = np.frombuffer(np.float16(np.nan).tobytes(), np.uint8)
    far = HEAD.pack(1, 1, 1) + b"\xff" + np.float16(101).tobytes()
    for bad in (
        b"",
        data[:-1],
        data + b"\0",
        wild.tobytes(),
        far,
        struct.pack("<HHH", 65535, 65535, 65535),
        bytes(6),
        bytes(MAX_PIN_BYTES + 1),
    ):
        with pytest.raises(ArgumentError):
            Pin.from_bytes(bad)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=64))
def test_any_bytes_are_a_pin_or_refused(data):
    with contextlib.suppress(ArgumentError):
        assert Pin.from_bytes(data).to_bytes() == data


@pytest.mark.parametrize(
    "polygon", [np.zeros((2, 2)), np.zeros((3, 3)), SQUARE * np.nan, SQUARE + 1.5, np.zeros((2001, 2)), np.zeros(6)]
)
def test_a_polygon_that_holds_nothing_is_refused(polygon):
    with pytest.raises(ArgumentError):
        Pin.around(polygon, latent())


def test_sprint_tiny_keeps_what_is_pinned_and_draws_the_rest_anew():
    from sprint_live import load_engine

    engine = load_engine("sprint-tiny")
    page = np.full((512, 512), 255, np.uint8)
    cv2.circle(page, (150, 150), 90, 0, 6)
    first = engine.draw(page, "a red apple, comic", seed=1, size=512)
    cv2.line(page, (60, 60), (240, 240), 0, 6)  # through what is pinned
    cv2.circle(page, (380, 380), 80, 0, 6)
    pin = Pin.around(np.array([(0.0, 0.0), (0.55, 0.0), (0.55, 0.55), (0.0, 0.55)]), first.latent_CYX)
    free = engine.draw(page, "a red apple, comic", seed=2, size=512)
    for steps in (1, 2):
        kept = engine.draw(page, "a red apple, comic", seed=2, size=512, steps=steps, pin=pin)
        whole = pin.mask_YX == 255
        assert (kept.latent_CYX[:, whole] == first.latent_CYX[:, whole]).all()
        assert (
            psnr(kept.pixels_u8[:230, :230], first.pixels_u8[:230, :230])
            > 35
            > psnr(free.pixels_u8[:230, :230], first.pixels_u8[:230, :230])
        )
        assert np.abs(kept.pixels_u8[300:460, 300:460].astype(int) - first.pixels_u8[300:460, 300:460]).mean() > 10
    with pytest.raises(ArgumentError, match="same picture size"):
        engine.draw(page, "a red apple, comic", size=768, pin=pin)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / max(1e-9, np.mean((one.astype(float) - other) ** 2))))
