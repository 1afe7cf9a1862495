"""`sprint-live bench curves`: milliseconds against size, steps, dirty area and people in a call."""

from __future__ import annotations

import argparse

from sprint_live.cli.bench import _engine

HELP = "measure milliseconds against size, steps, dirty area and people in a call"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    _engine.add_runs(parser)
    _engine.add_engine_arguments(parser, out="assets/bench/MODEL-DEVICE-curves.json")


def run(args: argparse.Namespace) -> int:
    """Measure, write, and print one line."""
    _engine.check(args)
    from sprint_live.bench import plots
    from sprint_live.bench.circumstances import circumstances
    from sprint_live.bench.curves import measure_curves, num_rounds
    from sprint_live.bench.markdown import curve_tables

    engine = _engine.engine_of(args)
    with _engine.progress(num_rounds(args.runs, args.warm_up), "curves") as advance:
        curves = measure_curves(engine, runs=args.runs, warm_up=args.warm_up, advance=advance)
    report = {
        "what": "milliseconds of engine.draw against size, steps, dirty area and people in a call",
        **_engine.about(engine, args),
        "runs": args.runs,
        "curves": curves,
        **circumstances(engine.device),
    }
    out = _engine.write(report, engine, args, "-curves", curve_tables, plots.plot_curves)
    print(f"a call should hold at most {curves['batch']['best_batch']} picture(s) here; written to {out}")
    return 0
