"""The colors of handles.

Knows: names of colors.  Must not know: the kinds, hands, materials, captions.
"""

from __future__ import annotations

GRIP = "red, blue, yellow, green, orange, black, brown, purple"
