"""Pins, variations and previews through the hub: what stays, what comes last, what is not drawn at all."""

from __future__ import annotations

import struct
import time

import numpy as np
import pytest

from sprint_live.api.pin import Pin
from sprint_live.errors import ArgumentError
from sprint_live.live.canvas.draw_request import DrawRequest
from sprint_live.live.canvas.pinboard import HeldPin, Pinboard
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.settings import settings_of
from support.standin import StandInEngine, read_code
from support.turns import NamedTurns

LEFT_HALF = struct.pack("<8H", 0, 0, 32768, 0, 32768, 65535, 0, 65535)
SQUARE = np.array([(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)])
ALICE, BOB = b"a" * 16, b"b" * 16


def gray(frame: wire.FrameReady) -> np.ndarray:
    import io

    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(frame.jpeg)).convert("L")).astype(int)


def test_what_is_pinned_stays_while_the_rest_follows_the_sketch(live_server):
    with Client(live_server.base) as alice:
        alice.draw(1, [(200, 300), (200, 700)])
        alice.settle()
        before = gray(alice.frames[-1])
        alice.op(wire.PinPart, alice.frames[-1].seq, LEFT_HALF)
        pinned = alice.receive(wire.Pinned)
        pin = Pin.from_bytes(pinned.pin)
        assert (pinned.op_seq, pinned.width, pinned.height) == (alice.seq, 1024, 1024)
        assert (pin.mask_YX[:, :8] == 255).all() and (pin.mask_YX[:, 9:] == 0).all()
        alice.draw(2, [(100, 500), (900, 500)])
        alice.settle()
        after = gray(alice.frames[-1])
        assert abs(after[500, 400] - before[500, 400]) < 12 and after[500, 800] > before[500, 800] + 100
        kept = alice.code
        alice.op(wire.UsePin)
        alice.settle()
        free = gray(alice.frames[-1])
        assert free[500, 400] > before[500, 400] + 100  # the line that crossed the pinned part is there now
    with Client(
        live_server.base
    ) as another:  # another server, a reload: the page brings the pin, nothing else is needed
        another.op(wire.UsePin, pinned.width, pinned.height, pinned.pin)
        another.draw(1, [(200, 300), (200, 700)])
        another.draw(2, [(100, 500), (900, 500)])
        another.settle()
        assert another.code == kept


def test_a_pin_waits_while_the_picture_has_another_size(live_server):
    engine = live_server.engine
    with Client(live_server.base) as alice:
        alice.draw(1, [(200, 300), (200, 700)])
        alice.settle()
        alice.op(wire.PinPart, alice.frames[-1].seq, LEFT_HALF)
        alice.receive(wire.Pinned)
        alice.settle()
        assert engine.calls[-1]["pinned"]
        alice.settings(width=1024, height=512)
        alice.settle()
        assert not engine.calls[-1]["pinned"]
        alice.settings()
        alice.settle()
        assert engine.calls[-1]["pinned"]


def test_a_pin_that_cannot_be_is_said_and_a_pin_that_is_none_ends_the_connection(live_server):
    with Client(live_server.base) as alice:
        alice.draw(1, [(200, 300), (200, 700)])
        alice.settle()
        for frame_seq, corners in (
            (alice.frames[-1].seq + 7, LEFT_HALF),
            (alice.frames[-1].seq, LEFT_HALF[:8]),
            (alice.frames[-1].seq, b""),
        ):
            alice.op(wire.PinPart, frame_seq, corners)
            assert "draw around it" in alice.receive(wire.ErrorText).text
        alice.draw(2, [(300, 300), (300, 700)])
        alice.settle()  # and one goes on drawing
        alice.op(wire.UsePin, 1024, 1024, b"not a pin")
        with pytest.raises(Exception, match="1007"):
            alice.receive(wire.Status, 5)


def test_the_pins_of_one_drawing_join_and_old_pictures_are_forgotten():
    board = Pinboard()
    latent = np.zeros((4, 16, 16), np.float16)
    for seq in range(1, 6):
        board.remember(seq, 1024, 1024, latent + seq)
    with pytest.raises(ArgumentError, match="gone"):
        board.pin(2, SQUARE)
    first = Pin.from_bytes(board.pin(4, SQUARE).data)
    both = Pin.from_bytes(board.pin(5, SQUARE + np.array((0.5, 0.0))).data)
    assert (first.mask_YX[:, 10:] == 0).all() and (both.mask_YX == 255).all() and (both.latent_CYX == 5).all()
    assert board.data_for(1024, 1024) and not board.data_for(512, 512)
    board.forget_pictures()
    with pytest.raises(ArgumentError, match="gone"):
        board.pin(5, SQUARE)
    assert board.held == HeldPin(1024, 1024, both.to_bytes())


