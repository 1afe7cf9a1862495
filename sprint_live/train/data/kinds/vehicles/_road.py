"""What vehicles on a road share: their colors and lights.

Knows: numpy, the form of a thing.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

from sprint_live.train.data.kinds._objects import part
from sprint_live.train.data.kinds._thing import Part, box, ellipse

PAINT = "red, blue, yellow, green, orange, white, black, turquoise, pink, gray"


def lights_at_ends(front: float, back: float, y: float) -> list[Part]:
    """A headlight at the front and a red light at the back, seen from the side."""
    toward = 1 if front > back else -1
    return [
        part("headlight", ellipse(front - toward * 0.03, y, 0.025, 0.03), "yellow, white"),
        part(
            "taillight",
            box(min(back, back + toward * 0.035), y - 0.025, max(back, back + toward * 0.035), y + 0.025, radius=0.01),
            "red, orange",
        ),
    ]
