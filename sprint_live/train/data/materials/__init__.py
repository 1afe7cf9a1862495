"""Materials for drawn things. A material is a file of this folder that defines MATERIAL.

Knows: numpy, OpenCV.  Must not know: kinds, hands, places, captions.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from sprint_live.train.data.materials._surface import Layer, Material, Surface, place

__all__ = ["Layer", "Material", "Surface", "all_materials", "place"]


@cache
def all_materials() -> dict[str, Material]:
    """Every material by name, in the order of the file names."""
    found = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        if not module.startswith("_"):
            material = importlib.import_module(f"{__name__}.{module}").MATERIAL
            found[material.name] = material
    return found
