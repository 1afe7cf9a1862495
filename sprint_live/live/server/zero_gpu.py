"""Serving on Hugging Face's ZeroGPU, which lends a visitor a GPU for a minute and passes only Gradio events.

Hub, sessions and page are the same as elsewhere; three things differ. The engine draws in leases (gpu_leases.py). The
page uses Gradio events, because only these carry a visitor's right to the GPU; the other two transports are off. And
Gradio starts the server, because the `spaces` package hooks into `Blocks.launch`.

Knows: how `spaces` wants to be used.  Must not know: the package itself, which is handed in; torch.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from sprint_live.live.observability.logs import set_up_logs
from sprint_live.live.rendering.drawing_engine import DrawingEngine, in_this_process
from sprint_live.live.rendering.gpu_leases import LEASE_S, LeasedEngine, Leases, lease
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.security.access_control import AccessMiddleware, AccessPolicy
from sprint_live.live.security.body_limits import BodyLimitMiddleware
from sprint_live.live.security.rate_limits import ClientLimits, ConnectionLimiter, RateLimitMiddleware
from sprint_live.live.server.application import running
from sprint_live.live.server.front_page import FrontPage
from sprint_live.live.server.health import ServerHealth, add_health_routes
from sprint_live.live.server.photo_route import add_photo_route
from sprint_live.live.server.program_api import ProgramApi
from sprint_live.live.server.timelapse_route import add_timelapse_route
from sprint_live.live.server.web_files import WebFiles
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.transports.long_poll import LongPollConnections
from sprint_live.private_folders import use_own_gradio_folder

__all__ = ["on_zero_gpu", "serve_on_zero_gpu"]

log = logging.getLogger("sprint_live")


def on_zero_gpu(environment: Mapping[str, str]) -> bool:
    """True on a Space whose hardware is ZeroGPU, read as the `spaces` package reads it."""
    return environment.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")


def serve_on_zero_gpu(
    engine: DrawingEngine, gpu: Callable[..., Any], *, port: int = 7860, log_json: bool = True
) -> None:
    """Serve until SIGTERM. engine: loaded in this process, before the call. gpu: `spaces.GPU`."""
    set_up_logs(as_json=log_json)
    leases = Leases(engine, gpu(duration=LEASE_S)(lease))
    worker = Worker(in_this_process(lambda: LeasedEngine(leases)))
    hub = Hub(worker)
    hub.lend_engine_by(leases.has)
    ending, ended = threading.Event(), threading.Event()
    page, options = _page(hub, leases, ending, ended)
    with _until_signaled(ending):
        page.launch(server_name="0.0.0.0", server_port=port, **options)
        print(f"Sprint Live: http://localhost:{page.server_port}/", flush=True)
        log.info("server_started", extra={"port": page.server_port})
        ending.wait()
        ended.wait(10)
    page.close()
    worker.stop(timeout_s=1.0)
    log.info("server_stopped")


def _page(hub: Hub, leases: Leases, ending: threading.Event, ended: threading.Event) -> tuple[Any, dict[str, Any]]:
    """The page, and what to launch it with."""
    use_own_gradio_folder()
    from sprint_live.live.server.gradio_api import add_endpoints
    from sprint_live.live.server.page import LOOK, build_page
    from sprint_live.live.transports.gradio_events import EventTransport

    policy = AccessPolicy(
        hosts=None, origins=frozenset({f"https://{os.environ['SPACE_HOST']}"} if os.environ.get("SPACE_HOST") else ())
    )
    limits = ClientLimits()
    limiter = ConnectionLimiter(limits)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        leases.on_change = lambda session_id, error: loop.call_soon_threadsafe(hub.engine_changed, session_id, error)
        async with running(hub, ending.is_set, ended.set):
            yield

    ours = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_health_routes(ours, policy, ServerHealth(hub, ending.is_set))
    add_photo_route(ours, hub.worker)
    add_timelapse_route(ours)
    files = WebFiles()
    ours.mount("/live-web", files, name="live-web")

    def add_events() -> None:
        add_endpoints(ProgramApi(hub.worker, entered=leases.entered))
        EventTransport(LongPollConnections(hub, limiter), policy, visit=leases.visit).add()

    page = build_page(events=add_events)
    middleware = [
        Middleware(RateLimitMiddleware, limits=limits, limiter=limiter, refused=hub.metrics.refused),
        Middleware(AccessMiddleware, policy=policy),
        Middleware(BodyLimitMiddleware),
        Middleware(FrontPage, files=files, transport="events"),
    ]
    app = {
        "routes": list(ours.routes),
        "middleware": middleware,
        "lifespan": lifespan,
        "docs_url": None,
        "redoc_url": None,
        "openapi_url": None,
    }
    return page, {**LOOK, "prevent_thread_lock": True, "quiet": True, "share": False, "app_kwargs": app}


@contextlib.contextmanager
def _until_signaled(ending: threading.Event) -> Iterator[None]:
    before = {number: signal.signal(number, lambda *_: ending.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
