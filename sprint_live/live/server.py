"""The web server: our FastAPI app around the Gradio page, our WebSocket, our limits, under our own uvicorn.

The port opens at once; the model loads behind the page, which says so. /healthz is 200 while the process lives, /readyz
once a picture can be drawn. SIGTERM and Ctrl+C close the clients with 1012, wait for the running picture and exit 0.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import uvicorn
from fastapi import FastAPI, WebSocket
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from sprint_live.errors import PortInUseError, refusal
from sprint_live.live.connection import talk
from sprint_live.live.gate import ANY_IP_ADDRESS, AccessPolicy, Gate
from sprint_live.live.hub import Hub
from sprint_live.live.photo_route import add_photo_route
from sprint_live.live.protocol import MAX_FRAME_BYTES
from sprint_live.live.worker import DrawingEngine, Worker

__all__ = ["LiveServer", "serve"]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
WEB = Path(__file__).parent / "web"


def serve(
    engine_loader: Callable[[], DrawingEngine],
    *,
    host: str | None = None,
    port: int = 7860,
    open_browser: bool = False,
    token: str | None = None,
    no_token: bool = False,
) -> None:
    """Serve the live canvas until SIGTERM or Ctrl+C.

    engine_loader is called in the engine's thread once the port is open. host: loopback if None, every address on a
    Hugging Face Space. An address other than loopback needs a token: `token`, or one made here and printed once, unless
    `no_token` or SPRINT_LIVE_NO_TOKEN=1 says that everybody who reaches the port may draw.
    Raises: PortInUseError if the port is taken.
    """
    LiveServer(engine_loader, host=host, port=port, token=token, no_token=no_token).run(open_browser=open_browser)


class LiveServer:
    """A server with its socket already bound: `url` is known before `run`, which blocks; `stop` may come from any thread.

    Raises: PortInUseError if the port is taken. Port 0 takes any free one.
    """

    def __init__(
        self,
        engine_loader: Callable[[], DrawingEngine],
        *,
        host: str | None = None,
        port: int = 7860,
        token: str | None = None,
        no_token: bool = False,
    ) -> None:
        space = os.environ.get("SPACE_HOST", "") if os.environ.get("SPACE_ID") or os.environ.get("SPACE_HOST") else None
        self.host = host or ("127.0.0.1" if space is None else "0.0.0.0")
        self._socket = _bound_socket(self.host, port)
        self.port: int = self._socket.getsockname()[1]
        self.policy = _access_policy(self.host, token, no_token, space)
        self.worker = Worker(engine_loader)
        self._server: _Uvicorn | None = None

    @property
    def url(self) -> str:
        """The address to open, with the token if there is one."""
        name = "localhost" if self.host in ("0.0.0.0", "::") else self.host
        name = f"[{name}]" if ":" in name else name
        query = f"?token={self.policy.token}" if self.policy.token else ""
        return f"http://{name}:{self.port}/{query}"

    def run(self, *, open_browser: bool = False) -> None:
        """Serve until stopped."""
        print(f"Sprint Live: {self.url}", flush=True)
        app = build_app(self.worker, self.policy, stopping=lambda: self._server is not None and self._server.should_exit)
        config = uvicorn.Config(
            app, ws_max_size=MAX_FRAME_BYTES, ws_per_message_deflate=False, ws_ping_interval=20, ws_ping_timeout=20,
            timeout_graceful_shutdown=10, timeout_keep_alive=30, h11_max_incomplete_event_size=64 << 10,
            log_level="warning", server_header=False,
        )  # fmt: skip
        self._server = _Uvicorn(config)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(self.url,), daemon=True).start()
        try:
            asyncio.run(self._server.serve(sockets=[self._socket]))
        finally:
            self._socket.close()
            self.worker.stop()

    def stop(self) -> None:
        """Ask the server to end; `run` returns soon."""
        if self._server is not None:
            self._server.should_exit = True


def build_app(worker: Worker, policy: AccessPolicy, *, stopping: Callable[[], bool] = lambda: False) -> FastAPI:
    """The whole application: the live routes, our web files, and the Gradio page on top, behind the gate."""
    hub = Hub(worker)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with _running(hub, stopping):
            yield

    app = FastAPI(title="Sprint Live", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.hub = hub

    @app.websocket("/live")
    async def live(websocket: WebSocket) -> None:
        await talk(websocket, hub, policy)

    @app.get("/healthz")
    async def healthz() -> dict[str, bool]:
        return {"alive": True}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        ready = worker.state == "ready" and not stopping()
        state = "stopping" if stopping() else worker.state
        headers = {} if ready else {"Retry-After": "2"}
        return JSONResponse({"ready": ready, "state": state, "error": worker.failure}, 200 if ready else 503, headers)

    add_photo_route(app, worker)
    app.mount("/live-web", _WebFiles(directory=WEB), name="live-web")
    from sprint_live.live.page import mount_page  # gradio takes seconds to import: the socket is bound before

    app = mount_page(app)
    app.add_middleware(Gate, policy=policy)
    return app


@contextlib.asynccontextmanager
async def _running(hub: Hub, stopping: Callable[[], bool]) -> AsyncIterator[None]:
    """The hub's tasks for the life of the app: hand out the engine, and say goodbye as soon as the end is asked for."""
    engine_task = asyncio.create_task(hub.run())
    goodbye_task = asyncio.create_task(_goodbye(hub, stopping))
    try:
        yield
    finally:
        for task in (engine_task, goodbye_task):
            task.cancel()
        await asyncio.gather(engine_task, goodbye_task, return_exceptions=True)


async def _goodbye(hub: Hub, stopping: Callable[[], bool]) -> None:
    while not stopping():
        await asyncio.sleep(0.1)
    hub.say_goodbye()


class _WebFiles(StaticFiles):
    """Our scripts and styles: always checked for a newer version, so an upgrade never runs half old."""

    def file_response(self, *args, **kwargs):  # noqa: ANN002, ANN003, ANN201  # starlette's own signature
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


class _Uvicorn(uvicorn.Server):
    """uvicorn that ends with exit code 0: its own handler raises the signal again after the shutdown."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: object) -> None:
        self.force_exit = self.should_exit and number == signal.SIGINT  # a second Ctrl+C does not wait
        self.should_exit = True


def _bound_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    if os.name != "nt":  # on Windows this option would share the port
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            why = {errno.EADDRINUSE: "taken", errno.EACCES: "not allowed"}.get(error.errno, "no address of this machine")
            message = refusal(got=f"{host}:{port}, which is {why}", accepted="a free port", fix="try --port 7861")
            raise PortInUseError(message) from error
        raise
    bound.setblocking(False)
    return bound


def _access_policy(host: str, token: str | None, no_token: bool, space: str | None) -> AccessPolicy:
    """Loopback: its own names, no token. A Space: any Host (its proxy decides), its own origin. Else: a token."""
    if space is not None:
        return AccessPolicy(hosts=None, origins=frozenset({f"https://{space}"} if space else ()), token=token)
    extra = frozenset(name.strip().lower() for name in os.environ.get("SPRINT_LIVE_ALLOWED_HOSTS", "").split(",") if name)
    if host in LOOPBACK_NAMES:
        return AccessPolicy(hosts=LOOPBACK_NAMES | extra, token=token)
    if no_token or os.environ.get("SPRINT_LIVE_NO_TOKEN") == "1":
        names = LOOPBACK_NAMES | {ANY_IP_ADDRESS, socket.gethostname().lower(), host.lower()} | extra
        return AccessPolicy(hosts=names, token=token)
    return AccessPolicy(hosts=None, token=token or secrets.token_urlsafe(16))