def test_four_variations_arrive_and_the_next_stroke_forgets_the_rest(live_server):
    engine = live_server.engine
    with Client(live_server.base) as alice:
        alice.draw(1, [(200, 300), (200, 700)])
        alice.settle()
        shown = len(alice.frames)
        asked = alice.op(wire.Vary, (11, 12, 13, 14))
        got = [alice.receive(wire.Variation) for _ in range(4)]
        assert [(one.op_seq, one.seed, one.width) for one in got] == [(asked, seed, 1024) for seed in (11, 12, 13, 14)]
        assert len({read_code(one.jpeg) for one in got}) == 4 and len(alice.frames) == shown
        alice.settings(seed=12)
        alice.settle()
        assert alice.code == read_code(got[1].jpeg)  # what is picked is what comes
        engine.delay_s = 0.2
        alice.op(wire.Vary, (21, 22, 23, 24))
        alice.receive(wire.Variation)
        begin_s = time.monotonic()
        alice.draw(2, [(100, 500), (900, 500)])
        alice.settle()
        assert time.monotonic() - begin_s < 0.9  # the running one, the stroke's pictures: not three more before them
        time.sleep(0.5)
        drawn = [call["seed"] for call in engine.calls]
        assert 24 not in drawn and drawn[-1] == 12


def request(seed: int = 0) -> DrawRequest:
    return DrawRequest.of((Stroke(1, Tool.BRUSH, 96, bytes(10)),), settings_of(seed=seed))


def test_a_variation_waits_for_everybody_who_draws():
    scheduler = NamedTurns(lambda: 0.0)
    scheduler.offer(ALICE, request(), 1)
    scheduler.vary(ALICE, [request(1), request(2), request(3)])
    [live] = scheduler.take()
    assert not live.aside and scheduler.take() == []
    scheduler.finish(0.1)
    scheduler.offer(BOB, request(), 1, pen_down=True)
    assert [job.session_id for job in scheduler.take(4)] == [BOB]
    scheduler.finish(0.1)
    assert scheduler.take(4) == []  # Bob's pen is down: his next point must find the engine free
    scheduler.offer(BOB, request(), 2, pen_down=False)
    [one] = scheduler.take()
    assert one.aside and one.session_id == ALICE and one.request == request(1)
    assert not scheduler.offer(ALICE, request(), 2)  # still the same drawing: its picture is there, the others go on
    scheduler.finish(0.1)
    assert [job.request for job in scheduler.take(4)] == [request(2), request(3)]
    scheduler.finish(0.1)
    scheduler.vary(ALICE, [request(1)])
    scheduler.offer(ALICE, request(9), 3)
    assert [job.aside for job in scheduler.take(4)] == [False]
    scheduler.finish(0.1)
    assert scheduler.take() == []


@pytest.fixture
def with_preview(start_server):
    engine = StandInEngine(0.01)
    engine.has_preview = True
    server = start_server(engine=engine)
    server.wait_until("/readyz")
    return server


def test_a_preview_while_the_pen_is_down_the_picture_on_lift_and_nothing_when_nothing_changes(with_preview):
    engine = with_preview.engine
    with Client(with_preview.base) as alice:
        alice.settings(preview=True)
        alice.draw(1, [(200, 300), (200, 700)], lift=False)
        assert alice.receive(wire.FrameReady).preview
        alice.settle()
        assert {call["preview"] for call in engine.calls} == {True}
        alice.op(wire.End, 1)
        alice.settle()
        assert not alice.frames[-1].preview and not engine.calls[-1]["preview"]
        drawn = len(engine.calls)
        alice.settings(preview=False)  # how it will be drawn next changes nothing now
        alice.op(wire.End, 1)
        alice.settle()
        assert len(engine.calls) == drawn
        alice.draw(2, [(300, 300), (300, 700)], lift=False)
        alice.settle()
        assert not alice.frames[-1].preview
        drawn = len(engine.calls)
        alice.op(wire.End, 2)
        alice.settle()
        assert len(engine.calls) == drawn  # the picture while the pen was down was the picture


def test_a_model_without_previews_draws_once_whatever_is_wished(live_server):
    engine = live_server.engine
    with Client(live_server.base) as alice:
        alice.settings(preview=True)
        alice.draw(1, [(200, 300), (200, 700)], lift=False)
        alice.settle()
        drawn = len(engine.calls)
        alice.op(wire.End, 1)
        alice.settle()
        assert len(engine.calls) == drawn and not engine.calls[-1]["preview"]
