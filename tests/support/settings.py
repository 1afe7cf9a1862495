"""The controls beside the canvas by their flat names, the numbers of the drawing among them."""

from __future__ import annotations

from sprint_live.api.draw_settings import DRAW_SETTINGS, DrawSettings
from sprint_live.live.canvas.draw_request import Settings


def settings_of(**values) -> Settings:
    """`settings_of(prompt="a cat", seed=3)`."""
    numbers = {name: values.pop(name) for name in DRAW_SETTINGS if name in values}
    return Settings(**values, draw=DrawSettings(**numbers))
