"""What `Engine.draw` accepts besides the sketch, checked before any work is done."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from numbers import Real

from sprint_live.errors import ArgumentError, PromptError, PromptTooLong, refusal

MAX_PROMPT_BYTES = 8192
MAX_PROMPT_CHARS = 1000
MAX_SEED = 2**32 - 1
MAX_NUM_STEPS = 4
MAX_GUIDANCE = 20.0
MAX_CONTROL_STRENGTH = 2.0
MIN_STRENGTH = 0.05


def usable_prompt(prompt: str) -> str:
    """The part of a prompt that is read: control characters and lone surrogates blanked, at most 1000 characters.

    Raises:
        PromptError: not a string.
        PromptTooLong: over 8192 bytes.
    """
    if not isinstance(prompt, str):
        raise PromptError(refusal(got=f"a prompt of type {type(prompt).__name__}", accepted="text", fix="pass a str"))
    num_bytes = len(prompt.encode("utf-8", "surrogatepass")) if len(prompt) <= MAX_PROMPT_BYTES else len(prompt)
    if num_bytes > MAX_PROMPT_BYTES:
        raise PromptTooLong(
            refusal(
                got=f"a prompt of {num_bytes} bytes or more",
                accepted=f"up to {MAX_PROMPT_BYTES} bytes, of which {MAX_PROMPT_CHARS} characters are read",
                fix="shorten it",
            )
        )
    readable = (" " if _is_inert(ord(char)) else char for char in prompt[:MAX_PROMPT_CHARS])
    return "".join(readable).strip()


def _is_inert(code: int) -> bool:
    return code < 32 or code == 127 or 0xD800 <= code <= 0xDFFF


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Numbers of one drawing. size: the side of a square, one of `sizes`, or (height, width): such a square, or one of `shapes`.

    control_start, control_end: fractions of the steps between which the lines count. strength: where a painting is
    entered, as a fraction of the way to pure noise.

    Raises:
        ArgumentError: a number of the wrong type, not finite or out of range.
    """

    seed: int
    steps: int
    guidance: float
    control_strength: float
    control_start: float
    control_end: float
    strength: float
    size: int | tuple[int, int]
    sizes: tuple[int, ...]
    shapes: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        for name, plain in (
            ("seed", _whole("seed", self.seed, 0, MAX_SEED)),
            ("steps", _whole("steps", self.steps, 1, MAX_NUM_STEPS)),
            ("guidance", _real("guidance", self.guidance, 0.0, MAX_GUIDANCE)),
            ("control_strength", _real("control_strength", self.control_strength, 0.0, MAX_CONTROL_STRENGTH)),
            ("strength", _real("strength", self.strength, MIN_STRENGTH, 1.0)),
            ("size", _plain_size(self.size)),
        ):
            object.__setattr__(self, name, plain)  # numpy's numbers, too, are Python's from here on
        controlled_steps(self.steps, self.control_start, self.control_end)
        squares = (*self.sizes, *((side, side) for side in self.sizes))
        if isinstance(self.size, bool) or self.size not in (*squares, *self.shapes):
            pairs = ", ".join(f"({height}, {width})" for height, width in self.shapes)
            accepted = ", ".join(map(str, self.sizes)) + (f"; (height, width) of {pairs}" if pairs else "")
            raise ArgumentError(refusal(got=f"size {self.size!r}", accepted=accepted, fix="use one of these"))

    @property
    def height_width(self) -> tuple[int, int]:
        """The picture in pixels."""
        return self.size if isinstance(self.size, tuple) else (self.size, self.size)

    @property
    def wants_control(self) -> bool:
        """Whether the lines count in any step."""
        return self.control_strength > 0 and any(controlled_steps(self.steps, self.control_start, self.control_end))


def controlled_steps(num_steps: int, start: float, end: float) -> tuple[bool, ...]:
    """Which steps the control counts in: those that lie wholly between the fractions `start` and `end` of the run.

    Raises:
        ArgumentError: not 0 <= start < end <= 1.
    Source: diffusers' control_guidance_start and control_guidance_end.
    """
    numbers = all(isinstance(value, Real) and not isinstance(value, bool) for value in (start, end))
    if not numbers or not 0 <= start < end <= 1:
        raise ArgumentError(
            refusal(
                got=f"control_start={start!r} and control_end={end!r}",
                accepted="fractions of the steps, 0 <= start < end <= 1",
                fix="use 0 and 1 for control in every step",
            )
        )
    return tuple(step / num_steps >= start and (step + 1) / num_steps <= end for step in range(num_steps))


def _whole(name: str, value: int, low: int, high: int) -> int:
    try:
        plain = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        plain = None
    if plain is None or not low <= plain <= high:
        raise ArgumentError(refusal(got=f"{name} {value!r}", accepted=f"a whole number {low}..{high}", fix="change it"))
    return plain


def _real(name: str, value: float, low: float, high: float) -> float:
    """Any real number that is none of Python's own becomes a float; int and float stay what they are."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not low <= value <= high:
        raise ArgumentError(refusal(got=f"{name} {value!r}", accepted=f"a number {low:g}..{high:g}", fix="change it"))
    return value if type(value) in (int, float) else float(value)


def _plain_size(size: int | tuple[int, int]) -> int | tuple[int, int]:
    try:
        if isinstance(size, tuple):
            width, height = size
            return operator.index(width), operator.index(height)
        return size if isinstance(size, bool) else operator.index(size)
    except TypeError:  # refused by what it is
        return size
