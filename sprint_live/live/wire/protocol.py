"""The wire of the live canvas: binary, versioned, sequence-numbered. web/wire/protocol.js is its twin, byte for byte.

Every message, both ways, little endian:

    u8 version (5) | u8 kind | u16 zero | u32 seq | body

seq of an operation (BEGIN ... SETTINGS) grows with every operation of a session; seq of a FRAME with every frame; 0
elsewhere. str8/str16/str32 = u8/u16/u32 length in bytes + UTF-8. A point is 10 bytes, see strokes.POINT.

    client -> server                                         server -> client
    1 HELLO     16s session id (zeros: new), str16 token     129 WELCOME  16s session id, u8 resumed, u32 last op seq
    2 BEGIN     pen                                          130 MODEL    str8 name, str8 title, u8 n, n x str8 style,
    3 POINTS    u32 stroke, u32 n, n x point                              u8 n, n x (u16 width, u16 height), str16
    4 END       u32 stroke                                                license, u8 has branch, u8 has preview, u8 has
    5 UNDO   6 REDO   7 CLEAR                                             guidance, u8 has colors, u8 refines, u8 n,
    8 RESTORE   u8 flags (1 first, 2 last), u32 n, n records              n detectors (str8 name, str8 title)
    9 SETTINGS  thousandths as u16: control strength, start, 131 FRAME    u32 op seq, u16 width, u16 height, u8 preview,
                end, guidance, strength; u32 seed, u8 steps,              u8 n, n x (str8 stage, f32 ms), u32 n, n JPEG
                u16 width, u16 height, u8 painting,                       bytes
                u8 preview, str16 style, str32 prompt        132 STATUS   u8 state, u32 op seq, said
    10 ACK      u32 frame seq                                133 ERROR    u16 close code (0: stay), said
    11 EDIT     u8 record kind (3 to 6), its body            134 PINNED   u32 op seq, then as USE PIN
    12 PIN      u32 frame seq, u16 n, n corners: u16 x,      135 VARIED   u32 op seq, u32 seed, u16 width, u16 height,
                u16 y, shares of the picture /65535                       u32 n, n JPEG bytes
    13 USE PIN  u16 width, u16 height of the picture,
                u32 n, n bytes of api/pin.py (0: none)
    14 VARY     u8 n, n x u32 seed
    15 PICTURE  16s name, u32 n, n bytes of a PNG, JPEG
                or WebP, before a pen names it

A pen is u32 stroke, u8 tool, u16 width /16 px, u8 red, u8 green, u8 blue, u8 mirror (1 left-right, 2 top-bottom), u8
layer, and, of tool 4, 16s name of the picture. "said" is str8 code, u8 n, n parameters (str8 name, str16 value), str16
English for logs. coded_text.py has the codes; the code is empty for an empty text. A RESTORE record is u8 kind, u8
flags (1 undone, 2 still open), body:

    0 stroke      pen, u32 n, n x point                      3 transform  i32 scale x, i32 scale y /65536, i32 shift x,
    1 clear                                                               i32 shift y /16 px, i32 skew x, i32 skew y
    2 more        u32 n, n x point: of the stroke before                  /65536, u32 n, n x u32 stroke
    6 copy        the body of a transform, u32 first new     4 remove     u32 n, n x u32 stroke
                  stroke, u8 layer, u32 points it adds
                                                             5 arrange    u8 n, n layers from the lowest (u8 layer, u8
                                                                          percent opaque, u8 shown), u8 upper, u8 lower:
                                                                          merged before that (255, 255: none)

A drawing is resent as one or more RESTOREs of at most 20,000 points and named strokes each; the server replaces the
drawing when the last one has arrived. Version 2 had no layer in a pen and no records over 2, version 3 no pictures,
skews and copies, version 4 no codes: web/wire/decode.js still reads them from files.

A FRAME or STATUS carries the seq of the last operation in the picture, so the client knows what the picture shows.
"""

from __future__ import annotations

from sprint_live.live.wire.client_messages import (
    NEW_SESSION,
    Ack,
    Begin,
    Change,
    ClearAll,
    ClientMessage,
    Edited,
    End,
    Hello,
    Operation,
    PictureGiven,
    PinPart,
    Points,
    Record,
    Redo,
    Restore,
    Undo,
    UsePin,
    Vary,
)
from sprint_live.live.wire.decoding import decode
from sprint_live.live.wire.encoding import VERSION, encode
from sprint_live.live.wire.kinds import Kind
from sprint_live.live.wire.limits import (
    MALFORMED,
    MAX_FRAME_BYTES,
    MAX_PICTURE_BYTES,
    MAX_POINTS_A_MESSAGE,
    MAX_PROMPT_BYTES,
    POLICY,
    TOO_BIG,
    UNKNOWN,
    close_code,
    violation,
    violation_of,
)
from sprint_live.live.wire.messages import (
    ErrorText,
    FrameReady,
    Message,
    ModelInfo,
    Pinned,
    ServerMessage,
    State,
    Status,
    Variation,
    Welcome,
)

__all__ = [
    "MALFORMED",
    "MAX_FRAME_BYTES",
    "MAX_PICTURE_BYTES",
    "MAX_POINTS_A_MESSAGE",
    "MAX_PROMPT_BYTES",
    "NEW_SESSION",
    "POLICY",
    "TOO_BIG",
    "UNKNOWN",
    "VERSION",
    "Ack",
    "Begin",
    "Change",
    "ClearAll",
    "ClientMessage",
    "Edited",
    "End",
    "ErrorText",
    "FrameReady",
    "Hello",
    "Kind",
    "Message",
    "ModelInfo",
    "Operation",
    "PictureGiven",
    "PinPart",
    "Pinned",
    "Points",
    "Record",
    "Redo",
    "Restore",
    "ServerMessage",
    "State",
    "Status",
    "Undo",
    "UsePin",
    "Variation",
    "Vary",
    "Welcome",
    "close_code",
    "decode",
    "encode",
    "violation",
    "violation_of",
]
