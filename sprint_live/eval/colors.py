"""Which color word a pixel, and a drawn object, would be called by.

Every pixel gets exactly one word: lightness and saturation decide black, white, gray, brown and pink, and what is left
goes by hue around the circle. The ranges are this project's own; the tests paint each word and read it back.
"""

from __future__ import annotations

import cv2
import numpy as np

WORDS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "gray")
ASKED = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown")  # white on white paper proves nothing

# where each word's hues end, in degrees; the last range runs through 0
HUE_ENDS = (
    (14, "red"),
    (40, "orange"),
    (68, "yellow"),
    (170, "green"),
    (245, "blue"),
    (295, "purple"),
    (345, "pink"),
    (360, "red"),
)
BLACK_BELOW_VALUE = 0.22
GRAY_BELOW_SATURATION = 0.14
WHITE_ABOVE_VALUE = 0.82
BROWN_HUES = (8, 50)
BROWN_BELOW_VALUE = 0.66  # "orange" this dark is brown,
TAN_SATURATION, TAN_BELOW_VALUE = 0.55, 0.86  # and so is a pale one that is not bright
PALE_RED_SATURATION, PALE_RED_ABOVE_VALUE = 0.60, 0.78  # pale bright red is pink
PLUM_BELOW_VALUE = 0.55  # and dark pink is purple


def word_indices(picture_u8: np.ndarray) -> np.ndarray:
    """(H, W, 3) RGB uint8 -> (H, W) uint8, the index in WORDS of each pixel's word."""
    hsv = cv2.cvtColor(picture_u8, cv2.COLOR_RGB2HSV)
    hue_deg, saturation_01, value_01 = (
        hsv[..., 0] * np.float32(2),
        hsv[..., 1] / np.float32(255),
        hsv[..., 2] / np.float32(255),
    )
    index = {word: number for number, word in enumerate(WORDS)}
    ends = np.array([end for end, _ in HUE_ENDS])
    by_hue = np.array([index[word] for _, word in HUE_ENDS], np.uint8)
    found = by_hue[np.searchsorted(ends, hue_deg, side="right")]
    found[(found == index["red"]) & (saturation_01 < PALE_RED_SATURATION) & (value_01 > PALE_RED_ABOVE_VALUE)] = index[
        "pink"
    ]
    found[(found == index["pink"]) & (value_01 < PLUM_BELOW_VALUE)] = index["purple"]
    earthy = (hue_deg >= BROWN_HUES[0]) & (hue_deg < BROWN_HUES[1])
    dull = (value_01 < BROWN_BELOW_VALUE) | ((saturation_01 < TAN_SATURATION) & (value_01 < TAN_BELOW_VALUE))
    found[earthy & dull] = index["brown"]
    pale = saturation_01 < GRAY_BELOW_SATURATION
    found[pale] = index["gray"]
    found[pale & (value_01 > WHITE_ABOVE_VALUE)] = index["white"]
    found[value_01 < BLACK_BELOW_VALUE] = index["black"]
    return found


def word_shares(picture_u8: np.ndarray, inside: np.ndarray) -> dict[str, float]:
    """The share of each word among the pixels `inside` (H, W) bool; they add up to 1."""
    counts = np.bincount(word_indices(picture_u8)[inside], minlength=len(WORDS))
    return dict(zip(WORDS, (counts / counts.sum()).tolist(), strict=True))


def dominant_word(shares: dict[str, float]) -> str:
    """The word of most pixels."""
    return max(shares, key=lambda word: shares[word])


def follows_color(
    before: dict[str, float], after: dict[str, float], *, old: str, new: str, min_gain: float = 0.1
) -> bool:
    """Whether a prompt changed from `old` to `new` took the object along.

    The new word's share must grow by `min_gain`, and there must be more of it than of the old word.
    """
    return after[new] - before[new] >= min_gain and after[new] > after[old]
