"""`sprint-live bench reconnect`: a crowd comes back to a server whose engine takes exactly 50 ms."""

from __future__ import annotations

import argparse
from pathlib import Path

from sprint_live.cli.bench._out import add_out, check_out

HELP = "measure the server: people who come back at once, on a 50 ms stand-in engine"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--people", type=int, required=True, metavar="N", help="how many come back")
    parser.add_argument("--seconds", type=float, default=5.0, help="within how long all come (default: %(default)s)")
    add_out(parser, "assets/bench/reconnect-PEOPLE.json")


def run(args: argparse.Namespace) -> int:
    """Measure, write a report, and print it."""
    check_out(args.out)
    from sprint_live.bench.circumstances import cpu_report
    from sprint_live.live.loadtest.reconnects import measure_returns

    measured = measure_returns(args.people, args.seconds)
    out = args.out or Path("assets/bench") / f"reconnect-{args.people}.json"
    cpu_report(
        f"{args.people} people come back within {args.seconds:g} s, on a stand-in engine of 50 ms", measured, out
    )
    for name in ("same_server", "restarted_server"):
        told = measured[name]
        print(
            f"{name.replace('_', ' ')}: {told['restored']} restored, {told['resumed']} of them resumed, "
            f"all after {told['all_after_s']:.1f} s, each within {told['each_ms']['p99']:.0f} ms (p99)"
        )
    print(f"written to {out}")
    return 0
