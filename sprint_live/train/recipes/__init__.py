"""All recipes by name. Adding one is adding a file here that holds `RECIPES`, a tuple of `Recipe`.

| recipe                      | made for            | scenes | measured                                          |
| sprint-tiny-cpu             | 2 CPU cores, hours  |  18000 | the weights in assets/sprint-tiny (see its card)  |
| sprint-tiny-onward          | 2 CPU cores, a day  |  50000 | begun, not yet run to its end: --start-model      |
| sprint-tiny                 | one H200, 25 min    |  60000 | not yet run                                       |
| sana-sprint-0.6b-controlnet | GPUs, your pictures |      - | not run: code path only, at reduced size, in tests |
| sana-sprint-1.6b-controlnet | GPUs, your pictures |      - | not run: as above                                 |
| twinflow, rcgm, tbcm        | 2 CPU cores, hours  |  18000 | sprint-tiny-cpu by another method, not yet run    |
| sana-sprint-0.6b-twinflow . | GPUs, your pictures |      - | not run: each method and size by its name         |
| smoke                       | tests, seconds      |     40 | code path only                                    |

A recipe says how much of each stage is done; `sprint_live.train.stages` says what a stage does.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace

from sprint_live.errors import ArgumentError
from sprint_live.train.recipe import Recipe

_FILES = sorted(file.name for file in pkgutil.iter_modules(__path__))
RECIPES: dict[str, Recipe] = {
    recipe.name: recipe for file in _FILES for recipe in importlib.import_module(f"{__name__}.{file}").RECIPES
}


def get_recipe(name: str, *, batch_size: int | None = None) -> Recipe:
    """The recipe of that name; `batch_size` replaces that of its teacher and student.

    Raises:
        ArgumentError: there is none, and the message lists what there is; or the batch is below 1.
    """
    if name not in RECIPES:
        raise ArgumentError(f"got recipe {name!r}; accepted: {', '.join(RECIPES)}")
    recipe = RECIPES[name]
    if batch_size is None:
        return recipe
    resized = {
        stage: tuple(
            replace(phase, loop=replace(phase.loop, batch_size=batch_size)) for phase in getattr(recipe, stage)
        )
        for stage in ("teacher", "student")
    }
    return replace(recipe, **resized)
