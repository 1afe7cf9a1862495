"""A pin: the part of a picture that stays, as latents under a soft mask.

Knows: latents, polygons, bytes.  Must not know: torch (a tensor brings its own arithmetic), engines, the canvas. The
server makes, joins and checks pins in the event loop, so this file is as light as Frame's.
Legend: B batch, C channels, Y X latent rows/columns.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError

__all__ = ["MAX_CORNERS", "MAX_PIN_BYTES", "Pin"]

MAX_CORNERS = 2000
MAX_NUMBERS = 64 * 64 * 32
MAX_LATENT = 100.0  # latents at unit scale have a standard deviation near 1
HEAD = struct.Struct("<HHH")
MAX_PIN_BYTES = HEAD.size + 3 * MAX_NUMBERS
FADE_CELLS = (
    0.5  # sprint-tiny, 64 px cells: the pinned part keeps 60 dB, 64 px beside it the picture is the new one at 64 dB
)
FINE = 8  # the polygon is drawn at so many pixels a cell


@dataclass(frozen=True, eq=False)
class Pin:
    """mask_YX: uint8, 255 where the picture stays, 0 where it is free. latent_CYX:
    float16, the clean latent at unit scale.

    Raises: ArgumentError for other types or shapes, more than 131,072 numbers, numbers that are not finite or over 100.
    """

    mask_YX: np.ndarray
    latent_CYX: np.ndarray

    def __post_init__(self) -> None:
        mask, latent = self.mask_YX, self.latent_CYX
        fits = (
            mask.dtype == np.uint8
            and latent.dtype == np.float16
            and latent.ndim == 3
            and mask.shape == latent.shape[1:]
        )
        if not fits or not 0 < latent.size <= MAX_NUMBERS:
            given = {"mask": f"{mask.dtype} {mask.shape}", "latent": f"{latent.dtype} {latent.shape}"}
            raise ArgumentError(coded("pin.arrays", {**given, "most": MAX_NUMBERS}))
        if not np.isfinite(latent).all() or float(np.abs(latent).max()) > MAX_LATENT:
            raise ArgumentError(coded("pin.numbers", {"most": f"{MAX_LATENT:g}"}))

    @classmethod
    def around(cls, polygon_01: np.ndarray, latent_CYX: np.ndarray) -> Pin:
        """Pin the part within a polygon (N, 2) of x, y as shares of the picture's width and height.

        Cells inside are kept wholly; outside, the mask falls to 0 within FADE_CELLS cells.
        """
        polygon = np.asarray(polygon_01, np.float64)
        if (
            polygon.ndim != 2
            or polygon.shape[1] != 2
            or not 3 <= len(polygon) <= MAX_CORNERS
            or not np.isfinite(polygon).all()
        ):
            raise ArgumentError(coded("pin.polygon", {"shape": polygon.shape, "most": MAX_CORNERS}))
        rows, columns = latent_CYX.shape[1:]
        page = np.zeros((rows * FINE, columns * FINE), np.uint8)
        corners = np.clip(polygon, -1, 2) * (columns * FINE, rows * FINE) * 16
        cv2.fillPoly(page, [np.rint(corners).astype(np.int32)], 255, shift=4)
        if not page.any():
            raise ArgumentError(coded("pin.nothing_inside"))
        beyond_cells = cv2.distanceTransform(255 - page, cv2.DIST_L2, 5) / FINE
        middles = beyond_cells.reshape(rows, FINE, columns, FINE).mean(axis=(1, 3))
        mask = np.rint(255 * np.clip(1 - middles / FADE_CELLS, 0, 1)).astype(np.uint8)
        return cls(mask, latent_CYX.astype(np.float16))

    def joined(self, newer: Pin) -> Pin:
        """Join two pins. Where they overlap, the newer one wins: it was made from a picture that contained this one."""
        if newer.latent_CYX.shape != self.latent_CYX.shape:
            return newer
        return Pin(np.maximum(self.mask_YX, newer.mask_YX), newer.latent_CYX)

    def blend(self, clean_BCYX: Any) -> Any:  # a torch.Tensor, whose name would cost importing torch
        """The clean estimate (B, C, Y, X) at unit scale with the pinned part put back.

        At mask 255 the result is the pinned latent, at 0 it is `clean_BCYX`, both bit for bit; between them it is the
        weighted mean. The picture is only as exact as its decoder is local: a pixel depends on the cells around it.
        """
        if tuple(clean_BCYX.shape[1:]) != self.latent_CYX.shape:
            given = {"pin": self.latent_CYX.shape, "picture": tuple(clean_BCYX.shape[1:])}
            raise ArgumentError(coded("pin.other_size", given))
        share = clean_BCYX.new_tensor(self.mask_YX) / 255
        return clean_BCYX * (1 - share) + clean_BCYX.new_tensor(self.latent_CYX) * share

    def to_bytes(self) -> bytes:
        """C, Y, X as u16, the mask, the latent as float16; little endian."""
        return HEAD.pack(*self.latent_CYX.shape) + self.mask_YX.tobytes() + self.latent_CYX.astype("<f2").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Pin:
        """The inverse of `to_bytes`; every length is checked before anything is copied.

        Raises: ArgumentError if these are not the bytes of a pin.
        """
        shape = HEAD.unpack_from(data) if len(data) >= HEAD.size else (0, 0, 0)
        channels, rows, columns = shape
        cells = rows * columns
        if not 0 < channels * cells <= MAX_NUMBERS or len(data) != HEAD.size + cells * (1 + 2 * channels):
            raise ArgumentError(coded("pin.bytes", {"bytes": len(data), "shape": shape}))
        mask = np.frombuffer(data, np.uint8, cells, HEAD.size).reshape(rows, columns)
        latent = np.frombuffer(data, "<f2", channels * cells, HEAD.size + cells).reshape(shape)
        return cls(mask, latent.astype(np.float16))
