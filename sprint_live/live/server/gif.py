"""Frames to a GIF that repeats: every frame checked by its header before it is decoded.

Knows: bytes of JPEG and GIF.  Must not know: drawings, requests, the server.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge, refusal

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
            raise SketchError(_refused("frames cut short", "a length before every frame", "send the whole file"))
        frames.append(data[at - length : at])
        if len(frames) > MAX_FRAMES:
            raise SketchTooLarge(_refused(f"more than {MAX_FRAMES} frames", f"at most {MAX_FRAMES}", "make it shorter"))
    if not frames:
        raise SketchError(_refused("no frame", "at least one", "draw something first"))
    return frames


def gif_of(frames: list[bytes], *, frame_ms: int, hold_ms: int) -> bytes:
    """JPEG files of one size -> a GIF with `frame_ms` a frame (20..1000) and `hold_ms` (0..5000) more for the last.

    Raises: ArgumentError for times outside; SketchTooLarge over 307,200 pixels a frame, from its header; SketchError for what
    is no JPEG, or a frame of another size than the first.
    """
    if not (MIN_FRAME_MS <= frame_ms <= MAX_FRAME_MS and 0 <= hold_ms <= MAX_HOLD_MS):
        accepted = f"{MIN_FRAME_MS}..{MAX_FRAME_MS} and 0..{MAX_HOLD_MS}"
        raise ArgumentError(_refused(f"{frame_ms} ms a frame, {hold_ms} ms more", accepted, "choose times within"))
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
                accepted = f"at most {MAX_FRAME_PX} pixels"
                raise SketchTooLarge(
                    _refused(f"a frame of {frame.width}x{frame.height} pixels", accepted, "send smaller frames")
                )
            if size not in (None, frame.size):
                raise SketchError(
                    _refused(f"frames of {size} and {frame.size} pixels", "frames of one size", "send them so")
                )
            return frame.convert("RGB").quantize(NUM_COLORS, dither=Image.Dither.NONE)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, SketchError):
            raise
        raise SketchError(_refused("a frame that is not a readable picture", "JPEG", "send it as one")) from error


def _refused(got: str, accepted: str, fix: str) -> str:
    return refusal(got=got, accepted=accepted, fix=fix)
