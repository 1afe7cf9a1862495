"""Places behind a drawing that programs paint, each told by words. A place is one file of this folder.

Knows: the files of this folder.  Must not know: things, hands, captions.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from sprint_live.train.data.places._place import Place, Scenery

__all__ = ["Place", "Scenery", "all_places"]


@cache
def all_places() -> dict[str, Place]:
    """Every place by its name, in a fixed order: the files of this folder are imported by name."""
    places = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        if not module.startswith("_"):
            place = importlib.import_module(f"{__name__}.{module}").PLACE
            assert place.name == module, (place.name, module)
            places[place.name] = place
    return places
