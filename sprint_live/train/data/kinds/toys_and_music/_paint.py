"""The colors of toys.

Knows: names of colors.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

BRIGHT = "red, blue, yellow, green, orange, purple, pink, turquoise"
