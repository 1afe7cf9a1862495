"""`sprint-live bench picture`: engine.draw beside the plain pipelines, by stage, with its floor."""

from __future__ import annotations

import argparse
import importlib
import time

from sprint_live.cli.bench import _engine

HELP = "measure a drawing (and small changes, optimizations one by one, the canvas)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    _engine.add_runs(parser)
    parser.add_argument(
        "--size",
        type=_engine.size,
        default=None,
        metavar="PX",
        help="side in pixels, or HEIGHTxWIDTH (default: the model's own)",
    )
    parser.add_argument("--steps", type=int, default=1, help="1 to 4 (default: %(default)s)")
    parser.add_argument(
        "--edit",
        type=int,
        default=None,
        metavar="PX",
        help="also measure drawings that differ in a square of so many pixels",
    )
    parser.add_argument(
        "--plan",
        action="store_true",
        help="also measure the optimizations one after another, beside what they were predicted to bring",
    )
    parser.add_argument("--live", action="store_true", help="also measure the canvas, from stroke to painted picture")
    _engine.add_engine_arguments(parser, out="assets/bench/MODEL-DEVICE.json")


def run(args: argparse.Namespace) -> int:
    """Measure, write, and print one line."""
    _engine.check(args)
    from sprint_live.bench import plots
    from sprint_live.bench.circumstances import circumstances, peak_rss_mib
    from sprint_live.bench.drawing import measure_drawing
    from sprint_live.bench.edits import measure_edits
    from sprint_live.bench.markdown import drawing_tables
    from sprint_live.bench.plan import measure_plan

    begin = time.perf_counter()
    engine = _engine.engine_of(args)
    load_s = time.perf_counter() - begin
    size = args.size or engine.model.default_size
    common = {"size": size, "steps": args.steps, "runs": args.runs, "warm_up": args.warm_up}
    rounds = args.runs + args.warm_up
    with _engine.progress(rounds, "drawing") as advance:
        measured = measure_drawing(engine, **common, advance=advance)
    if args.edit is not None:
        with _engine.progress(rounds, "editing") as advance:
            measured["edit"] = measure_edits(engine, **common, edit_px=args.edit, advance=advance)
    if args.plan:
        encode_gflop = sum(measured["stages"]["encode"][kind] for kind in ("conv_gflop", "gemm_gflop"))
        share = encode_gflop / measured["gflop_per_frame"]
        with _engine.progress(rounds, "plan") as advance:
            measured["plan"] = measure_plan(
                engine, runs=args.runs, warm_up=args.warm_up, encode_share=share, advance=advance
            )
    if args.live:
        measured["live"] = importlib.import_module("sprint_live.live.loadtest.pen_to_picture").measure_overhead()
    height, width = size if isinstance(size, tuple) else (size, size)
    report = {
        "what": f"engine.draw, {height}x{width}, {args.steps} step(s), a new drawing each time",
        **_engine.about(engine, args),
        "runs": args.runs,
        **measured,
        "load_s": round(load_s, 2),
        "peak_rss_mib": round(peak_rss_mib()),
        **circumstances(engine.device),
    }
    out = _engine.write(report, engine, args, "", drawing_tables, plots.plot_drawing)
    total, plain = report["engine_ms"]["total"], report["baseline_ms"]
    print(
        f"engine.draw {total['median']:.0f} ms (p95 {total['p95']:.0f}), pipeline {plain['median']:.0f} ms, "
        f"floor {report['floor_ms']:.0f} ms,"
    )
    print(f"{report['gflop_per_frame']:.1f} GFLOP a picture, {report['peak_rss_mib']} MiB at most; written to {out}")
    return 0
