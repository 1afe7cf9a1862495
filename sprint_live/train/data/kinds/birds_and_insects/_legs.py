"""Legs of birds.

Knows: numpy, shapes.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from sprint_live.train.data.kinds._shapes import area
from sprint_live.train.data.kinds._thing import Part, box, polygon


def thin_legs(places: tuple[float, ...], top: float, low: float, color: str = "orange") -> list[Part]:
    """Thin legs with three toes."""
    parts = []
    for x in places:
        parts.append(area("leg", box(x - 0.013, top, x + 0.013, low - 0.02), color))
        parts.append(
            area(
                "foot",
                polygon(
                    (x - 0.01, low - 0.045),
                    (x + 0.015, low - 0.045),
                    (x + 0.08, low),
                    (x + 0.02, low - 0.008),
                    (x - 0.015, low),
                    (x - 0.03, low - 0.008),
                    (x - 0.055, low),
                ),
                color,
            )
        )
    return parts
