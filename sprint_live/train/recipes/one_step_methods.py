"""The other one-step methods: sprint-tiny-cpu and both released sizes, each by TwinFlow, RCGM and TBCM."""

from __future__ import annotations

from dataclasses import replace

from sprint_live.train.recipe import METHODS, Recipe
from sprint_live.train.recipes import released, sprint_tiny


def _by_method(recipe: Recipe, name: str, method: str) -> Recipe:
    """`recipe` with its students trained by another method.

    TwinFlow and RCGM: a wide gradient clip and an average of 0.99. TBCM: 15 points a path; the tangent has its full
    weight after a fifth of the updates and is calmed between 0.75 and 0.85 of them (published: 4,000, 15,000 and
    17,000).
    """
    has_base = recipe.released is not None
    phases = []
    for phase in recipe.student:
        loop = replace(phase.loop, ema_decay=0.99)
        if method == "tbcm":
            changes = (
                {"num_updates": 20_000, "learning_rate": 1e-5, "batch_size": 15} if has_base else {"batch_size": 30}
            )
            loop = replace(loop, gradient_clip=0.1, **changes)
        else:
            changes = {"num_updates": 30_000, "learning_rate": 1e-4} if has_base else {}
            loop = replace(loop, gradient_clip=1.0, **changes)
        phases.append(replace(phase, loop=loop))
    updates = phases[-1].loop.num_updates
    return replace(
        recipe,
        name=name,
        student=tuple(phases),
        method=method,
        num_paths=0,
        self_guidance=None if method == "twinflow-image-free" else recipe.self_guidance,
        tangent_warmup=updates // 5,
        calm_down=(updates * 3 // 4, updates * 17 // 20) if method == "tbcm" else None,
    )


_BY_NAME = {recipe.name: recipe for recipe in (*sprint_tiny.RECIPES, *released.RECIPES)}
RECIPES = tuple(
    _by_method(_BY_NAME[base], name.format(method), method)
    for method in METHODS
    if method != "sprint"
    for base, name in (
        ("sprint-tiny-cpu", "{}"),
        ("sana-sprint-0.6b-controlnet", "sana-sprint-0.6b-{}"),
        ("sana-sprint-1.6b-controlnet", "sana-sprint-1.6b-{}"),
    )
)
