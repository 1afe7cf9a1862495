"""`sprint-live serve`, and `sprint-live` alone: the live canvas in a browser."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from pathlib import Path

from sprint_live.cli._model import accept_terms, add_batch_argument, add_model_arguments, fit_of, load_for_people

NAME = "serve"
HELP = "open the live canvas (default: http://127.0.0.1:7860)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=None, help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=port_number, default=7860, help="port to listen on (default: %(default)s)")
    add_model_arguments(parser)
    add_batch_argument(parser)
    parser.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="open the page in a browser (default: yes on a desktop)",
    )
    gate = parser.add_mutually_exclusive_group()
    gate.add_argument(
        "--token",
        default=None,
        help="the token required at an address other than loopback (default: a new one, printed once)",
    )
    gate.add_argument("--no-token", action="store_true", help="let everybody who can reach the port draw")
    parser.add_argument(
        "--isolate",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="run the model in a process of its own, which is replaced when it hangs or dies (default: yes)",
    )
    parser.add_argument(
        "--log-json", action="store_true", help="log one JSON object per line (never prompts or pictures)"
    )
    parser.add_argument(
        "--check",
        action="append",
        default=[],
        metavar="NAME[=ARGUMENT]",
        help="check prompts or pictures, e.g. words=FILE; may be repeated",
    )
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let pages of this origin use the server, e.g. https://draw.example.org:8443; may be repeated",
    )
    parser.add_argument("--tls-cert", type=Path, default=None, help="PEM file with the certificate, to serve https")
    parser.add_argument("--tls-key", type=Path, default=None, help="PEM file with its key")


def run(args: argparse.Namespace) -> int:
    from sprint_live.live import serve
    from sprint_live.live.server.zero_gpu import on_zero_gpu, serve_on_zero_gpu

    accept_terms(args)
    if on_zero_gpu(os.environ):
        import spaces  # pyright: ignore[reportMissingImports]  # before torch: it stands in for a GPU not there yet

        serve_on_zero_gpu(load_for_people(args), spaces.GPU, port=args.port, log_json=args.log_json)
        return 0
    fit_of(args)  # refuses options that exclude each other before a page opens
    open_browser = on_a_desktop() if args.open is None else args.open
    serve(
        functools.partial(load_for_people, args),
        host=args.host,
        port=args.port,
        open_browser=open_browser,
        token=args.token,
        no_token=args.no_token,
        isolate=args.isolate,
        log_json=args.log_json,
        certificate=args.tls_cert,
        key=args.tls_key,
        checks=args.check,
        allow_origins=args.allow_origin,
    )
    return 0


def port_number(text: str) -> int:
    """A TCP port; 0 takes any free one."""
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"got {text!r}; accepted: 0..65535")
    return port


def on_a_desktop() -> bool:
    """True where a person sits at this terminal and a window can open."""
    has_screen = sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return sys.stdout.isatty() and has_screen and "SSH_CONNECTION" not in os.environ
