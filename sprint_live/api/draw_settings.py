"""The numbers of one drawing, in one table: range, default, wire format and slider of each.

The engine, the wire, the command line, Gradio's API and the page (web/wire/draw-settings.js) all use this table.

Knows: numbers and their ranges.  Must not know: torch, models, drawings, the caller.
"""

from __future__ import annotations

import dataclasses
import math
import operator
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from numbers import Real
from types import MappingProxyType
from typing import Any, Final, Self, SupportsIndex

from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError

__all__ = ["DRAW_SETTINGS", "MAX_NUM_STEPS", "DrawSettings", "Setting", "check_size", "controlled_steps"]

MAX_NUM_STEPS = 4
THOUSANDTHS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One number of a drawing: whole or real, low..high, and its default.

    about: help text for the command line. wire: its letter in `struct`, which holds the number times `scale`. slider:
    (low, high, step) of the slider on the page; None if it has none.
    """

    about: str
    default: float
    low: float
    high: float
    wire: str
    scale: int = 1
    slider: tuple[float, float, float] | None = None

    @property
    def is_whole(self) -> bool:
        """True for an int."""
        return isinstance(self.default, int)

    def checked(self, name: str, value: float) -> float:
        """The number as a Python int or float."""
        plain = _as_int(value) if self.is_whole else _as_real(value)
        if plain is None or not self.low <= plain <= self.high:
            low, high = (str(end) if self.is_whole else f"{end:g}" for end in (self.low, self.high))
            given = {"name": name, "value": repr(value), "low": low, "high": high}
            raise ArgumentError(coded("settings.not_whole" if self.is_whole else "settings.not_real", given))
        return plain


def _share(about: str, default: float, low: float, high: float, slider: tuple[float, float, float]) -> Any:
    setting = Setting(about=about, default=default, low=low, high=high, wire="H", scale=THOUSANDTHS, slider=slider)
    return dataclasses.field(default=default, metadata={"setting": setting})


def _whole(about: str, default: int, low: int, high: int, wire: str) -> Any:
    setting = Setting(about=about, default=default, low=low, high=high, wire=wire)
    return dataclasses.field(default=default, metadata={"setting": setting})


@dataclass(frozen=True, kw_only=True)
class DrawSettings:
    """The numbers of one drawing, in the order they have on the wire; `DrawSettings.steps` and so on are the defaults.

    control_start, control_end: fractions of the steps between which the lines count. strength: where a painting is
    entered, as a fraction of the way to pure noise.

    Raises: ArgumentError for a number of the wrong type, not finite or out of range. Numbers of numpy are numbers.
    """

    control_strength: float = _share("how much the lines count", 1.0, 0.0, 2.0, (0.0, 1.0, 0.05))
    control_start: float = _share("fraction of the steps from which the lines count", 0.0, 0.0, 1.0, (0.0, 1.0, 0.05))
    control_end: float = _share("fraction of the steps up to which the lines count", 1.0, 0.0, 1.0, (0.0, 1.0, 0.05))
    guidance: float = _share("how much the prompt counts", 4.5, 0.0, 20.0, (1.0, 10.0, 0.5))
    strength: float = _share("how much of the painting is painted over", 0.6, 0.05, 1.0, (0.05, 1.0, 0.05))
    seed: int = _whole("same seed, same picture", 0, 0, 2**32 - 1, "I")
    steps: int = _whole("denoising steps", 1, 1, MAX_NUM_STEPS, "B")

    def __post_init__(self) -> None:
        _check_window(*self.control_window)
        for name, setting in DRAW_SETTINGS.items():
            object.__setattr__(self, name, setting.checked(name, getattr(self, name)))

    @classmethod
    def of(cls, numbers: Mapping[str, Any]) -> Self:
        """The settings of these numbers by name. Raises: ArgumentError, as the class;
        TypeError for a name it has not.
        """
        return cls(**numbers)

    @property
    def control_window(self) -> tuple[float, float]:
        """(start, end): the fractions of the steps between which the control is active."""
        return self.control_start, self.control_end

    @property
    def controlled_steps(self) -> tuple[bool, ...]:
        """Which steps the lines count in."""
        return controlled_steps(self.steps, *self.control_window)

    @property
    def wants_control(self) -> bool:
        """Whether the lines count in any step."""
        return self.control_strength > 0 and any(self.controlled_steps)

    def batch_key(self, height_width: tuple[int, int], *, painted: bool, preview: bool) -> Hashable:
        """Pictures with equal keys can go through the model together.

        The key has the picture's shape, the angles of the sampler, the guidance and the decoder. Each picture has its
        own drawing, prompt, seed, control strength and pin.
        """
        start = self.strength if painted else None
        return (height_width, self.steps, self.guidance, *self.control_window, start, preview)


DRAW_SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(
    {field.name: field.metadata["setting"] for field in dataclasses.fields(DrawSettings)}
)
"""The table, by name."""


def controlled_steps(num_steps: int, start: float, end: float) -> tuple[bool, ...]:
    """The steps in which the control is active: those wholly between the fractions `start` and `end` of the run.

    Source: diffusers' control_guidance_start and control_guidance_end.
    """
    _check_window(start, end)
    return tuple(step / num_steps >= start and (step + 1) / num_steps <= end for step in range(num_steps))


def _check_window(start: float, end: float) -> None:
    numbers = all(not isinstance(value, bool) and isinstance(value, Real) for value in (start, end))
    if not numbers or not 0 <= start < end <= 1:
        raise ArgumentError(coded("settings.window", {"start": repr(start), "end": repr(end)}))


def check_size(
    size: int | tuple[int, int], sizes: tuple[int, ...], shapes: tuple[tuple[int, int], ...] = ()
) -> tuple[int, int]:
    """(height, width) of a picture. size: the side of a square, one of `sizes`, or (height, width):
    such a square or a shape.

    Raises: ArgumentError for any other.
    """
    try:
        sides = size if isinstance(size, tuple) else (size, size)
        height, width = (-1 if isinstance(side, bool) else operator.index(side) for side in sides)
    except (TypeError, ValueError):
        height, width = -1, -1
    if (height, width) in (*((side, side) for side in sizes), *shapes):
        return height, width
    pairs = ", ".join(f"({height}, {width})" for height, width in shapes)
    accepted = ", ".join(map(str, sizes)) + (f"; (height, width) of {pairs}" if pairs else "")
    raise ArgumentError(coded("settings.size", {"size": repr(size), "sizes": accepted}))


def _as_int(value: object) -> int | None:
    try:
        return operator.index(value) if isinstance(value, SupportsIndex) and not isinstance(value, bool) else None
    except TypeError:  # an array of several numbers has an index, too, that it refuses to tell
        return None


def _as_real(value: float) -> float | None:
    """Convert other real number types to float; int and float stay as they are."""
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        return None
    return value if type(value) in (int, float) else float(value)
