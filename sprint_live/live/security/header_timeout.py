"""uvicorn's HTTP connection with a time limit for headers: half a request line held open for hours costs a socket.

uvicorn times out only between requests (`timeout_keep_alive`), not before or within the headers of one.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["HeaderTimeoutProtocol"]


class HeaderTimeoutProtocol(H11Protocol):
    """Closes a connection whose next request is not complete to its last header within `HEADERS_WITHIN_S` of its first
    byte.
    """

    HEADERS_WITHIN_S = 10.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection that never says anything counts from here."""
        super().connection_made(transport)
        self._headers_timer: asyncio.TimerHandle | None = self._in_time()

    def data_received(self, data: bytes) -> None:
        """Start the clock at the first byte of a request, stop it when its headers are there."""
        super().data_received(data)
        if not self._in_headers():
            self._stop_clock()
        elif self._headers_timer is None:
            self._headers_timer = self._in_time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing to wait for any more."""
        self._stop_clock()
        super().connection_lost(exc)

    def _in_time(self) -> asyncio.TimerHandle:
        return self.loop.call_later(self.HEADERS_WITHIN_S, self._give_up)

    def _stop_clock(self) -> None:
        if self._headers_timer is not None:
            self._headers_timer.cancel()
            self._headers_timer = None

    def _in_headers(self) -> bool:
        """True if the next request has begun, or should, but its headers are not complete."""
        upgraded = self.transport.get_protocol() is not self
        answering = self.cycle is not None and not self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison]
        between = self.timeout_keep_alive_task is not None
        return not (upgraded or answering or between)

    def _give_up(self) -> None:
        self._headers_timer = None
        if self._in_headers() and not self.transport.is_closing():
            self.transport.close()
