"""A lasso around a part of the picture."""

from __future__ import annotations

AROUND = [(0.02, 0.1), (0.45, 0.1), (0.45, 0.9), (0.02, 0.9), (0.02, 0.12)]


def lasso(page, points) -> None:
    box = page.locator("#sl-view").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.keyboard.press("p")
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def shown(page) -> None:
    """Everything sent is on show."""
    page.wait_for_function("sprintLive.shownOp >= sprintLive.seq && sprintLive.root.dataset.state === 'idle'")
