"""`sprint-live bench compare A B`: what differs between two results."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "print what differs between two results, number by number"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("first", type=Path, metavar="A", help="a .json that bench wrote")
    parser.add_argument("second", type=Path, metavar="B", help="another one")


def run(args: argparse.Namespace) -> int:
    """Print a table; what makes the two incomparable comes first."""
    from sprint_live.bench.compare import comparison, read_report

    names = (args.first.name, args.second.name)
    print(comparison(read_report(args.first), read_report(args.second), names), end="")
    return 0
