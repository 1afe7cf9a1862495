"""Converts pixels to network inputs and back, without full-size float pictures on the CPU.

torch interpolates and converts 1024x1024 pixels in 44 ms on one core, OpenCV in 3 (Zen 5): most of the time went into
memory that is touched once. On other devices the conversion stays on the device, and only bytes are transferred.

Knows: uint8 pages and pictures, tensors.  Must not know: networks.
"""

from __future__ import annotations

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

HALF_LEVELS = 127.5  # of 8 bits, on either side of 0 in [-1, 1]


def page_pm1(page_u8: np.ndarray, device: torch.device) -> Tensor:
    """Page (H, W) or (H, W, 3) uint8 -> (1, 3, H, W) float32 in [-1, 1], contiguous.

    Contiguous, because convolutions round differently on another memory layout, and equal pixels must stay equal.
    """
    pixels_HWC = torch.from_numpy(np.require(np.atleast_3d(page_u8), requirements=["C", "W"])).to(device)
    image_pm1 = pixels_HWC.permute(2, 0, 1)[None].float().div_(255).mul_(2).sub_(1)
    return image_pm1.expand(1, 3, -1, -1).contiguous()


def quick_half_pm1(page_u8: np.ndarray) -> Tensor:
    """On the CPU: page (H, W) or (H, W, 3) uint8 -> (1, 3, H/2, W/2) float32 in [-1, 1], averaged 2x2."""
    size_wh = (page_u8.shape[1] // 2, page_u8.shape[0] // 2)
    half = cv2.resize(page_u8.astype(np.float32), size_wh, interpolation=cv2.INTER_AREA)
    half_pm1 = torch.from_numpy(np.atleast_3d(half)).div_(HALF_LEVELS).sub_(1)
    return half_pm1.permute(2, 0, 1)[None].expand(1, 3, -1, -1)


def changed_box(before_u8: np.ndarray, now_u8: np.ndarray, cell_px: int) -> tuple[int, int, int, int] | None:
    """(top, bottom, left, right) around all that differs between two pages of one shape, in cells of `cell_px`; None:
    nothing.
    """
    rows, channels = now_u8.shape[0], now_u8[0, 0].size
    differs = cv2.compare(before_u8.reshape(rows, -1), now_u8.reshape(rows, -1), cv2.CMP_NE)
    left, top, width, height = cv2.boundingRect(differs)
    if not width:
        return None
    right = (left + width - 1) // channels
    return top // cell_px, (top + height - 1) // cell_px + 1, left // channels // cell_px, right // cell_px + 1


def rounded_u8(image_pm1: Tensor) -> Tensor:
    """(B, 3, H, W) in about [-1, 1] -> (B, H, W, 3) uint8 on the same device, rounded to nearest."""
    image_01 = image_pm1.float().div(2).add_(0.5).clamp_(0, 1)
    return image_01.mul_(255).round_().to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def scaled_u8(image_pm1: Tensor, scale: int) -> Tensor:
    """(B, 3, h, w) -> (B, scale h, scale w, 3) uint8 on the same device: bicubic interpolation, then `rounded_u8`."""
    return rounded_u8(F.interpolate(image_pm1.float(), scale_factor=scale, mode="bicubic", align_corners=False))


def quick_u8(image_pm1: Tensor, *, scale: int) -> list[np.ndarray]:
    """On the CPU: (B, 3, h, w) in about [-1, 1] -> B pictures (scale h, scale w, 3) uint8, bicubic where scale is 2.

    As `rounded_u8` and `scaled_u8` but for ties of the rounding: one level in fewer than 1 of 10,000 values.
    """
    pictures_u8 = []
    for planes in image_pm1.float().contiguous().numpy():
        if scale > 1:
            size_wh = (scale * planes.shape[2], scale * planes.shape[1])
            pictures_u8.append(
                cv2.merge([_levels(cv2.resize(plane, size_wh, interpolation=cv2.INTER_CUBIC)) for plane in planes])
            )
        else:
            pictures_u8.append(cv2.merge([_levels(plane) for plane in planes]))
    return pictures_u8


def _levels(plane_pm1: np.ndarray) -> np.ndarray:
    """float32 (H, W) in about [-1, 1] -> uint8, rounded and saturated in one pass."""
    return cv2.addWeighted(plane_pm1, HALF_LEVELS, plane_pm1, 0, HALF_LEVELS, dtype=cv2.CV_8U)
