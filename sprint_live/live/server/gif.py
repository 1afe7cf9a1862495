"""Frames to a GIF that repeats: every frame checked by its header before it is decoded.

Knows: bytes of JPEG and GIF.  Must not know: drawings, requests, the server.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from sprint_live.coded_text import coded
from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge

__all__ = ["MAX_BYTES", "MAX_FRAMES", "gif_of", "split_frames"]

MAX_FRAMES = 240
MAX_BYTES = 24 << 20
MAX_FRAME_PX = 640 * 480
MIN_FRAME_MS, MAX_FRAME_MS, MAX_HOLD_MS = 20, 1000, 5000
NUM_COLORS = 255


def split_frames(data: bytes) -> list[bytes]:
    """n x (uint32 length, little-endian, then that many bytes) -> the n parts.

    Raises: SketchError for lengths that do not fit the data or no frame at all; SketchTooLarge over 240 frames.
    """
    frames, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "little")
        at += 4 + length
        if length == 0 or at > len(data):
            raise SketchError(coded("timelapse.cut_short"))
        frames.append(data[at - length : at])
        if len(frames) > MAX_FRAMES:
            raise SketchTooLarge(coded("timelapse.too_many_frames", {"most": MAX_FRAMES}))
    if not frames:
        raise SketchError(coded("timelapse.no_frame"))
    return frames


def gif_of(frames: list[bytes], *, frame_ms: int, hold_ms: int) -> bytes:
    """JPEG files of one size -> a GIF with `frame_ms` a frame (20..1000) and `hold_ms` (0..5000) more for the last.

    Raises: ArgumentError for times outside; SketchTooLarge over 307,200 pixels a frame, from its header; SketchError
    for what is no JPEG, or a frame of another size than the first.
    """
    if not (MIN_FRAME_MS <= frame_ms <= MAX_FRAME_MS and 0 <= hold_ms <= MAX_HOLD_MS):
        bounds = {"low": MIN_FRAME_MS, "high": MAX_FRAME_MS, "most": MAX_HOLD_MS}
        raise ArgumentError(coded("timelapse.times", {"frame_ms": frame_ms, "hold_ms": hold_ms, **bounds}))
    first = _read(frames[0], None)
    file = io.BytesIO()
    first.save(
        file,
        "GIF",
        save_all=True,
        append_images=_others(frames, first.size),
        loop=0,
        optimize=False,
        duration=[frame_ms] * (len(frames) - 1) + [frame_ms + hold_ms],
    )
    return file.getvalue()


def _others(frames: list[bytes], size: tuple[int, int]) -> Iterator[Image.Image]:
    for data in frames[1:]:
        yield _read(data, size)


def _read(data: bytes, size: tuple[int, int] | None) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as frame:
            if frame.width * frame.height > MAX_FRAME_PX:
                given = {"width": frame.width, "height": frame.height, "most": MAX_FRAME_PX}
                raise SketchTooLarge(coded("timelapse.frame_too_large", given))
            if size is not None and size != frame.size:
                given = {"first": "{}x{}".format(*size), "other": "{}x{}".format(*frame.size)}
                raise SketchError(coded("timelapse.frame_sizes", given))
            return frame.convert("RGB").quantize(NUM_COLORS, dither=Image.Dither.NONE)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, SketchError):
            raise
        raise SketchError(coded("timelapse.frame_unreadable")) from error
