"""Start Ray and the replicas on this machine, or on a Ray cluster that is there, serve until SIGTERM, and drain.

The canvas listens on the given address. Ray's own ports can run programs. They listen on every address of the machine
and ask for Ray's token (in ~/.ray); the dashboard and usage reports are off. Keep these ports in a private network.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from sprint_live.cluster.plan import DRAIN_WITHIN_S, ClusterPlan
from sprint_live.errors import ArgumentError, PortInUseError, refusal
from sprint_live.live.rendering.drawing_engine import DrawingEngine
from sprint_live.live.security.access_policy import access_policy, address_of
from sprint_live.live.security.rate_limits import ClientLimits
from sprint_live.live.server.server import listening_host
from sprint_live.machine import take_port_alone

__all__ = ["serve_cluster"]

QUIET = {"log_level": "WARNING", "enable_access_log": False}  # an address may hold a token
OBJECT_STORE_BYTES = 100 << 20  # nothing of ours goes through it; Ray would take a third of the memory


def serve_cluster(
    engine_loader: Callable[[], DrawingEngine],
    plan: ClusterPlan,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    token: str | None = None,
    no_token: bool = False,
    isolate: bool = True,
    log_json: bool = False,
    certificate: Path | None = None,
    key: Path | None = None,
    address: str | None = None,
    allow_origins: Sequence[str] = (),
    checks: Sequence[str] = (),
) -> None:
    """Serve the canvas from several replicas until SIGTERM or Ctrl+C.

    address: of a Ray cluster ("auto" or host:port); one of our own on this machine if None. The rest is as in
    `sprint_live.live.serve`, address rules included.
    Raises: ArgumentError without Ray, for what is no origin, or as `ClusterPlan.fitted`; PortInUseError.
    """
    host = listening_host(host)
    policy = access_policy(host, token, no_token, allow_origins=allow_origins)
    _require_ray()
    _require_free(host, port)
    os.environ |= {
        "RAY_AUTH_MODE": "token",
        "RAY_USAGE_STATS_ENABLED": "0",
    } | os.environ  # what the owner has set counts
    import ray
    from ray import serve

    ending = threading.Event()
    if address is None:
        ray.init(
            include_dashboard=False,
            namespace="sprint-live",
            object_store_memory=OBJECT_STORE_BYTES,
        )
    else:
        ray.init(address=address, namespace="sprint-live")
    try:
        plan = plan.fitted(int(ray.cluster_resources().get("GPU", 0)))
        serve.start(
            http_options={
                "host": host,
                "port": port,
                "ssl_certfile": certificate and str(certificate),
                "ssl_keyfile": key and str(key),
            },
            logging_config=QUIET,
        )
        from sprint_live.cluster.replica import Replica

        router = {"request_router_class": "sprint_live.cluster.seats:SeatRouter"}
        deployment = serve.deployment(
            Replica, name="canvas", request_router_config=router, logging_config=QUIET, **plan.options()
        )
        limits = ClientLimits(sockets=plan.people, sockets_a_client=plan.people_a_client)
        handle = serve.run(
            deployment.bind(engine_loader, policy, limits, isolate=isolate, log_json=log_json, checks=tuple(checks)),
            name="sprint-live",
            route_prefix="/",
            logging_config=QUIET,
        )
        for number in (signal.SIGINT, signal.SIGTERM):  # after Ray, which sets its own
            signal.signal(number, lambda *_: ending.set())
        print(f"Sprint Live: {address_of(host, port, policy, https=certificate is not None)}", flush=True)
        ending.wait()
        with suppress(TimeoutError):
            handle.broadcast("drain").results(timeout_s=DRAIN_WITHIN_S)
        serve.shutdown()
    finally:
        ray.shutdown()


def _require_ray() -> None:
    from importlib.util import find_spec

    if find_spec("ray") is None:
        raise ArgumentError(
            refusal(
                got="an installation without Ray Serve",
                accepted="one with it",
                fix='pip install "sprint-live[cluster]"',
            )
        )


def _require_free(host: str, port: int) -> None:
    """Raise if the port is taken: Ray's proxy would only log it and try again."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as asked:
        take_port_alone(asked)
        try:
            asked.bind((host, port))
        except OSError as error:
            message = refusal(
                got=f"{host}:{port}, which is taken or no address of this machine",
                accepted="a free port",
                fix="try --port 7861",
            )
            raise PortInUseError(message) from error
