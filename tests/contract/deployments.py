"""Where the same server runs: each deployment is a context manager that yields its address and a way to break it.

Every one draws with `faulty.load_faulty`: 10 ms a picture that carries a code of its strokes, and a failure for each of the
prompts that faulty.py lists. It asks for TOKEN, and takes the word of a proxy on this machine for a client's address.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from faulty import load_faulty
from running import RunningServer

from sprint_live.live.engine_process import EngineProcess
from sprint_live.live.limits import ClientLimits

TOKEN = "sesam"
CONNECTIONS_A_CLIENT = 6


@dataclass(frozen=True)
class Deployment:
    """base: http address. token: what it asks for. kill: end, without a warning, what draws for the session of this id.

    connections_a_client: how many one address may hold at once (a client's address is its X-Forwarded-For here).
    """

    base: str
    token: str
    kill: Callable[[bytes], None]
    connections_a_client: int = CONNECTIONS_A_CLIENT


@contextlib.contextmanager
def one_process() -> Iterator[Deployment]:
    """`sprint-live serve`: the server here, its engine in a child."""
    server = RunningServer(
        loader=functools.partial(EngineProcess, load_faulty), token=TOKEN, limits=ClientLimits(sockets_a_client=CONNECTIONS_A_CLIENT)
    )  # fmt: skip
    server.wait_until("/readyz")
    try:
        yield Deployment(server.base, TOKEN, lambda session_id: os.kill(server.server.worker.engine_pid, signal.SIGKILL))
    finally:
        server.stop()


DEPLOYMENTS: dict[str, Callable[[], contextlib.AbstractContextManager[Deployment]]] = {"one process": one_process}
