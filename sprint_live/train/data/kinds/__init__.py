"""Kinds of things that programs draw, each part with a name and a place. A kind is one function
in a file of one of the rooms, the folders here.

Knows: numpy.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from sprint_live.train.data.kinds._thing import DRAWN_BY, Kind


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its first noun, in a fixed order: the files of the rooms are imported by name."""
    for name in sorted(module.name for module in pkgutil.walk_packages(__path__, f"{__name__}.")):
        if not name.rpartition(".")[2].startswith("_"):
            importlib.import_module(name)
    return dict(sorted(DRAWN_BY.items()))
