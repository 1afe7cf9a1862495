"""The wire: round trips, limits, fuzz, and the same bytes in Python and JavaScript."""

from __future__ import annotations

import contextlib
import json
import math
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sprint_live.api.prompt import MAX_PROMPT_CHARS, usable_prompt
from sprint_live.errors import InputError, MessageTooLarge, PromptTooLong, ProtocolError
from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.canvas.strokes import POINT_BYTES, pack_points
from sprint_live.live.wire import protocol as wire
from support.paths import WEB
from support.settings import settings_of
from support.vectors import FILE, POINTS, VECTORS

PROTOCOL_JS = WEB / "wire" / "protocol.js"


@pytest.mark.parametrize("name", VECTORS)
def test_the_bytes_are_those_of_the_file(name):
    stored = bytes.fromhex(json.loads(FILE.read_text())[name])
    assert wire.encode(VECTORS[name]) == stored
    assert wire.decode(stored) == VECTORS[name]


def test_a_code_and_its_parameters_arrive():
    text = wire.decode(wire.encode(VECTORS["error_coded"])).text
    assert (text.code, text.params) == ("engine.failed", {"why": "KeyError: ü"})
    assert text == "the engine failed: KeyError: ü"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript_speaks_the_same_bytes():
    script = Path(__file__).parent / "wire_parity.mjs"
    done = subprocess.run(["node", script, PROTOCOL_JS, FILE], capture_output=True, text=True, timeout=30)
    assert done.stdout.strip() == "ok", done.stderr


@pytest.mark.parametrize("name", VECTORS)
def test_a_message_cut_anywhere_is_refused(name):
    data = wire.encode(VECTORS[name])
    for cut in range(len(data)):
        with pytest.raises(InputError):
            wire.decode(data[:cut])
    with pytest.raises(ProtocolError):
        wire.decode(data + b"\0")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 255))
@example(b"\xff" * 64, 8)
def test_any_bytes_decode_or_raise_an_input_error(body, kind):
    try:
        message = wire.decode(struct.pack("<BBHI", wire.VERSION, kind, 0, 1) + body)
    except InputError as error:
        assert wire.close_code(error) in (1003, 1007, 1008, 1009)
    else:
        assert wire.decode(wire.encode(message)) == message or any(math.isnan(x) for _, x in message.timings_ms)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(VECTORS)), st.data())
def test_flipped_bytes_never_crash(name, data):
    damaged = bytearray(wire.encode(VECTORS[name]))
    for _ in range(3):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputError):
        wire.decode(bytes(damaged))


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        settings_of,
        prompt=st.text(max_size=300),
        style=st.text(max_size=20),
        seed=st.integers(0, 2**32 - 1),
        steps=st.integers(1, 4),
        guidance=st.integers(0, 20000).map(lambda n: n / 1000),
        control_strength=st.integers(0, 2000).map(lambda n: n / 1000),
        control_start=st.integers(0, 500).map(lambda n: n / 1000),
        control_end=st.integers(501, 1000).map(lambda n: n / 1000),
        width=st.integers(64, 4096),
        height=st.integers(64, 4096),
        preview=st.booleans(),
        painting=st.booleans(),
        strength=st.integers(50, 1000).map(lambda n: n / 1000),
    )
)
def test_settings_come_through_unchanged(settings_sent):
    sent = wire.Change(5, settings_sent)
    assert wire.decode(wire.encode(sent)) == sent


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, float("1e999")])
@pytest.mark.parametrize("place", range(6))
def test_a_point_that_is_not_finite_is_refused(number, place):
    point = [1.0] * 6
    point[place] = number
    with pytest.raises(ProtocolError, match="finite"):
        pack_points([tuple(point)])


def _refused_with(data: bytes, code: int, kind: type[InputError] = ProtocolError) -> None:
    with pytest.raises(kind) as caught:
        wire.decode(data)
    assert wire.close_code(caught.value) == code


def _message(kind: int, body: bytes = b"", version: int = wire.VERSION) -> bytes:
    return struct.pack("<BBHI", version, kind, 0, 1) + body


