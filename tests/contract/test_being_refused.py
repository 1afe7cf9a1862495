"""Who is not let in, what is not taken, and that nobody else notices."""

from __future__ import annotations

import struct
import time

import pytest

from sprint_live.live.canvas.strokes import POINT_BYTES, Stroke, Tool
from sprint_live.live.wire import protocol as wire
from support.doors import Closed, Refused
from support.drawn import LINE, OTHER, expected_code

BAD = {
    "version 99": (struct.pack("<BBHI", 99, 5, 0, 1), 1003),
    "unknown kind": (struct.pack("<BBHI", wire.VERSION, 77, 0, 1), 1003),
    "cut": (wire.encode(wire.Begin(1, Stroke(1, Tool.BRUSH, 96)))[:-1], 1007),
    "server's message": (wire.encode(wire.Status(wire.State.IDLE, 1)), 1008),
    "points without a stroke": (wire.encode(wire.Points(99, 1, bytes(POINT_BYTES))), 1008),
    "20,001 points": (struct.pack("<BBHIII", wire.VERSION, 3, 0, 99, 1, 20001), 1009),
    "over 1 MiB": (bytes((1 << 20) + 1), 1009),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_message_ends_its_own_connection_and_the_drawing_waits_for_the_return(enter, name):
    data, code = BAD[name]
    good, bad = enter(), enter()
    bad.draw(1, LINE)
    bad.settle()
    with pytest.raises(Closed) as closed:
        bad.socket.send(data)
        while True:
            bad.next(5)
    assert closed.value.code == code
    if len(data) <= wire.MAX_FRAME_BYTES:
        assert any(isinstance(said, wire.ErrorText) and said.close_code == code for said in bad.said)
    back = enter(bad.welcome.session_id)
    assert back.welcome.resumed and back.welcome.last_op_seq == bad.seq
    good.draw(1, OTHER)
    good.settle()
    assert good.code == expected_code({1: OTHER})


def test_two_people_never_see_each_other_and_a_guessed_id_is_a_new_session(enter):
    one, two = enter(), enter()
    wanted = one.welcome.session_id
    assert wanted != two.welcome.session_id
    one.draw(1, LINE)
    two.draw(1, OTHER)
    one.settle()
    two.settle()
    assert one.code == expected_code({1: LINE}) and two.code == expected_code({1: OTHER})
    for guess in (bytes([wanted[0] ^ 1]) + wanted[1:], wanted[::-1], b"\xff" * 16):
        other = enter(guess)
        assert (
            not other.welcome.resumed
            and other.welcome.session_id not in (guess, wanted)
            and other.welcome.last_op_seq == 0
        )
        other.settle()
        assert not other.frames
        other.close()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
def test_another_site_is_not_let_in(enter, origin):
    with pytest.raises(Refused) as refused:
        enter(Origin=origin)
    assert refused.value.status == 403


@pytest.mark.parametrize("token", ["", "wrong", "sesame"])
def test_nobody_is_let_in_without_the_token(enter, token):
    """Where HTTP carries it with 403; a WebSocket may bring it in its first message, so that one is closed then."""
    with pytest.raises((Refused, Closed)) as refused:
        enter(token=token)
    assert getattr(refused.value, "status", 403) == 403 and getattr(refused.value, "code", 1008) == 1008


def test_one_client_holds_so_many_connections_and_is_told_when_to_come_back(enter, deployment):
    held = [enter() for _ in range(deployment.connections_a_client)]
    with pytest.raises(Refused) as refused:
        enter()
    assert refused.value.status == 429 and refused.value.retry_after_s >= 1
    neighbor = enter(**{"X-Forwarded-For": "203.0.113.8"})
    neighbor.draw(1, LINE)
    neighbor.settle()
    assert neighbor.code == expected_code({1: LINE})
    held[0].close()
    for _ in range(
        40
    ):  # a stream that nobody reads is noticed when the server next has something to say, within seconds
        try:
            enter()
            break
        except Refused:
            time.sleep(0.5)
    else:
        pytest.fail("the place of one who left was never given back")
