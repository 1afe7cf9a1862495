"""`sprint-live bench memory`: does memory stay flat over many drawings?"""

from __future__ import annotations

import argparse

from sprint_live.cli.bench import _engine

HELP = "measure memory over many drawings; exit code 1 if it grows"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--frames", type=int, default=10_000, metavar="N", help="drawings, 40 or more (default: %(default)s)"
    )
    parser.add_argument(
        "--size",
        type=_engine.size,
        default=None,
        metavar="PX",
        help="side in pixels, or HEIGHTxWIDTH (default: the model's smallest)",
    )
    _engine.add_engine_arguments(parser, out="assets/bench/MODEL-DEVICE-memory.json")


def run(args: argparse.Namespace) -> int:
    """Measure, write, and print one line; 1 where memory grows."""
    _engine.check(args)
    from sprint_live.bench import plots
    from sprint_live.bench.circumstances import circumstances
    from sprint_live.bench.endurance import measure_memory
    from sprint_live.bench.markdown import memory_tables

    engine = _engine.engine_of(args)
    size = args.size or engine.model.sizes[0]
    with _engine.progress(args.frames, "drawing") as advance:
        memory = measure_memory(engine, frames=args.frames, size=size, advance=advance)
    what = f"memory over {args.frames} drawings at {size}: prompts, seeds, drawings and people change"
    report = {"what": what, **_engine.about(engine, args), "memory": memory, **circumstances(engine.device)}
    out = _engine.write(report, engine, args, "-memory", memory_tables, plots.plot_memory)
    flat = all(memory[name]["flat"] for name in ("rss", "device") if name in memory)
    print(f"memory {'is flat' if flat else 'GROWS'}: {memory['rss']['growth_mib']:+.1f} MiB; written to {out}")
    return 0 if flat else 1
