"""Removes the metadata of a picture file before a decoder sees it; keeps only the orientation.

Decoders fail on bad metadata: a text chunk that is too long, a wrong checksum in a note, a fraction over zero, the
index of a phone's second picture. None of that may keep a picture from being read.

Knows: segments of JPEG, chunks of PNG and WebP, Exif's first tag list.  Must not know: pixels.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import Image

__all__ = ["bare_picture", "orientation_in", "png_bits", "upright"]

ORIENTATION = 0x0112
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT")
SHOWN_BY = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned upright; orientation: 1 to 8 of Exif."""
    return image.transpose(SHOWN_BY[orientation]) if orientation in SHOWN_BY else image


def bare_picture(data: bytes) -> tuple[bytes, int]:
    """The file without anything that no pixel depends on, and its orientation, 1 to 8.

    Other files, and broken ones, are returned unchanged.
    """
    try:
        if data[:3] == b"\xff\xd8\xff":
            return _bare_jpeg(data)
        if data[:8] == PNG_SIGNATURE:
            return _bare_png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return data, next((orientation_in(body) for name, body in _webp_chunks(data) if name == b"EXIF"), 1)
    except (struct.error, IndexError, ValueError):
        pass
    return data, 1


def orientation_in(exif: bytes) -> int:
    """The orientation in Exif's first tag list, 1 to 8; 1 if it is missing or makes no sense."""
    tiff = exif[6:] if exif[:6] == b"Exif\0\0" else exif
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        [start] = struct.unpack_from(f"{order}I", tiff, 4)
        [count] = struct.unpack_from(f"{order}H", tiff, start)
        for index in range(count):
            tag, kind, num_values = struct.unpack_from(f"{order}HHI", tiff, start + 2 + 12 * index)
            if tag == ORIENTATION:
                if kind not in (3, 4) or num_values < 1:
                    return 1
                [value] = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", tiff, start + 10 + 12 * index)
                return value if 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1


def _bare_jpeg(data: bytes) -> tuple[bytes, int]:
    """Remove Exif, profiles, the index of an MPO, Photoshop's notes and comments. Keep JFIF and Adobe (colors)."""
    kept, orientation, place = [data[:2]], None, 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == 0xDA or marker < 0xC0 or 0xD0 <= marker <= 0xD9:
            break
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == 0xE1 and orientation is None and data[place + 4 : place + 10] == b"Exif\0\0":
            orientation = orientation_in(data[place + 4 : end])
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(data[place:end])
        place = end
    return b"".join([*kept, data[place:]]), orientation or 1


def _bare_png(data: bytes) -> tuple[bytes, int]:
    """Keep pixels, palette, transparency, and the chunk that marks an animation."""
    kept, orientation, place = [PNG_SIGNATURE], 1, len(PNG_SIGNATURE)
    while place + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if name == b"eXIf":
            orientation = orientation_in(data[place + 8 : end - 4])
        if name in PNG_KEPT or not name[:1].islower():  # a chunk whose name begins with a capital is needed
            kept.append(data[place:end])
        place = end
        if name == b"IEND":
            break
    return b"".join([*kept, data[place:]]), orientation


def png_bits(data: bytes) -> int:
    """Bits of a sample as its header says; 8 for other files."""
    return data[24] if data[:8] == PNG_SIGNATURE and len(data) > 24 else 8


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, place)
        yield name, data[place + 8 : place + 8 + length]
        place += 8 + length + (length & 1)
