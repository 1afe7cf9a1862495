"""Kinds of things that programs draw, each part with a name and a place. A kind is one function in a file of this folder.

Knows: numpy.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from sprint_live.train.data.kinds._thing import DRAWN_BY, Kind


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its first noun, in a fixed order: the files of this folder are imported by name."""
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        if not module.startswith("_"):
            importlib.import_module(f"{__name__}.{module}")
    return dict(sorted(DRAWN_BY.items()))
