"""The colors of curtains, covers and cushions.

Knows: names of colors.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

CLOTH = "red, blue, green, yellow, pink, purple, gray, orange, turquoise, beige"
