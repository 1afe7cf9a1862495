"""Color words, and recoloring a picture to match one.

Captions must be true: an object is recolored before it is called blue.

Knows: RGBA arrays and words.  Must not know: scenes, sketches, files.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True, kw_only=True)
class Color:
    """One color word. hue in degrees [0, 360); saturation and value targets in [0, 1].
    also: other words for the same.
    """

    word: str
    hue: float
    saturation: float
    value: float
    also: tuple[str, ...] = ()


COLORS: tuple[Color, ...] = (
    Color(word="red", hue=2, saturation=0.85, value=0.85, also=("crimson", "scarlet")),
    Color(word="orange", hue=27, saturation=0.90, value=0.95, also=("tangerine",)),
    Color(word="yellow", hue=50, saturation=0.80, value=0.98, also=("golden",)),
    Color(word="green", hue=125, saturation=0.70, value=0.70, also=("emerald",)),
    Color(word="blue", hue=214, saturation=0.75, value=0.88, also=("azure",)),
    Color(word="purple", hue=273, saturation=0.62, value=0.78, also=("violet",)),
    Color(word="pink", hue=333, saturation=0.48, value=0.97, also=("rosy",)),
    Color(word="brown", hue=22, saturation=0.62, value=0.52),
    Color(word="black", hue=230, saturation=0.12, value=0.20),
    Color(word="white", hue=220, saturation=0.03, value=0.95),
    Color(word="gray", hue=220, saturation=0.05, value=0.60, also=("grey", "silver")),
)
BY_WORD = {color.word: color for color in COLORS}
COLOR_WORDS = frozenset(BY_WORD) | {word for color in COLORS for word in color.also}
_NO_SHADES = ("black", "white", "gray")
_HUE_WINDOW_DEG = 50.0


def any_color(rng: np.random.Generator) -> tuple[Color, str]:
    """A random color for an object, and words for it: "blue", sometimes "light blue", "dark blue" or "azure"."""
    color = COLORS[rng.integers(len(COLORS))]
    draw = rng.random()
    if draw < 0.2 and color.word not in _NO_SHADES:
        if draw < 0.1:
            return dataclasses.replace(color, saturation=0.5 * color.saturation, value=0.97), f"light {color.word}"
        return dataclasses.replace(color, value=0.55 * color.value), f"dark {color.word}"
    if draw > 0.85 and color.also:
        return color, str(rng.choice(color.also))
    return color, color.word


def dominant_hsv(rgba_u8: np.ndarray) -> tuple[float, float, float]:
    """(hue degrees, saturation, value) of the body of a cutout (H, W, 4); medians over its main hue."""
    hsv = cv2.cvtColor(rgba_u8[..., :3], cv2.COLOR_RGB2HSV)
    inside = rgba_u8[..., 3] > 200
    if not inside.any():
        return 0.0, 0.0, 0.0
    hue, sat, val = hsv[..., 0][inside] * 2.0, hsv[..., 1][inside] / 255.0, hsv[..., 2][inside] / 255.0
    histogram = np.histogram(hue, bins=36, range=(0, 360), weights=sat * val + 1e-6)[0]
    smoothed = histogram + np.roll(histogram, 1) + np.roll(histogram, -1)
    peak = (float(smoothed.argmax()) + 0.5) * 10.0
    near = np.abs((hue - peak + 180.0) % 360.0 - 180.0) < 30.0
    return peak, float(np.median(sat[near])) if near.any() else 0.0, float(np.median(val))


def name_of(rgba_u8: np.ndarray) -> str | None:
    """The color word that clearly fits a cutout, or None if it has several colors."""
    hsv = cv2.cvtColor(rgba_u8[..., :3], cv2.COLOR_RGB2HSV).reshape(-1, 3)[rgba_u8[..., 3].ravel() > 200]
    if len(hsv) < 50:
        return None
    hue, sat, val = hsv[:, 0] * 2.0, hsv[:, 1] / 255.0, hsv[:, 2] / 255.0
    words = np.full(len(hsv), "", dtype=object)
    vivid = (sat > 0.35) & (val > 0.25)
    for word, low, high in (
        ("red", 345, 372),
        ("orange", 14, 40),
        ("yellow", 40, 66),
        ("green", 75, 165),
        ("blue", 185, 245),
        ("purple", 250, 295),
        ("pink", 300, 345),
    ):
        inside = ((hue >= low) & (hue < high)) | ((hue + 360 >= low) & (hue + 360 < high))
        words[vivid & inside] = word
    words[(words == "orange") & (val < 0.62)] = "brown"
    words[(words == "red") & (sat < 0.6) & (val > 0.85)] = "pink"
    words[val <= 0.25] = "black"
    words[(sat < 0.12) & (val > 0.85)] = "white"
    words[(sat < 0.15) & (val > 0.35) & (val < 0.75)] = "gray"
    names, counts = np.unique(words[words != ""].astype(str), return_counts=True)
    if len(names) == 0 or counts.max() < 0.55 * len(hsv):
        return None
    return str(names[counts.argmax()])


def recolor(rgba_u8: np.ndarray, color: Color) -> np.ndarray:
    """The cutout (H, W, 4) with its main color changed to `color`. Eyes and highlights stay."""
    peak, sat_body, val_body = dominant_hsv(rgba_u8)
    hsv = cv2.cvtColor(rgba_u8[..., :3], cv2.COLOR_RGB2HSV).astype(np.float32)
    hue, sat, val = hsv[..., 0] * 2.0, hsv[..., 1] / 255.0, hsv[..., 2] / 255.0
    if sat_body < 0.2:  # a gray or white thing: tint everything but the darkest details
        member = np.clip((val - 0.12) / 0.2, 0.0, 1.0)
    else:
        distance = np.abs((hue - peak + 180.0) % 360.0 - 180.0)
        member = np.clip((_HUE_WINDOW_DEG + 15.0 - distance) / 15.0, 0.0, 1.0) * np.clip((sat - 0.10) / 0.15, 0.0, 1.0)
    new_sat = (
        np.clip(sat * color.saturation / sat_body, 0.0, 1.0) if sat_body >= 0.2 else np.full_like(sat, color.saturation)
    )
    new_val = np.clip(val * color.value / max(val_body, 0.15), 0.0, 1.0)
    new_hsv = np.stack([np.full_like(hue, color.hue / 2.0), new_sat * 255.0, new_val * 255.0], axis=-1)
    painted = cv2.cvtColor(new_hsv.round().clip(0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB).astype(np.float32)
    mixed = rgba_u8[..., :3] * (1.0 - member[..., None]) + painted * member[..., None]
    return np.dstack([mixed.round().astype(np.uint8), rgba_u8[..., 3]])


def background_rgb(color: Color, *, lightness: float) -> np.ndarray:
    """A flat background (3,) uint8; `lightness` 0 keeps the color, 1 makes it a pastel of it."""
    hsv = np.array(
        [
            [
                [
                    color.hue / 2.0,
                    255.0 * color.saturation * (1.0 - 0.55 * lightness),
                    255.0 * (color.value + (0.97 - color.value) * 0.6 * lightness),
                ]
            ]
        ],
        dtype=np.float32,
    )
    return cv2.cvtColor(hsv.round().clip(0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB)[0, 0]
