"""Record the moving picture of the README: a real Chromium draws on a running app with real pointer events.

sprint-live --port 7860 &
python assets/media/record.py http://127.0.0.1:7860 assets/media/live.webp
"""

from __future__ import annotations

import io
import math
import shutil
import sys

from PIL import Image
from playwright.sync_api import Page, sync_playwright

WIDTH_PX, FRAME_MS = 960, 100


def arc(
    x: float, y: float, rx: float, ry: float, start: float, stop: float, count: int = 26
) -> list[tuple[float, float]]:
    """Points of an ellipse between two angles in degrees, a little crooked."""
    angles = [math.radians(start + (stop - start) * i / (count - 1)) for i in range(count)]
    return [(x + rx * math.cos(a) * (1 + 0.02 * math.sin(3 * a)), y + ry * math.sin(a)) for a in angles]


CAT = [
    arc(0.5, 0.56, 0.29, 0.26, 200, 565),
    [(0.27, 0.41), (0.25, 0.17), (0.42, 0.31)],
    [(0.58, 0.31), (0.76, 0.16), (0.74, 0.42)],
    arc(0.40, 0.51, 0.035, 0.045, 0, 370, 12),
    arc(0.61, 0.51, 0.035, 0.045, 0, 370, 12),
    [(0.47, 0.61), (0.54, 0.61), (0.505, 0.645), (0.47, 0.61)],
    arc(0.46, 0.65, 0.045, 0.04, 0, 150, 8),
    arc(0.55, 0.65, 0.045, 0.04, 180, 30, 8),
    [(0.40, 0.62), (0.17, 0.58)],
    [(0.40, 0.65), (0.17, 0.68)],
    [(0.62, 0.62), (0.84, 0.57)],
    [(0.62, 0.65), (0.84, 0.67)],
]
PROMPT = "an orange cat"
STYLES = ("Clay", "Gold", "Neon", "Chalk", "Beach", "Under water", "Night")


def record(url: str, out: str) -> None:
    """Draw the cat, turn it to materials and take it to places, and write an animated WebP."""
    frames: list[Image.Image] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        page.wait_for_selector("#sprint-live[data-state=idle]", timeout=60_000)
        page.fill("#sl-prompt", PROMPT)
        box = page.locator("#sl-sketch").bounding_box()
        for stroke in CAT:
            places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
            page.mouse.move(*places[0])
            page.mouse.down()
            for index, place in enumerate(places[1:]):
                page.mouse.move(*place, steps=2)
                if index % 3 == 2:
                    frames.append(shot(page))
            page.mouse.up()
            page.wait_for_timeout(350)
            frames.append(shot(page))
        for style in STYLES:
            page.click("#sl-presets")
            page.get_by_role("radio", name=style, exact=True).check(force=True)
            page.keyboard.press("Escape")
            page.wait_for_timeout(2500)
            frames += [shot(page)] * 9
        browser.close()
    frames[0].save(out, save_all=True, append_images=frames[1:], duration=FRAME_MS, loop=0, quality=72, method=4)


def shot(page: Page) -> Image.Image:
    """The page as it is now, at the width of the recording."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize((WIDTH_PX, picture.height * WIDTH_PX // picture.width), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    record(sys.argv[1], sys.argv[2])
