"""What the page works out by itself: the area of a fill, what a lasso means, what a palm is.
Run by node, without a page.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest

from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import CANVAS_PX, LIFTED, POINT, POINT_BYTES, Stroke, Tool, pack_points
from support.paths import WEB

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


@pytest.fixture
def ask(tmp_path):
    def ask_page(*job):
        path = tmp_path / "job.json"
        path.write_text(json.dumps(job))
        command = ["node", Path(__file__).parent / "drawing_parity.mjs", WEB, path]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask_page


def paper(*shapes) -> np.ndarray:
    """Lines drawn by cv2: ink coverage, (1024, 1024) uint8."""
    image = np.zeros((CANVAS_PX, CANVAS_PX), np.uint8)
    for name, *arguments in shapes:
        getattr(cv2, name)(image, *arguments, 255, 6, cv2.LINE_AA)
    return image


def fill_of(barrier: np.ndarray, x: int, y: int, gap: int = 8):
    image = base64.b64encode(barrier).decode()
    return ("fill", {"barrier": image, "x": x, "y": y, "gap": gap, "side": CANVAS_PX})


def filled(points_hex: str) -> np.ndarray:
    """Which pixels the server paints for an outline of the page."""
    raster = Raster()
    raster.update((Stroke(1, Tool.FILL, 16, bytes.fromhex(points_hex), (0, 0, 0)),))
    return raster.painting(with_lines=False)[..., 0] < 128


def flooded(barrier: np.ndarray, x: int, y: int) -> np.ndarray:
    """The same area by cv2: flooded, and grown by a pixel."""
    area = np.zeros((CANVAS_PX + 2, CANVAS_PX + 2), np.uint8)
    cv2.floodFill((barrier >= 64).astype(np.uint8), area, (x, y), 2)
    return cv2.dilate(area[1:-1, 1:-1], np.ones((3, 3), np.uint8)) > 0


def test_a_fill_on_the_server_is_the_area_between_the_lines_to_a_pixel_of_its_edge(ask):
    ring = ("circle", (500, 500), 300)
    house = paper(("line", (200, 800), (500, 200)), ("line", (500, 200), (800, 800)), ("line", (800, 800), (200, 800)))
    island = paper(ring, ("rectangle", (420, 420), (580, 560)), ("line", (0, 100), (1023, 130)))
    jobs = [
        (house, 500, 600),
        (island, 300, 500),
        (island, 500, 500),
        (island, 20, 20),
        (island, 20, 900),
        (np.zeros_like(house), 3, 3),
    ]
    for (barrier, x, y), answer in zip(jobs, ask(*[fill_of(*job) for job in jobs]), strict=True):
        ours, wanted = filled(answer), flooded(barrier, x, y)
        edge = cv2.dilate(wanted.astype(np.uint8), np.ones((5, 5))) != cv2.erode(
            wanted.astype(np.uint8), np.ones((5, 5))
        )
        assert ours[y, x] and not (ours ^ wanted)[~edge].any()
        assert len(answer) // 2 // POINT_BYTES <= 1200


def test_a_fill_stops_at_a_small_gap_and_runs_out_of_a_large_one(ask):
    small, large, tight = (
        paper(("circle", (500, 500), 300)),
        paper(("circle", (500, 500), 300)),
        paper(("circle", (500, 500), 6)),
    )
    small[497:503, 780:] = 0
    large[480:520, 780:] = 0
    answers = ask(
        fill_of(small, 500, 500), fill_of(large, 500, 500), fill_of(small, 500, 200), fill_of(tight, 500, 500)
    )
    inside, out = filled(answers[0]), filled(answers[1])
    assert inside.sum() == pytest.approx(np.pi * 299**2, rel=0.02) and not inside[500, 850]
    assert out[500, 900] and out[20, 20] and answers[2] is None  # on the line itself
    assert 20 < filled(answers[3]).sum() < 150  # narrower than the gap that is closed: filled as it is


def test_how_wide_a_gap_is_closed_can_be_chosen(ask):
    barrier = paper(("circle", (500, 500), 300))
    barrier[485:515, 780:] = 0  # 30 px
    inside = np.pi * 299**2
    for gap, x, area in ((0, 500, None), (24, 500, None), (36, 500, inside), (36, 788, inside), (64, 500, inside)):
        got = filled(ask(fill_of(barrier, x, 500 if x == 500 else 470, gap))[0]).sum()
        if area is None:
            assert got > 2 * inside, gap
        else:
            assert got == pytest.approx(area, rel=0.03), (gap, x)  # also where the place is close to the line


def test_a_cluttered_area_keeps_its_outline_within_what_a_stroke_may_have(ask):
    rng = np.random.default_rng(3)
    barrier = cv2.GaussianBlur(rng.integers(0, 256, (CANVAS_PX, CANVAS_PX), np.uint8), (0, 0), 3)
    barrier = np.where(barrier > 132, 255, 0).astype(np.uint8)
    y, x = map(int, np.argwhere(barrier == 0)[5000])
    (answer,) = ask(fill_of(barrier, x, y))
    assert 100 < len(answer) // 2 // POINT_BYTES <= 4000


def test_a_lasso_means_what_lies_mostly_in_it_and_a_tap_what_it_touches(ask):
    def stroke(stroke_id, points, tool=0, lift=None):
        packed = np.frombuffer(pack_points([(x, y, 1.0, 0.0, 0.0, 0.0) for x, y in points]), POINT).copy()
        if lift is not None:
            packed["tilt_x"][lift] = LIFTED
        return {"id": stroke_id, "tool": tool, "width": 160, "points": packed.tobytes().hex()}

    square = [(300, 300), (500, 300), (500, 500), (300, 500)]
    strokes = [
        stroke(1, [(10, 10), (20, 20), (30, 30)]),
        stroke(2, [(90, 90), (95, 95), (200, 200), (210, 200)]),  # half of it inside
        stroke(3, [(200, 200), (300, 200)]),
        stroke(4, square + [(x, y) for x, y in [(350, 350), (450, 350), (450, 450), (350, 450)]], tool=3, lift=[0, 4]),
        stroke(5, [(600, 100), (600, 300), (700, 300), (700, 100)], lift=2),
    ]
    lasso = [{"x": x, "y": y} for x, y in [(0, 0), (100, 0), (100, 100), (0, 100)]]
    taps = [
        [{"x": 250, "y": 203}, 1],
        [{"x": 320, "y": 320}, 1],
        [{"x": 400, "y": 400}, 1],
        [{"x": 650, "y": 300}, 1],
        [{"x": 600, "y": 207}, 1],
    ]
    (answer,) = ask(("hits", {"strokes": strokes, "polygon": lasso, "taps": taps}))
    assert answer == [[1, 2], [3], [4], [], [], [5], True]


def test_a_touch_is_a_palm_while_a_pen_is_near_and_for_a_second_after(ask):
    def event(kind, pointer, at_ms):
        return {"type": kind, "pointerType": pointer, "timeStamp": at_ms}

    (answer,) = ask(
        (
            "palm",
            {
                "events": [
                    event("pointerdown", "touch", 0),
                    event("pointermove", "pen", 100),
                    event("pointerdown", "touch", 5000),  # it hovers
                    event("pointerleave", "pen", 6000),
                    event("pointerdown", "touch", 6999),
                    event("pointerdown", "mouse", 6999),
                    event("pointerdown", "touch", 7001),
                    event("pointerdown", "pen", 7100),
                    event("pointerup", "pen", 7200),
                    event("pointercancel", "pen", 7300),
                    event("pointerdown", "touch", 8200),
                    event("pointerdown", "touch", 8301),
                ]
            },
        )
    )
    assert answer == [False, False, True, False, True, False, False, False, False, False, True, False]
