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
    """As "engine/denoising/block.py:FastBlock.text"; "a test" where no function of the project is being run.

    What is defined inside a function belongs to it.
    """
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
    return f"{where}:{code.co_qualname.partition('.<locals>')[0]}"
