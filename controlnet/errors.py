"""What the control branch and the detectors raise, and the root of every exception of this project.

    SprintLiveError                      base: catch this one to catch them all
    |-- InputError (ValueError)          the caller sent something we refuse; the message says how to fix it
    |   |-- SketchError                  the drawing: not an image, truncated, too large, wrong dtype or shape
    |   |   `-- SketchTooLarge           more pixels or bytes than accepted (HTTP 413)
    |   `-- ArgumentError                an argument is of the wrong type or out of range
    `-- WeightsError                     a model folder or weight file is missing, damaged or not what it says

The rest of the tree, which the engine and the server raise, is in sprint_live/errors.py; it exports these classes, too.
They are defined here because sprint_live imports controlnet, never the other way.

Must not know: sprint_live, torch, numpy; the codes that the page translates errors by.
"""

from __future__ import annotations

__all__ = [
    "ArgumentError",
    "InputError",
    "Refusal",
    "SketchError",
    "SketchTooLarge",
    "SprintLiveError",
    "WeightsError",
    "refusal",
]


class SprintLiveError(Exception):
    """Base of every exception raised on purpose by Sprint Live."""


class InputError(SprintLiveError, ValueError):
    """The caller sent something that is refused; the server goes on."""


class SketchError(InputError):
    """The drawing cannot be used."""


class SketchTooLarge(SketchError):
    """The drawing has more pixels or bytes than accepted."""


class ArgumentError(InputError):
    """An argument (seed, steps, size, guidance, ...) is of the wrong type or out of range."""


class WeightsError(SprintLiveError):
    """A model folder or weight file is missing, damaged or not what it says it is."""


class Refusal(str):
    """The message of an error: one line of text that keeps its three parts."""

    got: str
    accepted: str
    fix: str

    def __new__(cls, got: str, accepted: str, fix: str) -> Refusal:
        """The three parts without the words between them."""
        text = super().__new__(cls, f"got {got}; accepted: {accepted}; fix: {fix}")
        text.got, text.accepted, text.fix = got, accepted, fix
        return text

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str, str]]:
        """How pickle makes it again: errors come from the engine's process through a pipe."""
        return Refusal, (self.got, self.accepted, self.fix)


def refusal(*, got: str, accepted: str, fix: str) -> Refusal:
    """One line that says what was got, what is accepted and how to fix it."""
    return Refusal(got, accepted, fix)
