"""A real server in a thread, around a stand-in engine."""

from __future__ import annotations

import threading
import time

import httpx

from sprint_live.live.server.server import LiveServer
from support.standin import StandInEngine


class RunningServer:
    """A LiveServer in its own thread on a free port; `engine` is the stand-in it draws with."""

    def __init__(self, engine=None, loader=None, **options):
        self.engine = engine or StandInEngine()
        self.server = LiveServer(loader or (lambda: self.engine), **{"port": 0, **options})
        self._thread = threading.Thread(target=self.server.run, daemon=True)
        self._thread.start()
        self.base = f"http://127.0.0.1:{self.server.port}"

    def wait_until(self, path: str, status: int = 200, timeout_s: float = 90.0) -> httpx.Response:
        """Ask until the status is this one."""
        end_s = time.monotonic() + timeout_s
        while True:
            try:
                answer = httpx.get(self.base + path, timeout=5, trust_env=False)
                if answer.status_code == status:
                    return answer
            except httpx.TransportError:
                pass
            assert time.monotonic() < end_s, f"{path} did not answer {status} within {timeout_s} s"
            time.sleep(0.05)

    def stop(self) -> None:
        self.server.stop()
        self._thread.join(15)
        assert not self._thread.is_alive()
