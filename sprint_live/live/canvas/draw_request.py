"""What a picture depends on, as one value: if two requests are equal, nothing has to be rendered.

A request holds the strokes and edits themselves instead of a hash of them: comparing is exact and cannot collide, and while
one stroke grows it costs one memcmp of that stroke's points.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from sprint_live.errors import ArgumentError, refusal
from sprint_live.live.canvas.edits import Entry
from sprint_live.live.canvas.history import Visible

__all__ = ["MAX_PROMPT_CHARS", "DrawRequest", "Settings", "usable_prompt"]

MAX_PROMPT_CHARS = 1000
MAX_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The controls beside the canvas. `style` is a label of the model's styles, "" for none.

    width, height: the picture in pixels; the paper has its shape. control_start, control_end: the fractions of the steps
    between which the lines count. painting: the paint is the picture to start from, and `strength` says how much of it is
    painted over (1: all of it); without it only the lines count, as control. preview: while the pen is down a quicker,
    rougher picture will do, where the model has one.

    Raises: ArgumentError if a number is not finite or out of its range.
    """

    prompt: str = "a cat"
    style: str = ""
    seed: int = 0
    steps: int = 1
    guidance: float = 4.5
    control_strength: float = 1.0
    control_start: float = 0.0
    control_end: float = 1.0
    width: int = 1024
    height: int = 1024
    painting: bool = False
    strength: float = 0.6
    preview: bool = False

    def __post_init__(self) -> None:
        _require("seed", self.seed, 0, MAX_SEED)
        _require("steps", self.steps, 1, 4)
        _require("guidance", self.guidance, 0.0, 20.0)
        _require("control strength", self.control_strength, 0.0, 2.0)
        _require("control start", self.control_start, 0.0, 1.0)
        _require("control end", self.control_end, self.control_start + 0.001, 1.0)
        _require("width", self.width, 64, 4096)
        _require("height", self.height, 64, 4096)
        _require("strength", self.strength, 0.05, 1.0)


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
        """Requests with equal keys may share a call of the engine: size, steps, guidance, decoder, where a painting is entered."""
        settings = self.settings
        start = (settings.painting, settings.strength if settings.painting else 0.0)
        control = (settings.control_start, settings.control_end)
        return (settings.width, settings.height, settings.steps, settings.guidance, *control, *start, self.preview)


def usable_prompt(prompt: str) -> str:
    """The part of a prompt that is used: control characters become spaces, at most 1000 characters."""
    inert = "".join(" " if ord(char) < 32 or ord(char) == 127 else char for char in prompt[:MAX_PROMPT_CHARS])
    return inert.strip()


def _require(name: str, number: float, low: float, high: float) -> None:
    if not math.isfinite(number) or not low <= number <= high:
        raise ArgumentError(refusal(got=f"{name} {number}", accepted=f"{low} to {high}", fix=f"change the {name}"))
