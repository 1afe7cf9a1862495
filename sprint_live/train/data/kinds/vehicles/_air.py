"""The colors of what flies.

Knows: names of colors.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

PAINT = "white, red, blue, yellow, light blue, green, orange, silver"
