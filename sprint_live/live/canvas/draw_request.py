"""What a picture depends on, as one value: if two requests are equal, nothing has to be rendered.

A request holds the strokes and edits themselves instead of a hash of them: comparing is exact and cannot collide, and
while one stroke grows it costs one memcmp of that stroke's points.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace

from sprint_live.api.draw_settings import DrawSettings
from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError
from sprint_live.live.canvas.edits import Entry
from sprint_live.live.canvas.history import Visible

__all__ = ["DrawRequest", "Settings"]

MIN_SIDE_PX, MAX_SIDE_PX = 64, 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The controls beside the canvas. `style` is a label of the model's styles, "" for none.

    draw: the numbers of the drawing. width, height: the picture in pixels; the paper has its shape. painting: the paint
    is the picture to start from, and `draw.strength` says how much of it is painted over (1: all of it); without it
    the lines count, as control, and so does the paint where the model reads colors. preview: while the pen is down a
    quicker, rougher picture will do, where the model has one.

    Raises: ArgumentError if a side is out of its range.
    """

    prompt: str = "a cat"
    style: str = ""
    draw: DrawSettings = field(default_factory=DrawSettings)
    width: int = 1024
    height: int = 1024
    painting: bool = False
    preview: bool = False

    def __post_init__(self) -> None:
        for name, side_px in (("width", self.width), ("height", self.height)):
            if not MIN_SIDE_PX <= side_px <= MAX_SIDE_PX:
                given = {"name": name, "value": side_px, "low": MIN_SIDE_PX, "high": MAX_SIDE_PX}
                raise ArgumentError(coded("settings.not_whole", given))

    def with_seed(self, seed: int) -> Settings:
        """A copy with another seed. Raises: ArgumentError if the seed is out of range."""
        return replace(self, draw=replace(self.draw, seed=seed))


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """What makes the paper plus settings; compared by value.

    pin: bytes of `api.pin.Pin`, b"" for none. preview: the quicker, rougher picture is asked for.
    """

    visible: Visible = field(default_factory=Visible)
    settings: Settings = field(default_factory=Settings)
    pin: bytes = b""
    preview: bool = False

    @classmethod
    def of(cls, strokes: Iterable[Entry], settings: Settings) -> DrawRequest:
        """Strokes and edits, from the first one on, under `settings`."""
        return cls(Visible.of(strokes), settings)

    @property
    def strokes(self) -> tuple[Entry, ...]:
        """The strokes and edits that make the paper, in a new tuple."""
        return self.visible.entries

    @property
    def blank(self) -> bool:
        """True if there is nothing to render: white paper, unless painting, where the words alone make a picture."""
        return not self.settings.painting and self.visible.white

    @property
    def batch_key(self) -> Hashable:
        """Requests with equal keys may share a call of the engine, see `DrawSettings.batch_key`."""
        settings = self.settings
        height_width = (settings.height, settings.width)
        return settings.draw.batch_key(height_width, painted=settings.painting, preview=self.preview)
