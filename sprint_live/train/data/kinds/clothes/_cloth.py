"""The colors of clothes.

Knows: names of colors.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

CLOTH = "red, blue, green, yellow, white, pink, purple, orange, black, turquoise, gray"
