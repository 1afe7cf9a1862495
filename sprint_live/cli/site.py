"""`sprint-live site OUT`: a static folder that draws in the browser, without a server; `--serve` shows it here."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "site"
HELP = "write a static folder whose page draws in the browser, without a server; --serve shows it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="folder to write: empty or new; with --serve also a finished one"
    )
    parser.add_argument(
        "--serve", action="store_true", help="show it on this machine, with the headers that threads need"
    )
    parser.add_argument("--port", type=int, default=7861, help="port for --serve (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    if not (args.serve and (args.out / "model" / "manifest.json").is_file()):
        from sprint_live.site.build import build_site

        site = build_site(args.out)
        print(
            f"{args.out}: {site.num_files} files; a first visit fetches {site.model_bytes / 1e6:.1f} MB of model and "
            f"runtime and {site.page_bytes / 1e6:.1f} MB of page"
        )
    if args.serve:
        from sprint_live.site.serve import site_server

        with site_server(args.out, args.port) as server:
            print(f"Sprint Live: http://127.0.0.1:{server.server_address[1]}", flush=True)
            server.serve_forever()
    return 0
