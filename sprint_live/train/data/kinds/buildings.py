"""Buildings."""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._thing import Part, Thing, box, kind, polygon


@kind("house", "cottage", "little house", group="building")
def house(rng: np.random.Generator) -> Thing:
    """A gabled house with a door and windows, now and then a chimney."""
    left, right = rng.uniform(0.08, 0.22), rng.uniform(0.78, 0.92)
    eaves, ridge = rng.uniform(0.4, 0.52), rng.uniform(0.06, 0.2)
    over = rng.uniform(0.02, 0.07)
    parts = []
    if rng.random() < 0.5:
        x = rng.uniform(0.6, 0.72)
        parts.append(
            Part(name="chimney", outline_xy=box(x, ridge + 0.02, x + 0.09, eaves), colors=("red", "brown", "gray"))
        )
    parts.append(
        Part(name="wall", outline_xy=box(left, eaves, right, 0.95), colors=("white", "yellow", "orange"), body=True)
    )
    peak = rng.uniform(0.42, 0.58)
    roof = (
        polygon((left - over, eaves), (peak, ridge), (right + over, eaves))
        if rng.random() < 0.6
        else polygon((left - over, eaves), (left + 0.1, ridge), (right - 0.1, ridge), (right + over, eaves))
    )
    parts.append(Part(name="roof", outline_xy=roof, colors=("red", "brown", "gray")))
    width = rng.uniform(0.11, 0.16)
    door = rng.uniform(left + 0.06, right - width - 0.06)
    parts.append(
        Part(
            name="door",
            outline_xy=box(door, rng.uniform(0.65, 0.72), door + width, 0.95),
            colors=("brown", "red", "green"),
        )
    )
    size = rng.uniform(0.1, 0.14)
    for x in (left + 0.07, right - 0.07 - size):
        if x + size < door - 0.03 or x > door + width + 0.03:
            top = rng.uniform(0.57, 0.6)
            parts.append(
                Part(name="window", outline_xy=box(x, top, x + size, top + size), colors=("light blue", "yellow"))
            )
    return Thing(parts=tuple(parts))
