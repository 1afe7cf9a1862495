"""Color words of captions, and the shade that each means.

Knows: words and numbers.  Must not know: pictures, kinds.
"""

from __future__ import annotations

import numpy as np

_SHADES: dict[str, str] = {
    "red": "d8262c", "orange": "f08a24", "yellow": "f6cf33", "green": "3da547", "blue": "2f6fd6", "purple": "8a4bc0",
    "pink": "f28cb4", "brown": "8b5a33", "black": "26262b", "white": "f4f3f0", "gray": "9a9ca3",
    "light red": "f0837f", "light green": "9fd98b", "light blue": "9ccbf2", "light brown": "c69a6b",
    "light gray": "cfd1d6", "light yellow": "f9e79b", "light orange": "f9c189", "light purple": "c5a3e6",
    "light pink": "f9c6da", "dark red": "8c1720", "dark green": "1f5e2e", "dark blue": "1d3b86", "dark brown": "55341d",
    "dark gray": "55575e", "dark orange": "c0591a", "dark purple": "4f2779", "dark pink": "cf4680",
    "dark yellow": "c99d1d", "gold": "e2b23a", "silver": "c3c8d0", "turquoise": "35b8b0", "beige": "e6d3b0",
    "light skin": "f7d5bd", "tan skin": "e5b58c", "brown skin": "a8724a", "dark skin": "6f452c",
    "light beige": "f2e6cf", "dark beige": "c9b48a", "light turquoise": "9be0da", "dark turquoise": "1b7f7a",
    "light silver": "dfe3e8", "dark silver": "9ba1aa", "dark gold": "b8871f", "light gold": "f0d27c",
}  # fmt: skip
_PLAIN = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "gray")
_RARE = (
    "light blue",
    "light green",
    "dark green",
    "dark blue",
    "dark red",
    "light brown",
    "turquoise",
    "beige",
    "gold",
    "light pink",
    "dark gray",
    "light purple",
)
NAMED_COLORS: tuple[str, ...] = _PLAIN * 3 + _RARE
CANONICAL: tuple[str, ...] = ("red", "blue", "yellow", "green", "orange", "light blue", "purple", "pink")
ALSO: dict[str, tuple[str, ...]] = {
    "gray": ("grey",),
    "purple": ("violet",),
    "red": ("crimson",),
    "gold": ("golden",),
    "turquoise": ("teal",),
}


def rgb_of(word: str) -> np.ndarray:
    """(3,) float32 sRGB in [0, 1].

    Raises:
        KeyError: not a color word.
    """
    return np.frombuffer(bytes.fromhex(_SHADES[word]), np.uint8).astype(np.float32) / 255


def is_color(word: str) -> bool:
    """Whether `rgb_of` knows the word."""
    return word in _SHADES


def shade_of(word: str, rng: np.random.Generator, *, exact: bool = True) -> np.ndarray:
    """A shade (3,) float32 that the word describes. exact: close to the typical shade; otherwise anywhere around it."""
    spread = 0.015 if exact else 0.09
    return (rgb_of(word) + rng.normal(0, spread, 3).astype(np.float32)).clip(0.03, 0.98)
