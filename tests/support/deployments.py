"""Where the same server runs: each deployment is a context manager that yields its address and a way to break it.

Every one draws with `faulty.load_faulty`: 10 ms a picture that carries a code of its strokes, and a failure for each of
the prompts that faulty.py lists. It asks for TOKEN, and takes the word of a proxy on this machine for a client's
address.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

import pytest

from sprint_live.live.security.rate_limits import ClientLimits
from support.faulty import load_faulty
from support.running import RunningServer

TOKEN = "sesam"
CONNECTIONS_A_CLIENT = 6


@dataclass(frozen=True)
class Deployment:
    """base: http address. token: what it asks for. kill: end, without a warning,
    what draws for the people of this seat.

    connections_a_client: how many one address may hold at once (a client's address is its X-Forwarded-For here).
    """

    base: str
    token: str
    kill: Callable[[str], None]
    connections_a_client: int = CONNECTIONS_A_CLIENT


@contextlib.contextmanager
def one_process() -> Iterator[Deployment]:
    """`sprint-live serve`: the server here, its engine in a child."""
    server = RunningServer(
        loader=load_faulty,
        isolate=True,
        token=TOKEN,
        limits=ClientLimits(sockets_a_client=CONNECTIONS_A_CLIENT),
    )
    server.wait_until("/readyz")
    try:
        yield Deployment(server.base, TOKEN, lambda seat: os.kill(server.server.worker.engine_pid, signal.SIGKILL))
    finally:
        server.stop()


@contextlib.contextmanager
def two_replicas() -> Iterator[Deployment]:
    """`sprint-live cluster` on this machine: two CPU replicas under Ray Serve, of which one is killed."""
    if find_spec("ray") is None:
        pytest.skip("Ray Serve is not installed: pip install 'sprint-live[cluster]'")
    from support.cluster.deployed import Cluster

    with Cluster(loader="support.faulty.load_faulty", token=TOKEN, people_a_client=CONNECTIONS_A_CLIENT) as running:
        yield Deployment(running.base, TOKEN, running.kill)


DEPLOYMENTS: dict[str, Callable[[], contextlib.AbstractContextManager[Deployment]]] = {
    "one process": one_process,
    "two replicas": two_replicas,
}
