"""For whoever runs the server: /healthz = the process is alive, /readyz = it can draw, /metrics = numbers for Prometheus."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from sprint_live.live.gate import AccessPolicy
from sprint_live.live.hub import Hub
from sprint_live.live.metrics import CONTENT_TYPE

__all__ = ["add_health_routes"]


def add_health_routes(app: FastAPI, hub: Hub, policy: AccessPolicy, stopping: Callable[[], bool]) -> None:
    """The three routes. /metrics needs the token where there is one, and comes from this machine alone where there is none."""
    worker = hub.worker

    @app.get("/healthz")
    async def healthz() -> dict[str, bool]:
        return {"alive": True}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        ready = worker.state == "ready" and not stopping()
        state = "stopping" if stopping() else worker.state
        headers = {} if ready else {"Retry-After": "2"}
        return JSONResponse({"ready": ready, "state": state, "error": worker.failure}, 200 if ready else 503, headers)

    @app.get("/metrics")
    async def metrics(request: Request) -> Response:
        if policy.token is None and not _from_here(request):
            return Response("no metrics for other machines without a token", 403)
        return Response(hub.metrics.text(), headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"})


def _from_here(request: Request) -> bool:
    """True if the client is on this machine; a proxy here names its client in X-Forwarded-For, which uvicorn reads."""
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
