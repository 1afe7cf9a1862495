"""Draw strokes.txt in the page with a mouse, as a hand would, and keep what the page's canvas holds as PNG.

    python assets/drawings/parts/record.py http://127.0.0.1:7860 [NAME ...]

The page may run any model. Nothing here comes from the programs that make training sketches: every point was set by
eye, and the hand adds a drift off the line, bowed edges, corners that overshoot and outlines that do not quite close.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

CANVAS_PX = 1024
STEP_PX = 14.0
DRIFT_PX = 2.2
BOW = 0.010  # of an edge's length
HERE = Path(__file__).resolve().parent
INK = """() => {
  const { data } = document.querySelector('#sl-sketch').getContext('2d').getImageData(0, 0, 1024, 1024);
  let text = '';
  for (let i = 3; i < data.length; i += 4) text += String.fromCharCode(data[i]);
  return btoa(text);
}"""


def read_strokes(path: Path) -> dict[str, tuple[float, int, list[tuple[str, np.ndarray]]]]:
    """name -> (pen in px, seed, [(kind, (N, 2 or more) numbers)]), in the order of the file."""
    found: dict[str, tuple[float, int, list[tuple[str, np.ndarray]]]] = {}
    strokes: list[tuple[str, np.ndarray]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"\[(\w+) (\d+) (\d+)\]", line):
            strokes = []
            found[head[1]] = (float(head[2]), int(head[3]), strokes)
        elif line and not line.startswith("#"):
            kind, *points = line.split()
            strokes.append((kind, np.array([[float(number) for number in point.split(",")] for point in points])))
    return found


def by_hand(kind: str, points: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """The paths (N, 2), in px, that a hand draws for one stroke of strokes.txt: mostly one."""
    if kind == "D":
        x, y, radius = points[0]
        turns = np.linspace(0, 4 * np.pi, 18)
        return [np.stack([x + radius * turns / 14 * np.cos(turns), y + radius * turns / 14 * np.sin(turns)], axis=1)]
    if kind == "O":
        return [_drift(_oval(points[0], rng), rng)]
    if kind == "C":
        return [_drift(_ends(_curve(points), rng), rng)]
    parts, start = [], 0
    for corner in range(1, len(points) - 1):  # the pen is lifted at some corners, having gone too far
        if rng.random() < 0.3:
            parts.append(points[start : corner + 1].copy())
            parts[-1][-1] += _along(points[corner] - points[corner - 1]) * rng.uniform(3, 13)
            start = corner
    parts.append(points[start:])
    return [_drift(_ends(_edges(part, rng), rng), rng) for part in parts]


def _along(vector: np.ndarray) -> np.ndarray:
    return vector / max(1e-6, float(np.hypot(*vector)))


def _oval(oval: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Once around and not quite back to where it began: an overlap, or a gap of a few pixels."""
    x, y, rx, ry = oval[:4]
    begin = rng.uniform(-2.4, -1.2)
    miss = rng.uniform(-9, 26) / max(rx, ry)
    angles = begin + np.linspace(0, 2 * np.pi + miss, max(14, round((rx + ry) * np.pi / STEP_PX)))
    grow = 1 + np.linspace(-0.012, 0.022, len(angles)) + 0.014 * np.sin(2 * angles + rng.uniform(0, 6))
    return np.stack([x + rx * grow * np.cos(angles), y + ry * grow * np.sin(angles)], axis=1)


def _curve(points: np.ndarray) -> np.ndarray:
    """A centripetal-like Catmull-Rom curve through the points, sampled about every STEP_PX."""
    room = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    pieces = []
    for a, b, c, d in zip(room[:-3], room[1:-2], room[2:-1], room[3:], strict=True):
        length = float(np.hypot(*(c - b)))
        t = np.linspace(0, 1, max(2, round(length / STEP_PX)), endpoint=False)[:, None]
        reach = [min(1.0, length / max(1.0, float(np.hypot(*side)))) for side in (c - a, d - b)]
        out, back = (c - a) * min(0.5, reach[0]), (d - b) * min(0.5, reach[1])
        pieces.append(
            b * (2 * t**3 - 3 * t**2 + 1)
            + c * (3 * t**2 - 2 * t**3)
            + out * (t**3 - 2 * t**2 + t)
            + back * (t**3 - t**2)
        )
    return np.vstack([*pieces, points[-1:]])


def _edges(points: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Corner to corner, each edge a little bowed."""
    pieces = []
    for b, c in pairwise(points):
        length = float(np.hypot(*(c - b)))
        t = np.linspace(0, 1, max(3, round(length / (2 * STEP_PX))), endpoint=False)[:, None]
        normal = np.array([-(c - b)[1], (c - b)[0]])
        pieces.append(b + (c - b) * t + normal * rng.normal(0, BOW) * 4 * t * (1 - t))
    return np.vstack([*pieces, points[-1:]])


def _ends(path: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Both ends a few pixels too far or too short."""
    path = path.copy()
    path[0] += _along(path[0] - path[1]) * rng.uniform(-6, 4)
    path[-1] += _along(path[-1] - path[-2]) * rng.uniform(-8, 9)
    return path


def _drift(path: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    knots = max(3, len(path) // 5)
    drift = rng.normal(0, DRIFT_PX, (knots, 2)) + rng.normal(0, 0.5 * DRIFT_PX, 2)
    where = np.linspace(0, knots - 1, len(path))
    return path + np.stack([np.interp(where, range(knots), drift[:, axis]) for axis in (0, 1)], axis=1)


def draw(page: Page, pen_px: float, seed: int, strokes: list[tuple[str, np.ndarray]]) -> Image.Image:
    """Clear the page, draw with the mouse, and return the ink as a (1024, 1024) gray picture, dark on white."""
    rng = np.random.default_rng(seed)
    if page.locator("#sl-clear").is_enabled():
        page.click("#sl-clear")
    page.evaluate("pen => { sprintLive.tools.resize(pen); }", pen_px)
    box = page.locator("#sl-sketch").bounding_box()
    for kind, points in strokes:
        for path in by_hand(kind, points, rng):
            places = [
                (box["x"] + x / CANVAS_PX * box["width"], box["y"] + y / CANVAS_PX * box["height"])
                for x, y in path.tolist()
            ]
            page.mouse.move(*places[0])
            page.mouse.down()
            for place in places[1:]:
                page.mouse.move(*place)
            page.mouse.up()
    covered_u8 = np.frombuffer(base64.b64decode(page.evaluate(INK)), np.uint8).reshape(CANVAS_PX, CANVAS_PX)
    return Image.fromarray(255 - covered_u8)


def save(picture: Image.Image, path: Path) -> None:
    """As PNG of 16 grays: a third of the bytes, and edges stay soft."""
    buffer = io.BytesIO()
    picture.quantize(16).save(buffer, "PNG", optimize=True, bits=4)
    path.write_bytes(buffer.getvalue())


def main(base: str, names: list[str]) -> None:
    """Record the named drawings, or all."""
    drawings = read_strokes(HERE / "strokes.txt")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1900, "height": 1180}, locale="en-US")
        page.goto(base)
        page.wait_for_selector("#sprint-live[data-state=idle]")
        for name in names or drawings:
            save(draw(page, *drawings[name]), HERE / f"{name}.png")
            print(name, flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
