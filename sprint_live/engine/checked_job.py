"""A job with checked arguments, as the stages get it.

Knows: sketches, prompts, settings.  Must not know: networks, other jobs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sprint_live.api.draw_job import DrawJob, Pin
from sprint_live.api.draw_settings import DrawSettings, check_size
from sprint_live.api.prompt import usable_prompt
from sprint_live.engine.sketch import sketch_pixels
from sprint_live.errors import SketchError, refusal
from sprint_live.models.zoo import ZooModel


@dataclass(frozen=True, kw_only=True, eq=False)
class CheckedJob:
    """pixels_u8, painted_u8: the drawing and the painting, (H, W) or (H, W, 3). colors_u8: (H, W, 4), None where the
    drawing itself says what is colored. The rest as in `DrawJob`.
    """

    settings: DrawSettings
    height_width: tuple[int, int]
    prompt: str
    pixels_u8: np.ndarray
    painted_u8: np.ndarray | None
    colors_u8: np.ndarray | None
    preview: bool
    pin: Pin | None
    client: str


def check_job(job: DrawJob, model: ZooModel) -> CheckedJob:
    """Raises SketchError, PromptError or ArgumentError where an argument is refused;
    the message says what is accepted.
    """
    pixels_u8 = sketch_pixels(job.sketch)
    return CheckedJob(
        settings=job.settings,
        height_width=check_size(job.size, model.sizes, model.shapes),
        prompt=usable_prompt(job.prompt),
        pixels_u8=pixels_u8,
        painted_u8=None if job.painting is None else sketch_pixels(job.painting, paper="white"),
        colors_u8=None if job.colors is None else _checked_colors(job.colors, pixels_u8),
        preview=bool(job.preview),
        pin=job.pin,
        client=str(job.client),
    )


def _checked_colors(colors: object, pixels_u8: np.ndarray) -> np.ndarray:
    """Raises SketchError for anything but the paint of this drawing."""
    wanted = (*pixels_u8.shape[:2], 4)
    if isinstance(colors, np.ndarray) and colors.dtype == np.uint8 and colors.shape == wanted:
        return colors
    got = f"{colors.dtype} {colors.shape}" if isinstance(colors, np.ndarray) else f"a {type(colors).__name__}"
    accepted = f"a uint8 array {wanted}: RGBA, premultiplied, of the sketch's shape"
    raise SketchError(refusal(got=f"colors: {got}", accepted=accepted, fix="leave them out where nothing is painted"))
