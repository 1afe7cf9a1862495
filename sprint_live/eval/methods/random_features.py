"""A second encoder that nobody trained: convolutions with random weights, the same ones at every call.

A student may share the faults of a trained encoder, or be trained toward one; neither holds for these weights.

Source: random encoders for distances of generated pictures, arXiv 2002.09797.
Knows: NumPy.  Must not know: distances, models.

Shape suffixes: H W pixel rows and columns, C channels.
"""

from __future__ import annotations

import functools
import itertools

import numpy as np

WIDTHS = (3, 32, 64, 128, 256)
NUM_FEATURES = 2 * sum(WIDTHS[1:])
_SEED = 20_251_205


@functools.cache
def _kernels() -> list[np.ndarray]:
    """(9 inner, outer) float32 of variance 2 / (9 inner); RandomState gives the same numbers in every NumPy."""
    numbers = np.random.RandomState(_SEED)
    return [
        (numbers.standard_normal((9 * inner, outer)) * (2 / (9 * inner)) ** 0.5).astype(np.float32)
        for inner, outer in itertools.pairwise(WIDTHS)
    ]


def random_features(pictures_u8: np.ndarray) -> np.ndarray:
    """(B, H, W, 3) uint8, sides of 8 or more -> (B, 960) float32: mean and deviation over the pixels of every channel
    of four 3x3 convolutions with ReLU, each at half the resolution of the one before."""
    rows = []
    for picture_u8 in pictures_u8:
        hidden_HWC, found = picture_u8.astype(np.float32) / 127.5 - 1, []
        for kernel in _kernels():
            padded = np.pad(hidden_HWC, ((1, 1), (1, 1), (0, 0)))
            windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(0, 1))
            height, width = hidden_HWC.shape[:2]
            hidden_HWC = np.maximum(windows.reshape(height * width, -1) @ kernel, 0).reshape(height, width, -1)
            found += [hidden_HWC.mean((0, 1)), hidden_HWC.std((0, 1))]
            even_HWC = hidden_HWC[: height // 2 * 2, : width // 2 * 2]
            hidden_HWC = even_HWC.reshape(height // 2, 2, width // 2, 2, -1).mean((1, 3))
        rows.append(np.concatenate(found))
    return np.stack(rows).astype(np.float32)
