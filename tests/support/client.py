"""A client of the live canvas in Python, for tests: what the browser does, without a browser."""

from __future__ import annotations

import contextlib
import time

from websockets.sync.client import connect

from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.wire import protocol as wire
from support.settings import settings_of
from support.standin import read_code


class Client:
    """Speaks the wire over a real socket, or another `door` (tests/contract); `frames` and `said` list what came."""

    def __init__(
        self,
        base: str,
        session_id: bytes = wire.NEW_SESSION,
        token: str = "",
        acknowledge: bool = True,
        seat: str = "",
        door=None,
        **options,
    ):
        self._open = contextlib.ExitStack()
        if door is None:
            address = base.replace("http", "ws") + "/live" + (f"?seat={seat}" if seat else "")
            socket = connect(address, compression=None, proxy=None, max_size=2**21, **options)
        else:
            socket = door(base, token, seat, **options)
        self.socket = self._open.enter_context(socket)
        self.seat = seat
        self.seq = 0
        self.acknowledge = acknowledge
        self.frames: list[wire.FrameReady] = []
        self.said: list[wire.Message] = []
        self.send(wire.Hello(session_id, token))
        self.welcome = self.receive(wire.Welcome)
        self.seq = self.welcome.last_op_seq

    def send(self, message: wire.Message) -> None:
        self.socket.send(wire.encode(message))

    def op(self, kind, *fields) -> int:
        self.seq += 1
        self.send(kind(self.seq, *fields))
        return self.seq

    def draw(self, stroke_id: int, points, *, tool=Tool.BRUSH, rgb=(0, 0, 0), lift: bool = True) -> int:
        """A stroke through (x, y) in px; returns the seq of its last points."""
        self.op(wire.Begin, Stroke(stroke_id, tool, 96, b"", rgb))
        seq = self.op(wire.Points, stroke_id, pack_points([(x, y, 1.0, 0.0, 0.0, 8.0) for x, y in points]))
        if lift:
            self.op(wire.End, stroke_id)
        return seq

    def settings(self, **values) -> int:
        return self.op(wire.Change, settings_of(**values))

    def next(self, timeout_s: float = 10.0) -> wire.Message:
        message = wire.decode(self.socket.recv(timeout=timeout_s))
        self.said.append(message)
        if isinstance(message, wire.FrameReady):
            self.frames.append(message)
            if self.acknowledge:
                self.send(wire.Ack(message.seq))
        return message

    def receive(self, kind, timeout_s: float = 10.0):
        """The next message of a kind."""
        end_s = time.monotonic() + timeout_s
        while time.monotonic() < end_s:
            message = self.next(end_s - time.monotonic())
            if isinstance(message, kind):
                return message
        raise AssertionError(f"no {kind.__name__} within {timeout_s} s")

    def settle(self, timeout_s: float = 10.0) -> wire.Status:
        """Read until the server is idle with everything sent; the last frame is then the last state's."""
        end_s = time.monotonic() + timeout_s
        while True:
            status = self.receive(wire.Status, end_s - time.monotonic())
            if status.state is wire.State.IDLE and status.op_seq == self.seq:
                return status

    @property
    def code(self) -> int:
        return read_code(self.frames[-1].jpeg)

    def close(self) -> None:
        self._open.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
