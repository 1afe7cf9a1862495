"""Input pictures of any accepted kind -> pixels (B, 3, H, W) in [-1, 1].

Legend: B batch, H W pixels.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from diffusers.image_processor import PixArtImageProcessor
from PIL import Image
from torch import Tensor

from sprint_live.errors import ArgumentError, refusal

ACCEPTED = "PIL, arrays (H, W), (H, W, 1|3|4) or tensors (1|3, H, W) of 0..255, 0..1 or -1..1, or a list of one kind"


def pixels_pm1(processor: PixArtImageProcessor, image: object, height: int, width: int) -> Tensor:
    """Pixels (B, 3, height, width) in [-1, 1] of a picture, a batch or a list of pictures, resized to fit.

    PIL of any mode (without its alpha), arrays and tensors. uint8 means 0..255, bool 0 or 1; floats that go below
    0 are taken as -1..1, others as 0..1, as diffusers does. Tensors are resized bilinearly.

    Raises:
        ArgumentError: nothing of this kind.
    """
    pictures = list(image) if isinstance(image, list | tuple) else [image]
    if not pictures:
        raise ArgumentError(refusal(got="no picture", accepted=ACCEPTED, fix="leave it out"))
    return torch.cat([_one(processor, picture, height, width) for picture in pictures])


def _one(processor: PixArtImageProcessor, picture: object, height: int, width: int) -> Tensor:
    if isinstance(picture, Image.Image):
        return processor.preprocess(picture.convert("RGB"), height=height, width=width)
    if isinstance(picture, np.ndarray) and picture.dtype == np.uint8 and picture.ndim in (2, 3):
        flat = picture[..., 0] if picture.ndim == 3 and picture.shape[-1] == 1 else picture
        if flat.ndim == 2 or flat.shape[-1] in (3, 4):
            return _one(processor, Image.fromarray(flat), height, width)
    if isinstance(picture, np.ndarray):
        picture = torch.from_numpy(np.ascontiguousarray(picture))
        if picture.ndim > 2:
            picture = picture.movedim(-1, -3)
    if not isinstance(picture, Tensor) or picture.ndim not in (2, 3, 4):
        got = f"a picture of type {type(picture).__name__}"
        raise ArgumentError(refusal(got=got, accepted=ACCEPTED, fix="convert it to PIL"))
    pixels = picture.reshape((1,) * (4 - picture.ndim) + tuple(picture.shape))
    if pixels.shape[1] not in (1, 3):
        got = f"a picture of shape {tuple(picture.shape)}"
        raise ArgumentError(refusal(got=got, accepted=ACCEPTED, fix="convert it to PIL"))
    pixels = pixels.float() / 255 if pixels.dtype == torch.uint8 else pixels
    pixels = (pixels if pixels.is_floating_point() else pixels.float()).expand(-1, 3, -1, -1)
    if pixels.shape[-2:] != (height, width):
        pixels = F.interpolate(pixels, size=(height, width), mode="bilinear", align_corners=False)
    return pixels if pixels.numel() and pixels.min() < 0 else pixels * 2 - 1
