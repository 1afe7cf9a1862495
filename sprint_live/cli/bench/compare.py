"""`sprint-live bench compare OLD NEW`: what differs between two results, and what got slower."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "print what differs between two results, number by number, and what got slower by more than its spread"

NOTHING = "Nothing got slower by more than its spread."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("first", type=Path, metavar="OLD", help="a .json that bench wrote")
    parser.add_argument("second", type=Path, metavar="NEW", help="a later one")


def run(args: argparse.Namespace) -> int:
    """Print a table; what makes the two incomparable comes first, what got slower last."""
    from sprint_live.bench.compare import comparison, read_report
    from sprint_live.bench.slower import slower

    names = (args.first.name, args.second.name)
    first, second = read_report(args.first), read_report(args.second)
    print(comparison(first, second, names))
    found = slower(first, second)
    print("\n".join(["Slower by more than its spread:", *(f"- {line}" for line in found)]) if found else NOTHING)
    return 0
