"""CPU time of the messages that a pen sends: what one costs the event loop, whatever else the machine does meanwhile.

Knows: the hub's `receive`.  Must not know: sockets, who sends.
"""

from __future__ import annotations

import time
from array import array

import numpy as np

from sprint_live.live.sessions.hub import Hub
from sprint_live.live.sessions.session import Session
from sprint_live.live.wire.protocol import Begin, End, Message, Points

__all__ = ["MessageCost"]

BIN_NS = 100
NUM_BINS = 200_000  # up to 20 ms; the last bin has all that took longer


class MessageCost:
    """Thread CPU time of every BEGIN, POINTS and END that a hub receives, from now on.

    Counted in bins of 0.1 us and not kept one by one, so that an hour of messages takes no more memory than the first.
    A resent drawing comes in other messages and is not counted.
    """

    def __init__(self, hub: Hub) -> None:
        self._bins = array("L", bytes(array("L").itemsize * NUM_BINS))
        self._receive = hub.receive
        hub.receive = self._timed

    def _timed(self, session: Session, message: Message) -> None:
        begin_ns = time.thread_time_ns()
        self._receive(session, message)
        took_ns = time.thread_time_ns() - begin_ns
        if isinstance(message, Begin | Points | End):
            self._bins[min(took_ns // BIN_NS, NUM_BINS - 1)] += 1

    def summary(self) -> dict[str, float]:
        """`messages`, how many there were, and `p50`, `p95`, `p99` of their CPU time in us; zeros before the first."""
        up_to = np.cumsum(np.asarray(self._bins, np.int64))
        places = {f"p{share}": int(np.searchsorted(up_to, up_to[-1] * share / 100)) for share in (50, 95, 99)}
        return {"messages": int(up_to[-1]), **{name: round(place * BIN_NS / 1e3, 1) for name, place in places.items()}}
