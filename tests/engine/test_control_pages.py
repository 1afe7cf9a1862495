"""A colored drawing on its way into a model: taught colors or not, from a picture, from layers, in every size."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest
import torch
from PIL import Image

import sprint_live
from controlnet.maps import control_page, keep_colors, lines_and_colors, load_detector, spread_colors
from sprint_live.api.draw_job import DrawJob
from sprint_live.engine.control_pages import ControlPages
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import SketchError
from sprint_live.eval.colored_areas import color_distance
from sprint_live.models.zoo import find_model, model_names

SIZE = 256
RED = (215, 51, 43)


@pytest.fixture(scope="module")
def sketch() -> np.ndarray:
    page = np.full((SIZE, SIZE, 3), 255, np.uint8)
    cv2.circle(page, (128, 120), 70, RED, -1, cv2.LINE_AA)
    cv2.circle(page, (128, 120), 70, (0, 0, 0), 5, cv2.LINE_AA)
    return page


@pytest.fixture
def taught(tiny_pipeline, tiny_model_folder):
    """An engine whose model reads colors, and its plain pipeline."""
    entry = sprint_live.load_engine(tiny_model_folder, device="cpu").model
    return sprint_live.Engine(tiny_pipeline, dataclasses.replace(entry, colored_pages=True), without=switch_names())


def test_the_engine_draws_a_colored_page_as_the_pipeline_does_and_keeps_its_colors(taught, tiny_pipeline, sketch):
    frame = taught.draw(sketch, "a ball", seed=3, size=SIZE)
    page = control_page(sketch)
    assert page.ndim == 3
    picture = tiny_pipeline(
        "a ball",
        control_image=Image.fromarray(page),
        num_inference_steps=1,
        generator=torch.Generator().manual_seed(3),
        height=SIZE,
        width=SIZE,
        use_resolution_binning=False,
    ).images[0]
    lines, colors = lines_and_colors(sketch)
    kept = keep_colors(np.asarray(picture), lines, spread_colors(lines, colors))
    assert np.array_equal(kept, frame.pixels_u8) and not np.array_equal(np.asarray(picture), kept)
    free = taught.draw(sketch, "a ball", seed=3, size=SIZE, control_strength=0)
    assert color_distance(frame.pixels_u8, colors[..., 3] == 255, RED) < 12
    assert color_distance(free.pixels_u8, colors[..., 3] == 255, RED) > 20, "without control the page says nothing"


def test_a_model_that_was_not_taught_colors_gets_the_lines_alone(taught, tiny_model_folder, sketch):
    plain = sprint_live.load_engine(tiny_model_folder, device="cpu", without=switch_names())
    colors = np.zeros((SIZE, SIZE, 4), np.uint8)
    colors[90:150, 90:150] = (*RED, 255)
    one = plain.draw(sketch, "a ball", seed=3, size=SIZE)
    assert one.jpeg == plain.draw(sketch, "a ball", seed=3, size=SIZE, colors=colors).jpeg
    assert one.jpeg != taught.draw(sketch, "a ball", seed=3, size=SIZE).jpeg
    assert [name for name in model_names() if find_model(name).colored_pages] == ["sprint-tiny"]


def test_paint_that_is_known_apart_counts_whatever_its_color(taught, sketch):
    gray = cv2.cvtColor(sketch, cv2.COLOR_RGB2GRAY)
    lines = np.where(gray < 60, 0, 255).astype(np.uint8)
    pages = {}
    for name, color in (("black", (0, 0, 0)), ("white", (255, 255, 255)), ("red", RED)):
        colors = np.zeros((SIZE, SIZE, 4), np.uint8)
        colors[90:150, 90:150] = (*color, 255)
        page = ControlPages.of(taught.model, "strokes").page(lines, colors, SIZE, SIZE).pixels_u8
        pages[name] = tuple(page[120, 128].tolist())
        assert np.array_equal(page[..., 0][gray < 60], np.full((gray < 60).sum(), 255))
    assert pages == {"black": (51,) * 3, "white": (191,) * 3, "red": (169, 79, 75)}
    bare = ControlPages.of(taught.model, "strokes").page(lines, 0 * colors, SIZE, SIZE).pixels_u8
    assert np.array_equal(bare, ControlPages.of(taught.model, "strokes").page(lines, None, SIZE, SIZE).pixels_u8)


def test_only_the_detector_of_drawn_lines_reads_colors(taught, sketch):
    page = ControlPages.of(taught.model, "canny").page(sketch, None, SIZE, SIZE).pixels_u8
    assert np.array_equal(page, load_detector("canny")(sketch))


@pytest.mark.parametrize(("height", "width"), [(128, 256), (512, 512)])
def test_a_page_of_another_shape_is_centered_with_its_colors(taught, sketch, height, width):
    page = ControlPages.of(taught.model, "strokes").page(sketch, None, height, width).pixels_u8
    assert page.shape == (height, width, 3)
    middle = page[height * 120 // 256, width // 2].astype(int)
    assert np.abs(middle - (169, 79, 75)).max() <= 2 and not page[:, 0].any()


@pytest.mark.parametrize("colors", ["red", np.zeros((SIZE, SIZE, 3), np.uint8), np.zeros((8, 8, 4), np.uint8)])
def test_colors_of_another_kind_are_refused(taught, sketch, colors):
    [answer] = taught.draw_many([DrawJob(sketch=sketch, prompt="a ball", size=SIZE, colors=colors)])
    assert isinstance(answer, SketchError) and "accepted: a uint8 array (256, 256, 4)" in str(answer)
