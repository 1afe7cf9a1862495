"""The web application: our routes, the page and its files, and the Gradio app, behind limits and access check.

Knows: every transport.  Must not know: sockets and ports, processes, signals.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI, WebSocket

from sprint_live.live.rendering.worker import Worker
from sprint_live.live.security.access_control import AccessMiddleware, AccessPolicy
from sprint_live.live.security.body_limits import BodyLimitMiddleware
from sprint_live.live.security.rate_limits import ClientLimits, ConnectionLimiter, RateLimitMiddleware
from sprint_live.live.server.front_page import FrontPage
from sprint_live.live.server.health import Health, ServerHealth, add_health_routes
from sprint_live.live.server.licenses import add_licenses_route
from sprint_live.live.server.photo_route import add_photo_route
from sprint_live.live.server.program_api import ProgramApi
from sprint_live.live.server.timelapse_route import add_timelapse_route
from sprint_live.live.server.web_files import WebFiles
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.transports.http_post import add_post_route
from sprint_live.live.transports.long_poll import LongPollConnections
from sprint_live.live.transports.websocket import talk
from sprint_live.private_folders import use_own_gradio_folder

__all__ = ["build_app", "running"]

log = logging.getLogger("sprint_live")

DRAIN_WITHIN_S = 8.0


def build_app(
    worker: Worker,
    policy: AccessPolicy,
    limits: ClientLimits = ClientLimits(),  # noqa: B008  # frozen
    *,
    transport: str = "auto",
    stopping: Callable[[], bool] = lambda: False,
    stopped: Callable[[], None] = lambda: None,
    health: Health | None = None,
) -> FastAPI:
    """Build the whole application: the live routes, the page, its files, and the Gradio app, behind the access check.

    transport: the transport the page uses, one of page.TRANSPORTS. stopping: True once the server should end. stopped:
    called when the last picture is sent and the clients are closed. health: the source of /readyz and /metrics; None
    for this server's own, app.state.health.
    """
    hub = Hub(worker)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running(hub, stopping, stopped):
            yield

    app = FastAPI(title="Sprint Live", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.hub, app.state.health = hub, ServerHealth(hub, stopping)

    @app.websocket("/live")
    async def live(websocket: WebSocket) -> None:
        await talk(websocket, hub, policy)

    add_health_routes(app, policy, health or app.state.health)
    add_photo_route(app, worker)
    add_licenses_route(app, worker)
    add_timelapse_route(app)
    limiter = ConnectionLimiter(limits)
    connections = LongPollConnections(hub, limiter)
    add_post_route(app, connections, policy)
    files = WebFiles()
    app.mount("/live-web", files, name="live-web")
    use_own_gradio_folder()  # before Gradio is imported: it makes its folders then
    from sprint_live.live.server.page import build_page, checked_transport, mount_page

    app = mount_page(app, build_page(events=lambda: _add_events(worker, connections, policy)))
    app.add_middleware(FrontPage, files=files, transport=checked_transport(transport))
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(AccessMiddleware, policy=policy)
    app.add_middleware(RateLimitMiddleware, limits=limits, limiter=limiter, refused=hub.metrics.refused)
    return app


def _add_events(worker: Worker, connections: LongPollConnections, policy: AccessPolicy) -> None:
    from sprint_live.live.server.gradio_api import add_endpoints
    from sprint_live.live.transports.gradio_events import EventTransport

    add_endpoints(ProgramApi(worker))
    EventTransport(connections, policy).add()


@contextlib.asynccontextmanager
async def running(hub: Hub, stopping: Callable[[], bool], stopped: Callable[[], None]) -> AsyncIterator[None]:
    """Run the hub's tasks for the life of the app, and end them when that is asked for."""
    engine_task = asyncio.create_task(hub.run())
    end_task = asyncio.create_task(_end(hub, stopping, stopped))
    try:
        yield
    finally:
        for task in (engine_task, end_task):
            task.cancel()
        await asyncio.gather(engine_task, end_task, return_exceptions=True)


async def _end(hub: Hub, stopping: Callable[[], bool], stopped: Callable[[], None]) -> None:
    while not stopping():
        await asyncio.sleep(0.1)
    log.info("server_stopping")
    await hub.drain(DRAIN_WITHIN_S)
    stopped()
