"""Sessions survive their connection and what drew for them: nothing that was drawn is lost."""

from __future__ import annotations

import http.client
import time

import httpx
import pytest

from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.restore import restore_messages
from support.client import Client
from support.doors import Closed, Refused
from support.drawn import LINE, OTHER, expected_code, wire_points

HEALS_WITHIN_S = 60
LOST = (Closed, Refused, OSError, http.client.HTTPException, httpx.TransportError)
"""What a page takes for a connection that is gone: a close, an answer cut short,
and the 500 or 503 a proxy gives for what has died.
"""


def resend(client: Client, strokes: dict[int, list[tuple[float, float]]]) -> None:
    """What the page does after every welcome: the whole journal."""
    journal = Journal()
    for stroke_id, points in strokes.items():
        journal = journal.begin(Stroke(stroke_id, Tool.BRUSH, 96)).append(stroke_id, wire_points(points)).end(stroke_id)
    for message in restore_messages(journal, client.seq + 1):
        client.send(message)
        client.seq = message.seq


def test_a_session_is_resumed_with_its_drawing(enter):
    first = enter()
    first.draw(1, LINE)
    first.settle()
    first.close()
    back = enter(first.welcome.session_id)
    assert back.welcome.resumed and back.welcome.session_id == first.welcome.session_id
    assert back.welcome.last_op_seq == first.seq
    back.draw(2, OTHER)
    back.settle()
    assert back.code == expected_code({1: LINE, 2: OTHER})


def test_a_second_tab_with_the_same_session_takes_it_over(enter):
    first = enter()
    second = enter(first.welcome.session_id)
    with pytest.raises(Closed) as closed:
        while True:
            first.next(5)
    assert closed.value.code == 4001
    second.draw(1, LINE)
    second.settle()
    assert second.code == expected_code({1: LINE})


def test_a_picture_that_fails_is_explained_and_the_next_one_is_drawn(enter):
    client = enter()
    client.settings(prompt="value")
    client.draw(1, LINE)
    assert "the engine failed" in client.receive(wire.ErrorText).text
    client.settings(prompt="a cat")
    client.settle()
    assert client.code == expected_code({1: LINE})


def test_what_draws_may_die_at_any_stroke(enter, deployment):
    """The page comes back if it was cut off, resends its journal, and the picture is that of the last state within 60
    s.
    """
    client = enter()
    client.draw(1, LINE)
    client.settle()
    deployment.kill(client.seat)
    strokes, end_s = {1: LINE}, time.monotonic() + HEALS_WITHIN_S
    for stroke_id in range(2, 6):
        strokes[stroke_id] = [(100 * stroke_id, 100), (100 * stroke_id, 900)]
        client = _draw_on(client, enter, strokes, end_s)
    assert client.code == expected_code(strokes)


def _draw_on(client: Client, enter, strokes, end_s: float) -> Client:
    """Draw the last of `strokes` and wait for its picture, coming back as often as it takes."""
    stroke_id = max(strokes)
    try:
        client.draw(stroke_id, strokes[stroke_id])
        client.settle(end_s - time.monotonic())
        return client
    except LOST:
        assert time.monotonic() < end_s
        time.sleep(0.2)
    try:
        back = enter(client.welcome.session_id)
        resend(back, strokes)
        back.settle(end_s - time.monotonic())
    except LOST:
        return _draw_on(client, enter, strokes, end_s)
    return back
