"""Health routes: /healthz (the process is alive), /readyz (it can draw), /metrics (numbers for Prometheus)."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from sprint_live.errors import BusyError
from sprint_live.live.observability.metrics import CONTENT_TYPE
from sprint_live.live.rendering.worker_state import WorkerState
from sprint_live.live.security.access_control import AccessPolicy
from sprint_live.live.sessions.hub import Hub

__all__ = ["Health", "ServerHealth", "add_health_routes"]

RETRY_AFTER = {"Retry-After": "2"}


class Health(Protocol):
    """How whatever answers under this address is: one server, or all replicas of a cluster.
    Raises: BusyError if one does not say.
    """

    async def readiness(self) -> dict[str, Any]:
        """ "ready": True if it can draw, with further details for an operator."""
        ...

    async def metrics(self) -> bytes:
        """In Prometheus' text format."""
        ...


class ServerHealth:
    """Of one server."""

    def __init__(self, hub: Hub, stopping: Callable[[], bool]) -> None:
        self._hub, self._stopping = hub, stopping

    async def readiness(self) -> dict[str, Any]:
        """ready, state, error."""
        worker = self._hub.worker
        ready = worker.state == WorkerState.READY and not self._stopping()
        return {"ready": ready, "state": "stopping" if self._stopping() else worker.state, "error": worker.failure}

    async def metrics(self) -> bytes:
        """Its own."""
        return self._hub.metrics.text()


def add_health_routes(app: FastAPI, policy: AccessPolicy, health: Health) -> None:
    """The three routes. /metrics needs the token where there is one, and comes from this machine alone where there is
    none.
    """

    @app.get("/healthz")
    async def healthz() -> dict[str, bool]:
        return {"alive": True}

    @app.get("/readyz")
    async def readyz() -> Response:
        try:
            readiness = await health.readiness()
        except BusyError as error:
            readiness = {"ready": False, "state": "busy", "error": str(error)}
        return JSONResponse(readiness, 200, {}) if readiness["ready"] else JSONResponse(readiness, 503, RETRY_AFTER)

    @app.get("/metrics")
    async def metrics(request: Request) -> Response:
        if policy.token is None and not _from_here(request):
            return Response("no metrics for other machines without a token", 403)
        try:
            return Response(await health.metrics(), headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"})
        except BusyError as error:
            return Response(str(error), 503, RETRY_AFTER)


def _from_here(request: Request) -> bool:
    """True if the client is on this machine; a proxy here names its client in X-Forwarded-For, which uvicorn reads."""
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
