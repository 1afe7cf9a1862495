"""Where the program is: the innermost function of this project that is being run."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from types import CodeType

from support.paths import ROOT

ROOTS = (str(ROOT / "sprint_live"), str(ROOT / "controlnet"))
NOWHERE = "a test"


def place_of_call() -> str:
    """As "engine/sketch.py:fit_page"; "a test" where no function of the project is being run."""
    frame = sys._getframe(1)
    while frame is not None:
        place = _named(frame.f_code)
        if place:
            return place
        frame = frame.f_back
    return NOWHERE


@functools.cache
def _named(code: CodeType) -> str:
    if not code.co_filename.startswith(ROOTS):
        return ""
    where = Path(code.co_filename).relative_to(ROOT).as_posix().removeprefix("sprint_live/")
    return f"{where}:{code.co_qualname.rpartition('.')[2]}"
