"""Soft edges of a photograph by a learned network (HED): how likely each pixel lies on an outline."""

from __future__ import annotations

import cv2
import numpy as np

TITLE = "soft outlines of a photo (HED)"

NETWORK_PIXELS = 2**20  # a larger picture is scaled down for the network, as the released code scales to its 1 MP bins


def detect(image_u8: np.ndarray) -> np.ndarray:
    """(H, W) or (H, W, 3) uint8 -> (H, W) uint8, 255 x the edge probability, rounded down."""
    soft_u8 = soft_map(at_network_scale(image_u8))
    if soft_u8.shape == image_u8.shape[:2]:
        return soft_u8
    return cv2.resize(soft_u8, image_u8.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def at_network_scale(image_u8: np.ndarray) -> np.ndarray:
    """The picture, scaled down to at most 2^20 pixels."""
    height, width = image_u8.shape[:2]
    share = (NETWORK_PIXELS / (height * width)) ** 0.5
    if share >= 1:
        return image_u8
    size = (min(NETWORK_PIXELS, max(1, int(width * share))), min(NETWORK_PIXELS, max(1, int(height * share))))
    return cv2.resize(image_u8, size, interpolation=cv2.INTER_AREA)


def soft_map(image_u8: np.ndarray) -> np.ndarray:
    """(H, W) or (H, W, 3) uint8 of at most 2^20 pixels -> (H, W) uint8; a picture in one color has no edge.

    Without that rule the network, which pads with zeros, answers up to 0.45 along the frame of a gray page.
    """
    from controlnet.hed_network import edge_probability

    rgb_u8 = image_u8 if image_u8.ndim == 3 else np.repeat(image_u8[..., None], 3, axis=2)
    if (rgb_u8 == rgb_u8[0, 0]).all():
        return np.zeros(rgb_u8.shape[:2], np.uint8)
    return (edge_probability(rgb_u8) * 255).astype(np.uint8)
