"""Which color word a CIELAB color would be called by: the nearest of a few examples of each word.

A shaded ball and a glossy one are still red, so hue counts in full, chroma half and lightness a third; black, white and
gray, which have no hue, are told apart by lightness, and shading may take white some way down. Every word has
examples in light, in its middle tone and in shadow. `colors.word_indices` asks the same of single pixels with ranges in
HSV.
"""

from __future__ import annotations

import cv2
import numpy as np

CHROMA_WEIGHT = 0.5
LIGHTNESS_WEIGHT = 0.35
# sRGB examples of each word: this project's own, looked at on a chart
EXAMPLES: dict[str, tuple[str, ...]] = {
    "red": ("d81e1e", "f04040", "a81818", "7c1014", "e06860"),
    "orange": ("f58220", "ffa347", "d96c10", "ffb870", "f5b07a", "ffd0a0"),
    "yellow": ("fad52a", "ffe680", "e0b818", "b89410"),
    "green": ("3ca545", "7ccf70", "1f7a34", "155026", "9acd32", "20a080", "107070"),
    "blue": ("2f6fdc", "74b0f5", "1a48a8", "122c70", "30a8d8", "a8d0f8", "2020e0", "141490", "88dce4"),
    "purple": ("8440c0", "b48ae0", "5e2890", "401860", "a030a8"),
    "pink": ("f58cb8", "ffc0d8", "e8559a", "d080a0", "ffb0b0", "e020a8"),
    "brown": ("7a4a26", "9c6a40", "523018", "b88a62", "6a3830", "a08470"),
    "black": ("141416", "2c2c30", "383838"),
    "white": ("fafafa", "e8e8ec", "d8d8dc", "f4efe4"),
    "gray": ("909090", "6e6e72", "a8a8ac", "585858"),
}
WORDS = tuple(EXAMPLES)


def lab_of(rgb_u8: np.ndarray) -> np.ndarray:
    """(..., 3) sRGB uint8 -> (..., 3) float32 CIELAB: L 0..100, a and b about -100..100."""
    flat = np.asarray(rgb_u8, np.uint8).reshape(-1, 1, 3).astype(np.float32) / 255
    return cv2.cvtColor(flat, cv2.COLOR_RGB2Lab).reshape(np.shape(rgb_u8))


def _examples_lab() -> tuple[np.ndarray, np.ndarray]:
    """((N, 3) CIELAB, (N,) index in WORDS) of all examples."""
    rgb_u8 = np.array([tuple(bytes.fromhex(code)) for codes in EXAMPLES.values() for code in codes], np.uint8)
    return lab_of(rgb_u8), np.repeat(np.arange(len(WORDS)), [len(codes) for codes in EXAMPLES.values()])


_LAB, _WORD = _examples_lab()


def word_distances(lab: np.ndarray) -> dict[str, float]:
    """One color (3,) in CIELAB -> word -> weighted distance to the nearest example of it."""
    light, chroma = lab[0] - _LAB[:, 0], np.hypot(lab[1], lab[2]) - np.hypot(_LAB[:, 1], _LAB[:, 2])
    apart = (lab[1] - _LAB[:, 1]) ** 2 + (lab[2] - _LAB[:, 2]) ** 2
    hue = np.maximum(0, apart - chroma**2)  # what of the distance in a, b is not chroma
    distance = np.sqrt(hue + (CHROMA_WEIGHT * chroma) ** 2 + (LIGHTNESS_WEIGHT * light) ** 2)
    return {word: float(distance[index == _WORD].min()) for index, word in enumerate(WORDS)}


def color_word(lab: np.ndarray) -> str:
    """The word of one color (3,) in CIELAB."""
    distances = word_distances(lab)
    return min(distances, key=lambda word: distances[word])


def median_lab(picture_u8: np.ndarray, area: np.ndarray) -> np.ndarray:
    """(3,) float32: the median of L, of a and of b over an area (S, S) bool of a picture (S, S, 3) uint8; not empty."""
    return np.median(lab_of(picture_u8[area]), axis=0)