def test_limits_are_checked_on_the_stated_length_before_the_bytes():
    _refused_with(_message(3, struct.pack("<II", 1, 20_001)), 1009, MessageTooLarge)
    _refused_with(_message(3, struct.pack("<II", 1, 0xFFFFFFFF)), 1009, MessageTooLarge)
    _refused_with(_message(3, struct.pack("<II", 1, 20_000)), 1007)
    _refused_with(_message(8, struct.pack("<BI", 3, 0xFFFFFFFF)), 1009, MessageTooLarge)
    _refused_with(bytes((1 << 20) + 1), 1009, MessageTooLarge)

    def head(
        control=1000,
        start=0,
        end=1000,
        guidance=4500,
        strength=600,
        seed=0,
        steps=1,
        width=1024,
        height=1024,
        painting=0,
        preview=0,
    ) -> bytes:
        shares = (control, start, end, guidance, strength)
        return struct.pack("<5HIBHHBB", *shares, seed, steps, width, height, painting, preview) + b"\0\0"

    assert wire.decode(_message(9, head() + bytes(4))).settings == Settings(prompt="")
    _refused_with(_message(9, head() + struct.pack("<I", 8193)), 1009, PromptTooLong)
    _refused_with(_message(9, head() + struct.pack("<I", 10_000_000)), 1009, PromptTooLong)
    _refused_with(_message(9, head() + struct.pack("<I", 2) + b"\xff\xfe"), 1007)
    for wrong in (
        {"steps": 9},
        {"painting": 2},
        {"preview": 2},
        {"strength": 1001},
        {"control": 2001},
        {"guidance": 20001},
        {"width": 63},
        {"height": 4097},
        {"start": 500, "end": 500},
        {"start": 600, "end": 500},
        {"end": 1001},
    ):
        _refused_with(_message(9, head(**wrong) + bytes(4)), 1007)
    _refused_with(_message(2, struct.pack("<IBH3BBB", 1, 5, 96, 0, 0, 0, 0, 0) + bytes(16)), 1007)  # no such tool
    _refused_with(_message(2, struct.pack("<IBH3BBB", 1, 4, 96, 0, 0, 0, 1, 0) + bytes(16)), 1007)  # a mirrored picture
    _refused_with(_message(2, struct.pack("<IBH3BBB", 1, 4, 96, 0, 0, 0, 0, 0) + bytes(15)), 1007)  # no name
    _refused_with(_message(2, struct.pack("<IBH3BBB", 1, 0, 96, 0, 0, 0, 4, 0)), 1007)  # no such mirror
    one, plain = 65536, struct.pack("<I", 0)
    for numbers in (
        (0, one, 0, 0, 0, 0),
        (one, 100 * one + 1, 0, 0, 0, 0),
        (one, one, (1 << 24) + 1, 0, 0, 0),
        (one, one, 0, -(1 << 24) - 1, 0, 0),
        (one, one, 0, 0, 100 * one + 1, 0),
        (one, one, 0, 0, one, one),
    ):
        _refused_with(_message(11, b"\3" + struct.pack("<6i", *numbers) + plain), 1007)
        _refused_with(_message(11, b"\6" + struct.pack("<6i", *numbers) + plain + struct.pack("<IBI", 5, 0, 0)), 1007)
    _refused_with(
        _message(11, b"\6" + struct.pack("<6iIIIBI", one, one, 0, 0, 0, 0, 1, 1, 0xFFFFFFFF, 0, 0)), 1007
    )  # no number for a copy
    _refused_with(_message(11, b"\3" + struct.pack("<6iI", one, one, 0, 0, 0, 0, 20_001)), 1009, MessageTooLarge)
    _refused_with(_message(15, bytes(16) + struct.pack("<I", (512 << 10) + 1)), 1009, MessageTooLarge)
    _refused_with(_message(11, b"\4" + struct.pack("<I", 0xFFFFFFFF)), 1009, MessageTooLarge)
    for kind in (0, 1, 2, 7):
        _refused_with(_message(11, bytes([kind])), 1007)
    rows = [bytes([i, 100, 1]) for i in range(9)]
    for table in (b"\0", b"\x09" + b"".join(rows), b"\2" + rows[0] * 2, b"\1\xff\x64\1", b"\1\0\x65\1", b"\1\0\x64\2"):
        _refused_with(_message(11, b"\5" + table + b"\xff\xff"), 1007)
    for merged in ((0, 1), (2, 2), (5, 9), (255, 0), (5, 255)):  # into one that stays, from one that goes
        _refused_with(_message(11, b"\5\2" + rows[0] + rows[1] + bytes(merged)), 1007)
    _refused_with(_message(12, struct.pack("<IH", 1, 2001)), 1009, MessageTooLarge)
    _refused_with(_message(13, struct.pack("<HHI", 1024, 1024, 3 * 64 * 64 * 32 + 7)), 1009, MessageTooLarge)
    _refused_with(_message(14, b"\x09"), 1009, MessageTooLarge)
    _refused_with(_message(99), 1003)
    _refused_with(_message(5, version=3), 1003)
    assert wire.decode(_message(3, struct.pack("<II", 1, 20_000) + bytes(20_000 * POINT_BYTES)))


def test_several_records_share_the_limit_of_points():
    stroke = struct.pack("<BBIBH3BBBI", 0, 0, 1, 0, 96, 0, 0, 0, 0, 0, 15_000) + bytes(15_000 * POINT_BYTES)
    _refused_with(_message(8, struct.pack("<BI", 3, 2) + stroke * 2), 1009, MessageTooLarge)


def test_a_frame_over_one_mebibyte_is_not_sent():
    with pytest.raises(MessageTooLarge):
        wire.encode(wire.FrameReady(1, 1, 1024, 1024, (), bytes(1 << 20)))
    with pytest.raises(ProtocolError):
        wire.encode(wire.FrameReady(1, 1, 1024, 1024, (("engine", math.nan),), b""))
    with pytest.raises(ProtocolError, match="finite"):
        wire.decode(
            bytes.fromhex(json.loads(FILE.read_text())["frame"]).replace(
                struct.pack("<f", 50.25), struct.pack("<f", math.inf)
            )
        )
    with pytest.raises(ProtocolError):
        wire.encode(wire.Points(1, 1, POINTS[:-1]))


def test_only_a_thousand_inert_characters_of_a_prompt_are_used():
    assert len(usable_prompt("x" * 5000)) == MAX_PROMPT_CHARS
    assert usable_prompt("\0a\ncat\x7f\t") == "a cat"
