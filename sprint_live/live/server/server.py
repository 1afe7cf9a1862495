"""The web server: our FastAPI app around the Gradio app, our WebSocket, our limits, under our own uvicorn.

The port opens at once, and the page says that the model is loading. After SIGTERM or Ctrl+C the server starts no new
picture, delivers the running one (within 8 s), closes its clients with 1012, and exits with code 0.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import functools
import logging
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import uvicorn

from sprint_live.errors import ArgumentError, PortInUseError, refusal
from sprint_live.live.moderation.checks import load_check
from sprint_live.live.moderation.moderator import Moderator
from sprint_live.live.observability.logs import set_up_logs
from sprint_live.live.rendering.drawing_engine import DrawingEngine, in_this_process
from sprint_live.live.rendering.engine_process import EngineProcess
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.security.access_policy import access_policy, address_of
from sprint_live.live.security.header_timeout import HeaderTimeoutProtocol
from sprint_live.live.security.rate_limits import ClientLimits
from sprint_live.live.server.application import build_app
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.wire.protocol import MAX_FRAME_BYTES
from sprint_live.machine import take_port_alone

__all__ = ["LiveServer", "check_certificate", "listening_host", "serve"]

log = logging.getLogger("sprint_live")

CLOSE_WITHIN_S = 2


def serve(
    engine_loader: Callable[[], DrawingEngine],
    *,
    host: str | None = None,
    port: int = 7860,
    open_browser: bool = False,
    token: str | None = None,
    no_token: bool = False,
    isolate: bool = False,
    log_json: bool = False,
    certificate: Path | None = None,
    key: Path | None = None,
    checks: Sequence[str] = (),
    allow_origins: Sequence[str] = (),
) -> None:
    """Serve the live canvas until SIGTERM or Ctrl+C.

    engine_loader is called in the engine's thread once the port is open; with `isolate` in a process of its own, which
    is replaced when it hangs or dies, and then it must be importable by name (a function of a module, or a partial of
    one). log_json: one JSON object a line on stderr. checks: of prompts and pictures, "NAME" or "NAME=ARGUMENT" (see
    `checks`). certificate, key: PEM files, to serve https. allow_origins: see `access_policy`. host: loopback if None,
    every address on a Hugging Face Space. An address other than loopback needs a token: `token`, or one made here and
    printed once, unless `no_token` or SPRINT_LIVE_NO_TOKEN=1 says that everybody who reaches the port may draw.
    Raises: PortInUseError if the port is taken; ArgumentError for a certificate without its key,
    or one that is not there.
    """
    set_up_logs(as_json=log_json)
    LiveServer(
        engine_loader,
        isolate=isolate,
        host=host,
        port=port,
        token=token,
        no_token=no_token,
        certificate=certificate,
        key=key,
        checks=checks,
        allow_origins=allow_origins,
    ).run(open_browser=open_browser)


class LiveServer:
    """A server with its socket already bound: `url` is known before `run`, which blocks;
    `stop` may come from any thread.

    Raises: PortInUseError if the port is taken. Port 0 takes any free one.
    """

    def __init__(
        self,
        engine_loader: Callable[[], DrawingEngine],
        *,
        isolate: bool = False,
        host: str | None = None,
        port: int = 7860,
        token: str | None = None,
        no_token: bool = False,
        certificate: Path | None = None,
        key: Path | None = None,
        limits: ClientLimits = ClientLimits(),  # noqa: B008  # frozen
        checks: Sequence[str] = (),
        allow_origins: Sequence[str] = (),
    ) -> None:
        check_certificate(certificate, key)
        space = os.environ.get("SPACE_HOST", "") if os.environ.get("SPACE_ID") or os.environ.get("SPACE_HOST") else None
        self.host = listening_host(host) if host else ("127.0.0.1" if space is None else "0.0.0.0")
        self._socket = _bound_socket(self.host, port)
        self.port: int = self._socket.getsockname()[1]
        self.policy = access_policy(self.host, token, no_token, space, allow_origins)
        load = functools.partial(EngineProcess, engine_loader) if isolate else in_this_process(engine_loader)
        self.worker = Worker(load, moderator=Moderator([load_check(named) for named in checks]))
        self._certificate, self._key, self._limits = certificate, key, limits
        self._transport = os.environ.get("SPRINT_LIVE_TRANSPORT", "auto")
        self._behind_a_proxy = space is not None
        self.hub: Hub | None = None
        """Sessions and metrics, once `run` has built the application."""
        self._server: _Uvicorn | None = None
        self._ending = threading.Event()

    @property
    def url(self) -> str:
        """The address to open, with the token if there is one."""
        return address_of(self.host, self.port, self.policy, https=self._certificate is not None)

    def run(self, *, open_browser: bool = False) -> None:
        """Serve until stopped."""
        print(f"Sprint Live: {self.url}", flush=True)
        self.worker.start()  # in its own process it reads the model while Gradio is imported here
        try:
            app = build_app(
                self.worker,
                self.policy,
                self._limits,
                transport=self._transport,
                stopping=self._ending.is_set,
                stopped=self._stop_now,
            )
            self.hub = app.state.hub
            config = uvicorn.Config(
                app,
                http=HeaderTimeoutProtocol,
                ws_max_size=MAX_FRAME_BYTES,
                ws_per_message_deflate=False,
                ws_ping_interval=20,
                ws_ping_timeout=20,
                timeout_graceful_shutdown=CLOSE_WITHIN_S,
                timeout_keep_alive=30,
                h11_max_incomplete_event_size=64 << 10,
                log_level="warning",
                log_config=None,
                server_header=False,
                forwarded_allow_ips="*" if self._behind_a_proxy else None,
                ssl_certfile=self._certificate,
                ssl_keyfile=self._key,
            )
            self._server = _Uvicorn(config, self._ending)
            log.info("server_started", extra={"port": self.port})
            if open_browser:
                threading.Thread(target=webbrowser.open, args=(self.url,), daemon=True).start()
            asyncio.run(self._server.serve(sockets=[self._socket]))
        finally:
            self._socket.close()
            self.worker.stop(timeout_s=1.0)
            log.info("server_stopped")

    def stop(self) -> None:
        """Ask the server to end; `run` returns once the running picture is sent."""
        self._ending.set()

    def _stop_now(self) -> None:
        if self._server is not None:
            self._server.should_exit = True


class _Uvicorn(uvicorn.Server):
    """uvicorn that drains before it ends, with exit code 0; its own signal handler does neither."""

    def __init__(self, config: uvicorn.Config, ending: threading.Event) -> None:
        super().__init__(config)
        self._ending = ending

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
        if self._ending.is_set() and number == signal.SIGINT:  # a second Ctrl+C does not wait
            self.force_exit = self.should_exit = True
        self._ending.set()


def check_certificate(certificate: Path | None, key: Path | None) -> None:
    """Raises: ArgumentError for a certificate without its key, or one that is not there."""
    if (certificate is None) != (key is None):
        raise ArgumentError(
            refusal(got="a certificate or a key alone", accepted="both or none", fix="give --tls-cert and --tls-key")
        )
    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise ArgumentError(refusal(got=f"{path}, which is no file", accepted="a PEM file", fix="check the path"))


def listening_host(host: str) -> str:
    """A name or address to listen on, without brackets. Raises: ArgumentError for a URL, or what names no address."""
    name = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        if not name or any(char in name for char in "/@?#[]\\ ") or (name.count(":") == 1):
            raise ValueError("no name or address")
        socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # UnicodeError is a ValueError
        why = getattr(error, "strerror", None) or "no name or address alone"
        accepted = "a name or an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1; the port is --port"
        raise ArgumentError(
            refusal(got=f"--host {host!r} ({why})", accepted=accepted, fix="use 0.0.0.0 for every address")
        ) from error
    return name


def _bound_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    take_port_alone(bound)
    try:
        bound.bind((host, port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            why = {errno.EADDRINUSE: "taken", errno.EACCES: "not allowed"}.get(
                error.errno, "no address of this machine"
            )
            message = refusal(got=f"{host}:{port}, which is {why}", accepted="a free port", fix="try --port 7861")
            raise PortInUseError(message) from error
        raise
    bound.setblocking(False)
    return bound
