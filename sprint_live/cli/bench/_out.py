"""Where a result goes."""

from __future__ import annotations

import argparse
from pathlib import Path

from sprint_live.errors import ArgumentError, refusal


def add_out(parser: argparse.ArgumentParser, default: str) -> None:
    """`--out FILE.json`; `default` says where it goes without."""
    parser.add_argument("--out", type=Path, default=None, help=f"file to write (default: {default})")


def check_out(out: Path | None) -> None:
    """Raises: ArgumentError for another file than a .json."""
    if out is not None and out.suffix != ".json":
        raise ArgumentError(
            refusal(got=f"--out {out}", accepted="a .json", fix="name one; its table and plot get the same name")
        )
