"""The messages whose bytes Python and JavaScript must agree on, and the file wire_vectors.json made of them.

`python tests/support/vectors.py` writes the file again after a change of the wire (then VERSION must change too).
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

from sprint_live.api.draw_settings import DrawSettings
from sprint_live.coded_text import CodedText, coded
from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.canvas.edits import Arrange, Copy, Layer, Remove, Transform
from sprint_live.live.canvas.strokes import Clear, Mirror, Stroke, Tool, pack_points
from sprint_live.live.wire.protocol import (
    Ack,
    Begin,
    Change,
    ClearAll,
    Edited,
    End,
    ErrorText,
    FrameReady,
    Hello,
    Message,
    ModelInfo,
    PictureGiven,
    Pinned,
    PinPart,
    Points,
    Record,
    Redo,
    Restore,
    State,
    Status,
    Undo,
    UsePin,
    Variation,
    Vary,
    Welcome,
    encode,
)

FILE = Path(__file__).parent / "wire_vectors.json"
SESSION = bytes(range(16))
SAMPLES = [
    (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
    (512.03125, 1023.97, 0.5, -30.4, 90.0, 16.6),
    (-9999.0, 9999.0, 2.0, -120.0, 45.5, 1e9),
]
POINTS = pack_points(SAMPLES)

MOVED = Transform((1, 2), -65536, 98304, 16777216, -33, -6553600, 7)
COPIED = Copy(Transform((2, 3), 0, 0, 5, -6, 65536, -65536), 40, 254, 31)
PICTURE = bytes(range(200, 216))
ARRANGED = Arrange((Layer(3, 0, False), Layer(0, 55)), merged=(7, 0))

VECTORS: dict[str, Message] = {
    "hello_new": Hello(),
    "hello_back": Hello(SESSION, "geheim-ü"),
    "begin": Begin(7, Stroke(3, Tool.PAINT, 641, b"", (250, 128, 3), Mirror.LEFT_RIGHT | Mirror.TOP_BOTTOM, 5)),
    "begin_picture": Begin(7, Stroke(4, Tool.PICTURE, 1, layer=5, picture=PICTURE)),
    "picture": PictureGiven(6, PICTURE, b"\xff\xd8jpeg\xff\xd9"),
    "points": Points(8, 3, POINTS),
    "end": End(9, 3),
    "undo": Undo(10),
    "redo": Redo(11),
    "clear": ClearAll(4294967295),
    "restore": Restore(
        12,
        True,
        False,
        (
            Record(Stroke(1, Tool.BRUSH, 96, POINTS)),
            Record(None, more=POINTS),
            Record(Clear()),
            Record(Stroke(2, Tool.BRUSH, 96), still_open=True),
            Record(Stroke(3, Tool.PAINT, 16, b"", (1, 2, 3), Mirror.TOP_BOTTOM, 254), undone=True),
            Record(MOVED),
            Record(Remove((1,)), undone=True),
            Record(ARRANGED),
            Record(Stroke(4, Tool.PICTURE, 1, POINTS, picture=PICTURE)),
            Record(COPIED),
        ),
    ),
    "settings": Change(
        13,
        Settings(
            prompt="a cat 🐱 <img onerror=alert(1)>",
            style="3d",
            draw=DrawSettings(
                seed=4294967295,
                steps=4,
                guidance=4.5,
                control_strength=0.85,
                control_start=0.25,
                control_end=0.75,
                strength=0.35,
            ),
            width=832,
            height=1216,
            painting=True,
            preview=True,
        ),
    ),
    "pin": PinPart(14, 6, struct.pack("<6H", 0, 0, 65535, 0, 32768, 65535)),
    "use_pin": UsePin(15, 832, 1216, b"\1\0\1\0\1\0\xff\0\x3c"),
    "use_no_pin": UsePin(16),
    "vary": Vary(17, (1, 2, 3, 4294967295)),
    "ack": Ack(77),
    "transform": Edited(14, MOVED),
    "copy": Edited(14, COPIED),
    "remove": Edited(15, Remove((3, 4294967295))),
    "arrange": Edited(16, ARRANGED),
    "arrange_plain": Edited(17, Arrange((Layer(0),))),
    "welcome": Welcome(SESSION, True, 41),
    "model": ModelInfo(
        "sprint-tiny",
        "Sprint tiny",
        ("plain", "3d"),
        ((1024, 1024), (832, 1216)),
        "Apache-2.0",
        False,
        True,
        False,
        True,
        False,
        (("canny", "edges"), ("strokes", "the drawing itself")),
    ),
    "frame": FrameReady(5, 40, 1024, 1024, (("engine", 50.25), ("strokes", 0.5)), b"\xff\xd8jpeg\xff\xd9", True),
    "pinned": Pinned(14, 832, 1216, b"\1\0\1\0\1\0\xff\0\x3c"),
    "varied": Variation(17, 4294967295, 832, 1216, b"\xff\xd8jpeg\xff\xd9"),
    "status": Status(State.LOADING, 3, coded("queue.position", {"number": 3, "seconds": 2})),
    "error": ErrorText(1009, CodedText("over 20,000 points", "", {})),
    "error_coded": ErrorText(0, coded("engine.failed", {"why": "KeyError: ü"})),
}


def write() -> None:
    FILE.write_text(json.dumps({name: encode(message).hex() for name, message in VECTORS.items()}, indent=1) + "\n")


if __name__ == "__main__":
    write()
