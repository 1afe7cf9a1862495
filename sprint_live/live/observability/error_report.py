"""An exception, told twice: a sentence for the person whose picture failed, and its place in the code for the log.

The log gets no text of an exception that is not ours: such a text may quote the prompt, and nothing that somebody drew
or wrote is logged.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from sprint_live.coded_text import CodedText, coded
from sprint_live.errors import SprintLiveError

__all__ = ["ChildFailure", "in_words", "place_of"]

MAX_CHARS = 500
MAX_FRAMES = 4


class ChildFailure(Exception):
    """The cause of an error that came over a pipe; its text is the `place_of` the other process saw."""


def in_words(error: BaseException, code: str) -> CodedText:
    """The sentence for the person: our own errors as they are;
    others fill the {why} of `code` with their type and text.
    """
    if isinstance(error, SprintLiveError):
        return error.told
    room = MAX_CHARS - len(coded(code, {"why": ""}))
    return coded(code, {"why": f"{type(error).__name__}: {error}"[:room]})


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
