"""Portrait and landscape: the paper is a part of the canvas, the same part on the page and on the server."""

from __future__ import annotations

import json
import shutil
import subprocess

import numpy as np
import pytest

from sprint_live.live.canvas.page_box import paper_box, paper_of
from sprint_live.models.zoo import find_model, model_names
from support.paths import WEB

SIZES = [(1024, 1024), (512, 512), (832, 1216), (1216, 832), (768, 1344), (2048, 512), (64, 4096)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_paper_lies_in_the_middle_and_has_the_shape_of_the_picture(width, height):
    left, top, right, bottom = paper_box(width, height)
    assert left + right == top + bottom == 1024 and max(right - left, bottom - top) == 1024
    assert abs((right - left) * height - (bottom - top) * width) <= 2 * max(
        width, height
    )  # within the two pixels of rounding
    page = np.zeros((1024, 1024, 3), np.uint8)
    page[top, left], page[bottom - 1, right - 1] = (1, 2, 3), (4, 5, 6)
    cut = paper_of(page, width, height)
    assert cut.shape == (bottom - top, right - left, 3) and cut.flags.c_contiguous
    assert tuple(cut[0, 0]) == (1, 2, 3) and tuple(cut[-1, -1]) == (4, 5, 6)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_page_cuts_the_same_paper():
    script = f"""import {{ paperBox }} from '{WEB / "canvas" / "page-box.js"}';
    console.log(JSON.stringify({json.dumps(SIZES)}.map(([w, h]) => paperBox(w, h))));"""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, timeout=30, check=True
    )
    for size, box in zip(SIZES, json.loads(done.stdout), strict=True):
        left, top, right, bottom = paper_box(*size)
        assert box == {"left": left, "top": top, "width": right - left, "height": bottom - top}


@pytest.mark.parametrize("name", model_names())
def test_every_model_offers_portrait_and_landscape_within_its_pixels(name):
    model = find_model(name)
    assert {h > w for h, w in model.shapes if h != w} == {True, False}
    assert all(side % 32 == 0 for shape in model.shapes for side in shape)
    if name == "sprint-tiny":  # its parts cut into 64 px, and no shape takes longer than the square
        assert all(h % 64 == w % 64 == 0 and h * w <= 1024 * 1024 and (w, h) in model.shapes for h, w in model.shapes)
