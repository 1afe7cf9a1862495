"""JPEG on the GPU, where a package that reaches nvJPEG happens to be installed. Written, not yet measured on a GPU.

torchvision has it (`torchvision.io.encode_jpeg` of a CUDA tensor) and is no dependency: OpenCV's 4 ms a picture hide
behind the next drawing's work wherever two people draw.

Knows: uint8 tensors, torchvision.  Must not know: networks, the app.
Legend: H W pixel rows/columns.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import torch
from torch import Tensor

from sprint_live.engine.jpeg import JPEG_QUALITY

Encode = Callable[[Tensor], bytes]


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
    from torchvision.io import encode_jpeg

    return encode_jpeg(picture_u8.permute(2, 0, 1).contiguous(), quality=JPEG_QUALITY).cpu().numpy().tobytes()
