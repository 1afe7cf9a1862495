"""`sprint-live bench load`: a crowd draws on a server whose engine takes exactly 50 ms."""

from __future__ import annotations

import argparse
from pathlib import Path

from sprint_live.cli.bench._out import add_out, check_out

HELP = "measure the server: people who draw, on a 50 ms stand-in engine (needs matplotlib)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--people", type=int, required=True, metavar="N", help="how many draw, 10 strokes a second each"
    )
    parser.add_argument("--seconds", type=float, default=600.0, help="how long they draw (default: %(default)s)")
    parser.add_argument(
        "--strokes",
        type=int,
        default=0,
        metavar="N",
        help="so many strokes are on everybody's paper at the beginning (default: %(default)s)",
    )
    add_out(parser, "assets/bench/load-PEOPLE.json")


def run(args: argparse.Namespace) -> int:
    """Measure, write a report and its plot, and print it."""
    check_out(args.out)
    from sprint_live.bench.circumstances import cpu_report
    from sprint_live.live.loadtest.load import measure_load
    from sprint_live.live.loadtest.plot import plot_load, require_matplotlib

    require_matplotlib()  # before the ten minutes, not after them
    measured = measure_load(args.people, args.seconds, strokes_before=args.strokes)
    what = f"{args.people} people, 10 strokes a second each, on a stand-in engine of 50 ms"
    name = f"load-{args.people}"
    if args.strokes:
        what, name = f"{what}; {args.strokes} strokes before", f"{name}-strokes-{args.strokes}"
    out = args.out or Path("assets/bench") / f"{name}.json"
    plot_load(cpu_report(what, measured, out), out.with_suffix(".png"))
    overhead_ms, rss_mib, cpu_us = measured["overhead_ms"], measured["rss_mib"], measured["message_cpu_us"]
    print(
        f"overhead p50 {overhead_ms['p50']:.1f} ms, p99 {overhead_ms['p99']:.1f} ms, {measured['pictures']} pictures, "
        f"left over {measured['left_over']},"
    )
    print(f"CPU time of each of {cpu_us['messages']} messages p50 {cpu_us['p50']:.1f} us, p99 {cpu_us['p99']:.1f} us,")
    print(
        f"memory {rss_mib['begin']:.0f} MiB at the beginning, {rss_mib['warm']:.0f} warm, {rss_mib['end']:.0f} at the "
        f"end ({measured['rss_growth']:+.1%}, {measured['leak_mib_an_hour']:+.1f} MiB an hour); written to {out}, "
        f"drawn in {out.with_suffix('.png').name}"
    )
    return 0
