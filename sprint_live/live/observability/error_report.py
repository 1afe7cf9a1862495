"""The place of an exception in the code, for the log; `errors.told_by` has the sentence for the person.

The log gets no text of an exception that is not ours: such a text may quote the prompt, and nothing that somebody drew
or wrote is logged.
"""

from __future__ import annotations

import traceback
from pathlib import Path

__all__ = ["ChildFailure", "place_of"]

MAX_FRAMES = 4


class ChildFailure(Exception):
    """The cause of an error that came over a pipe; its text is the `place_of` the other process saw."""


def place_of(error: BaseException) -> str:
    """Types and the innermost lines of code, for the log: "ValueError at engine.py:88 draw < worker.py:140 _draw"."""
    deepest = error
    while deepest.__cause__ is not None:
        deepest = deepest.__cause__
    if isinstance(deepest, ChildFailure):
        return str(deepest)
    frames = traceback.extract_tb(deepest.__traceback__)[-MAX_FRAMES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    kinds = type(error).__name__ if deepest is error else f"{type(error).__name__} from {type(deepest).__name__}"
    return f"{kinds} at {places}" if places else kinds
