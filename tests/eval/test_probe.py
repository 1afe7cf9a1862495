"""The probe: materials that differ are told apart on what it has not seen, and labels that mean nothing are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sprint_live.errors import ArgumentError
from sprint_live.eval.probe import color_statistics, fit, picture_features

SIDE = 96


def render(label: str, seed: int) -> np.ndarray:
    """A disc of any color: stripes, grain, or smooth."""
    rng = np.random.default_rng(seed)
    picture_u8 = np.full((SIDE, SIDE, 3), 255, np.uint8)
    cv2.circle(picture_u8, (48, 48), int(rng.integers(25, 40)), rng.integers(60, 200, 3).tolist(), -1)
    inside = picture_u8.min(axis=2) < 250
    if label == "wood":
        picture_u8[inside & (np.arange(SIDE)[:, None] % 8 < 3)] //= 2
    if label == "plush":
        picture_u8[inside] = np.clip(picture_u8[inside] + rng.normal(0, 40, (inside.sum(), 1)), 0, 255)
    return picture_u8


def renders(count: int, first: int = 0) -> tuple[np.ndarray, list[str], list[int]]:
    labels = ["wood", "plush", "clay"] * count
    seeds = [first + index // 3 for index in range(len(labels))]
    return np.stack([render(label, seed) for label, seed in zip(labels, seeds, strict=True)]), labels, seeds


def test_materials_are_told_apart_and_obedience_is_scored() -> None:
    pictures_u8, labels, seeds = renders(12)
    probe = fit(pictures_u8, labels, groups=seeds, features=color_statistics)
    assert (
        probe.labels == ("clay", "plush", "wood") and probe.held_out["mean"] == 1 and probe.held_out["num_groups"] == 3
    )
    assert probe.probabilities(pictures_u8[:2]).sum(axis=1) == pytest.approx([1, 1])
    new_u8, wanted, _ = renders(4, first=100)
    good = probe.score(new_u8, wanted)
    assert good["obeyed"]["mean"] > 0.9 and good["held_out"] == probe.held_out and good["chance"] == 0.3333
    deaf = probe.score(np.stack([render("clay", seed) for seed in range(12)]), wanted)
    assert deaf["obeyed"]["mean"] <= 0.4 and deaf["by_label"]["wood"] == 0
    with pytest.raises(ArgumentError, match="neon"):
        probe.score(new_u8[:1], ["neon"])


def test_labels_without_meaning_are_not_learned() -> None:
    pictures_u8 = np.stack([render("clay", seed) for seed in range(60)])
    labels = np.random.default_rng(3).choice(["wood", "plush"], 60).tolist()
    assert fit(pictures_u8, labels, features=color_statistics).held_out["mean"] < 0.85


def test_the_edge_network_is_part_of_the_features() -> None:
    pictures_u8, labels, _ = renders(4)
    found = picture_features(pictures_u8[:2])
    assert found.shape == (2, 1472 + 38) and found.dtype == np.float32 and np.isfinite(found).all()
    assert fit(pictures_u8, labels, features=picture_features).held_out["mean"] >= 0.5


def test_too_little_is_refused() -> None:
    pictures_u8, labels, _ = renders(2)
    for wrong in (["wood"] * 6, labels):
        with pytest.raises(ArgumentError, match="labels in"):
            fit(pictures_u8, wrong, groups=[0, 1, 2] * 2, features=color_statistics)
