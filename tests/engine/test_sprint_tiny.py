"""The model that ships: inside its budgets, and a picture that keeps to the lines and listens to the words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sprint_live import load_engine
from sprint_live.eval.colors import dominant_word, word_shares
from sprint_live.eval.outline import enclosed

ROOT = Path(__file__).resolve().parents[2]
DRAWINGS = ROOT / "assets/drawings"


@pytest.fixture(scope="module")
def engine():
    return load_engine("sprint-tiny")


def _megabytes(*parts: str) -> float:
    return (
        sum(
            file.stat().st_size for part in parts for file in (ROOT / "assets/sprint-tiny" / part).glob("*.safetensors")
        )
        / 1e6
    )


def test_the_weights_stay_inside_the_budget_and_are_what_was_recorded():
    assert _megabytes("transformer", "controlnet", "vae") <= 64 and _megabytes("text_encoder") <= 25
    lines = (ROOT / "assets/sprint-tiny/SHA256SUMS").read_text().splitlines()
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((ROOT / "assets/sprint-tiny" / name).read_bytes()).hexdigest() == digest, name
    listed = {line.split("  ")[1] for line in lines if line.endswith(".safetensors")}
    assert (
        listed
        == {
            file.relative_to(ROOT / "assets/sprint-tiny").as_posix()
            for file in (ROOT / "assets/sprint-tiny").rglob("*.safetensors")
        }
        and len(listed) >= 4
    )


def test_a_picture_costs_at_most_20_gflop():
    report = json.loads((ROOT / "assets/bench/sprint-tiny-cpu.json").read_text())
    assert 5 < report["gflop_per_frame"] <= 20


@pytest.mark.parametrize("name", ["apple", "car", "bird"])
@pytest.mark.parametrize("word", ["red", "blue", "green", "yellow"])
def test_the_color_that_was_asked_for_fills_the_outline(engine, name, word):
    sketch = Image.open(DRAWINGS / f"{name}.png")
    frame = engine.draw(sketch, f"a {word} {name}", seed=3, size=512)
    area = enclosed(np.asarray(sketch.convert("L").resize((512, 512), Image.Resampling.BOX)) < 128)
    assert dominant_word(word_shares(frame.pixels_u8, area)) == word


def test_the_lines_decide_where_the_object_is(engine):
    sketch = Image.open(DRAWINGS / "apple.png").convert("L")
    for picture in (sketch, sketch.transpose(Image.Transpose.FLIP_TOP_BOTTOM)):
        area = enclosed(np.asarray(picture.resize((512, 512), Image.Resampling.BOX)) < 128)
        drawn = np.asarray(engine.draw(picture, "a green apple", seed=1, size=512).image.convert("HSV"))[..., 1] > 80
        core, away = (
            cv2.erode(area.astype(np.uint8), np.ones((25, 25))) > 0,
            cv2.dilate(area.astype(np.uint8), np.ones((61, 61))) == 0,
        )
        assert drawn[core].mean() > 0.95 and drawn[away].mean() < 0.05


def test_a_seed_changes_the_picture_and_the_same_seed_does_not(engine):
    sketch = Image.open(DRAWINGS / "cat.png")
    one, again, other = (engine.draw(sketch, "a cat", seed=seed, size=512) for seed in (1, 1, 2))
    assert one.jpeg == again.jpeg
    assert np.abs(one.pixels_u8.astype(int) - other.pixels_u8).mean() > 0.5


@pytest.mark.parametrize("name", ["cat", "house"])
def test_the_preview_is_small_cheap_and_close_to_the_picture(name):
    engine = load_engine(
        "sprint-tiny", also=("preview-decoder",)
    )  # off by itself where OpenVINO draws: the full decoder is as quick there
    assert engine.has_preview
    assert _megabytes("preview") < 3
    sketch = Image.open(DRAWINGS / f"{name}.png")
    full, preview = (
        engine.draw(sketch, f"a {name}", seed=3, size=512, preview=wanted).pixels_u8 for wanted in (False, True)
    )
    assert preview.shape == (256, 256, 3)
    error = np.square(cv2.resize(preview, (512, 512), interpolation=cv2.INTER_CUBIC).astype(float) - full).mean()
    assert 10 * np.log10(255**2 / error) >= 26
