"""JPEG encoding for browsers: by OpenCV, or on the GPU if a package for nvJPEG is installed.

nvJPEG is implemented but not yet measured on a GPU. It is part of torchvision, which is not a dependency: OpenCV's 4 ms
per picture overlap with the next drawing's work as soon as two people draw.

Knows: uint8 pixels, torchvision.  Must not know: networks, the app.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import cv2
import numpy as np
import torch
from torch import Tensor

JPEG_QUALITY = 80
Encode = Callable[[Tensor], bytes]


def encode_jpeg(picture_u8: np.ndarray) -> bytes:
    """(H, W, 3) RGB uint8 -> JPEG, quality 80, 4:2:0 (the fastest to decode in a browser)."""
    options = [
        cv2.IMWRITE_JPEG_QUALITY,
        JPEG_QUALITY,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    ]
    done, data = cv2.imencode(".jpg", cv2.cvtColor(picture_u8, cv2.COLOR_RGB2BGR), options)
    assert done
    return data.tobytes()


def why_not_nvjpeg(device: torch.device) -> str:
    """Why pictures computed on a device are encoded by the CPU; "" where nvJPEG can do it."""
    if device.type != "cuda":
        return f"nvJPEG is for CUDA, this is {device.type}"
    return (
        ""
        if find_spec("torchvision")
        else "torchvision, which reaches nvJPEG, is not installed: pip install torchvision"
    )


def encode_on_device(picture_u8: Tensor) -> bytes:
    """(H, W, 3) RGB uint8 on CUDA -> JPEG, quality 80, chroma as nvJPEG's default has it."""
    from torchvision.io import encode_jpeg  # pyright: ignore[reportMissingImports]  # where it is installed

    return encode_jpeg(picture_u8.permute(2, 0, 1).contiguous(), quality=JPEG_QUALITY).cpu().numpy().tobytes()
