"""HED and its scribbles written out in numpy, without a convolution of anybody's: the independent reference.

It reads the weight file by itself and shares no line with controlnet.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

WEIGHTS = load_file(Path(__file__).resolve().parents[3] / "assets" / "hed" / "hed.safetensors")
CONVOLUTIONS = (2, 2, 3, 3, 3)


def convolve(image_HWC: np.ndarray, name: str) -> np.ndarray:
    """3x3 or 1x1 correlation with zeros around the picture, then the bias; float32."""
    kernel_OIYX = WEIGHTS[f"{name}.weight"].astype(np.float32)
    border = kernel_OIYX.shape[2] // 2
    padded = np.pad(image_HWC, ((border, border), (border, border), (0, 0)))
    height, width = image_HWC.shape[:2]
    total = np.zeros((height, width, kernel_OIYX.shape[0]), np.float32)
    for y in range(kernel_OIYX.shape[2]):
        for x in range(kernel_OIYX.shape[3]):
            total += padded[y : y + height, x : x + width] @ kernel_OIYX[:, :, y, x].T
    return total + WEIGHTS[f"{name}.bias"].astype(np.float32)


def halve(image_HWC: np.ndarray) -> np.ndarray:
    """The largest of each 2x2 square; a last odd row or column stands alone."""
    height, width = image_HWC.shape[:2]
    padded = np.pad(image_HWC, ((0, height % 2), (0, width % 2), (0, 0)), constant_values=-np.inf)
    return np.maximum.reduce([padded[y::2, x::2] for y in (0, 1) for x in (0, 1)])


def enlarge(map_YX: np.ndarray, height: int, width: int) -> np.ndarray:
    """Linear interpolation between pixel centers, first down, then across."""
    for axis, size in ((0, height), (1, width)):
        old = map_YX.shape[axis]
        place = np.clip((np.arange(size) + 0.5) * old / size - 0.5, 0, old - 1)
        low = np.floor(place).astype(int)
        high = np.minimum(low + 1, old - 1)
        weight = (place - low).reshape((-1, 1) if axis == 0 else (1, -1))
        map_YX = map_YX.take(low, axis) * (1 - weight) + map_YX.take(high, axis) * weight
    return map_YX


def activations(image_u8: np.ndarray) -> list[np.ndarray]:
    """Last activation of each of the five blocks, (Y, X, C), of an RGB picture (H, W, 3)."""
    blue_green_red = np.stack([image_u8[..., 2], image_u8[..., 1], image_u8[..., 0]], axis=2).astype(np.float32)
    hidden = blue_green_red - np.array([104.00699, 116.66877, 122.67892], np.float32)
    found = []
    for block, count in enumerate(CONVOLUTIONS):
        if block:
            hidden = halve(hidden)
        for index in range(count):
            hidden = np.maximum(convolve(hidden, f"blocks.{block}.{index}"), 0)
        found.append(hidden)
    return found


def probability(image_u8: np.ndarray) -> np.ndarray:
    """RGB (H, W, 3) uint8 -> (H, W) edge probability."""
    height, width = image_u8.shape[:2]
    sides = [
        enlarge(convolve(hidden, f"sides.{block}")[..., 0], height, width)
        for block, hidden in enumerate(activations(image_u8))
    ]
    return 1 / (1 + np.exp(-np.mean(sides, axis=0)))


def blur(image_HW: np.ndarray, radius_px: int, sigma_px: float = 3.0) -> np.ndarray:
    """Gaussian blur cut off at the radius, the picture mirrored about its outermost pixels."""
    places = np.arange(-radius_px, radius_px + 1)
    weights = np.exp(-(places**2) / (2 * sigma_px**2))
    weights /= weights.sum()
    for axis in (0, 1):
        padded = np.pad(image_HW, [(radius_px, radius_px) if a == axis else (0, 0) for a in (0, 1)], mode="reflect")
        size = image_HW.shape[axis]
        image_HW = sum(weight * padded.take(range(k, k + size), axis) for k, weight in enumerate(weights))
    return image_HW


def scribble_margins(soft_u8: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(peaks (H, W) bool, the blurred peaks (H, W) in 0..255) of a soft map, pixel by pixel."""
    smooth = blur(soft_u8.astype(np.float64), radius_px=12).astype(np.float32)
    height, width = smooth.shape
    walled = np.pad(smooth, 1, constant_values=-np.inf)
    peaks = np.zeros(smooth.shape, bool)
    for y in range(height):
        for x in range(width):
            here = smooth[y, x]
            lines = [((0, -1), (0, 1)), ((-1, 0), (1, 0)), ((-1, -1), (1, 1)), ((-1, 1), (1, -1))]
            highest = any(all(here >= walled[y + 1 + dy, x + 1 + dx] for dy, dx in line) for line in lines)
            peaks[y, x] = highest and here > 127
    return peaks, blur(peaks * 255.0, radius_px=9)
