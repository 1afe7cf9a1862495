"""`sprint-live bench`: measure on this machine, and write the result down with all that it depends on."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.cli import _bench_gpu, _bench_server
from sprint_live.cli._model import accept_terms, add_model_arguments, load
from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    from sprint_live.engine.engine import Engine

NAME = "bench"
HELP = "measure a drawing (and the canvas, curves, memory, the server) and write the result to a file"
BESIDE = "a table (.md) is written beside it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=50, help="drawings that count (default: %(default)s)")
    parser.add_argument("--warm-up", type=int, default=10, help="drawings before them (default: %(default)s)")
    parser.add_argument(
        "--size",
        type=_size,
        default=None,
        metavar="PX",
        help="side in pixels, or HEIGHTxWIDTH (default: the model's own)",
    )
    parser.add_argument("--steps", type=int, default=1, help="1 to 4 (default: %(default)s)")
    add_model_arguments(parser)
    parser.add_argument(
        "--random-weights",
        action="store_true",
        help="a released model's real configuration, drawing noise: needs none of its files",
    )
    parser.add_argument(
        "--with-text-encoder",
        action="store_true",
        help="with --random-weights: Gemma-2-2B, too, instead of a random vector a word",
    )
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
        help="also measure the optimisations one after another, beside what they were predicted to bring",
    )
    parser.add_argument("--live", action="store_true", help="also measure the canvas, from stroke to painted picture")
    parser.add_argument(
        "--curves",
        action="store_true",
        help="measure milliseconds against size, steps, dirty area and people in a call instead",
    )
    parser.add_argument(
        "--frames",
        type=int,
        default=None,
        metavar="N",
        help="measure memory over so many drawings instead, at the smallest size",
    )
    parser.add_argument(
        "--load",
        type=int,
        default=None,
        metavar="PEOPLE",
        help="only measure the server: so many people on a 50 ms stand-in",
    )
    parser.add_argument(
        "--strokes",
        type=int,
        default=0,
        metavar="N",
        help="--load: so many strokes are on everybody's paper at the beginning (default: 0)",
    )
    parser.add_argument(
        "--returns",
        type=int,
        default=None,
        metavar="PEOPLE",
        help="only measure the server: so many people come back at once",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=None,
        help="--load: how long they draw, 10 strokes a second each (default: 600); --returns: within how long all come (default: 5)",
    )
    parser.add_argument(
        "--compare",
        type=Path,
        nargs=2,
        default=None,
        metavar=("A", "B"),
        help="only print what differs between two such files",
    )
    parser.add_argument("--plot", action="store_true", help="draw it, too (needs matplotlib)")
    parser.add_argument(
        "--out", type=Path, default=None, help=f"file to write (default: assets/bench/MODEL-DEVICE.json); {BESIDE}"
    )

    parts = parser.add_subparsers(dest="part", metavar="PART")
    _bench_gpu.add_arguments(parts.add_parser(_bench_gpu.NAME, help=_bench_gpu.HELP, description=_bench_gpu.HELP))


def run(args: argparse.Namespace) -> int:
    if args.part == _bench_gpu.NAME:
        return _bench_gpu.run(args)
    _check(args)
    if args.compare is not None:
        return _compare(*args.compare)
    if args.load is not None:
        seconds = 600.0 if args.seconds is None else args.seconds
        return _bench_server.load(args.load, seconds, args.strokes, args.out)
    if args.returns is not None:
        return _bench_server.returns(args.returns, 5.0 if args.seconds is None else args.seconds, args.out)
    from sprint_live.bench import plots

    if args.plot:
        plots.require_matplotlib()
    begin = time.perf_counter()
    engine = _engine(args)
    load_s = time.perf_counter() - begin
    if args.curves:
        return _curves(engine, args)
    if args.frames is not None:
        return _memory(engine, args)
    return _drawing(engine, args, load_s)


def _drawing(engine: Engine, args: argparse.Namespace, load_s: float) -> int:
    from sprint_live.bench import plots
    from sprint_live.bench.circumstances import circumstances, peak_rss_mib
    from sprint_live.bench.drawing import measure_drawing
    from sprint_live.bench.edits import measure_edits
    from sprint_live.bench.markdown import drawing_tables
    from sprint_live.bench.plan import measure_plan

    size = args.size or engine.model.default_size
    common = {"size": size, "steps": args.steps, "runs": args.runs, "warm_up": args.warm_up}
    with _progress(args.runs + args.warm_up, "drawing") as advance:
        measured = measure_drawing(engine, **common, advance=advance)
    if args.edit is not None:
        with _progress(args.runs + args.warm_up, "editing") as advance:
            measured["edit"] = measure_edits(engine, **common, edit_px=args.edit, advance=advance)
    if args.plan:
        encode_share = (
            sum(measured["stages"]["encode"][kind] for kind in ("conv_gflop", "gemm_gflop"))
            / measured["gflop_per_frame"]
        )
        with _progress(args.runs + args.warm_up, "plan") as advance:
            measured["plan"] = measure_plan(
                engine, runs=args.runs, warm_up=args.warm_up, encode_share=encode_share, advance=advance
            )
    if args.live:
        measured["live"] = importlib.import_module("sprint_live.live.loadtest.pen_to_picture").measure_overhead()
    height, width = size if isinstance(size, tuple) else (size, size)
    report = {
        "what": f"engine.draw, {height}x{width}, {args.steps} step(s), a new drawing each time",
        **_about(engine, args),
        "runs": args.runs,
        **measured,
        "load_s": round(load_s, 2),
        "peak_rss_mib": round(peak_rss_mib()),
        **circumstances(engine.device),
    }
    out = _write(report, args, _name(engine, args, ""), drawing_tables, plots.plot_drawing)
    total = report["engine_ms"]["total"]
    print(
        f"engine.draw {total['median']:.0f} ms (p95 {total['p95']:.0f}), pipeline {report['baseline_ms']['median']:.0f} ms, floor {report['floor_ms']:.0f} ms,"
    )
    print(f"{report['gflop_per_frame']:.1f} GFLOP a picture, {report['peak_rss_mib']} MiB at most; written to {out}")
    return 0


def _curves(engine: Engine, args: argparse.Namespace) -> int:
    from sprint_live.bench import plots
    from sprint_live.bench.circumstances import circumstances
    from sprint_live.bench.curves import measure_curves, num_rounds
    from sprint_live.bench.markdown import curve_tables

    with _progress(num_rounds(args.runs, args.warm_up), "curves") as advance:
        curves = measure_curves(engine, runs=args.runs, warm_up=args.warm_up, advance=advance)
    what = "milliseconds of engine.draw against size, steps, dirty area and people in a call"
    report = {"what": what, **_about(engine, args), "runs": args.runs, "curves": curves, **circumstances(engine.device)}
    out = _write(report, args, _name(engine, args, "-curves"), curve_tables, plots.plot_curves)
    print(f"a call should hold at most {curves['batch']['best_batch']} picture(s) here; written to {out}")
    return 0


def _memory(engine: Engine, args: argparse.Namespace) -> int:
    from sprint_live.bench import plots
    from sprint_live.bench.circumstances import circumstances
    from sprint_live.bench.endurance import measure_memory
    from sprint_live.bench.markdown import memory_tables

    size = args.size or engine.model.sizes[0]
    with _progress(args.frames, "drawing") as advance:
        memory = measure_memory(engine, frames=args.frames, size=size, advance=advance)
    what = f"memory over {args.frames} drawings at {size}: prompts, seeds, drawings and people change"
    report = {"what": what, **_about(engine, args), "memory": memory, **circumstances(engine.device)}
    out = _write(report, args, _name(engine, args, "-memory"), memory_tables, plots.plot_memory)
    flat = all(memory[name]["flat"] for name in ("rss", "device") if name in memory)
    print(f"memory {'is flat' if flat else 'GROWS'}: {memory['rss']['growth_mib']:+.1f} MiB; written to {out}")
    return 0 if flat else 1


def _compare(first: Path, second: Path) -> int:
    from sprint_live.bench.compare import comparison, read_report

    print(comparison(read_report(first), read_report(second), (first.name, second.name)), end="")
    return 0


def _check(args: argparse.Namespace) -> None:
    if args.runs < 1 or args.warm_up < 0:
        raise ArgumentError(
            refusal(
                got=f"--runs {args.runs} --warm-up {args.warm_up}",
                accepted="1 or more and 0 or more",
                fix="leave them out",
            )
        )
    chosen = [
        f"--{name}"
        for name in ("curves", "frames", "load", "returns", "compare")
        if getattr(args, name) not in (None, False)
    ]
    if len(chosen) > 1:
        raise ArgumentError(refusal(got=" and ".join(chosen), accepted="one of them", fix="run them one after another"))
    if args.strokes and args.load is None:
        raise ArgumentError(
            refusal(got="--strokes alone", accepted="--load PEOPLE --strokes N", fix="add --load, or leave it out")
        )
    if args.out is not None and args.out.suffix != ".json":
        raise ArgumentError(
            refusal(got=f"--out {args.out}", accepted="a .json", fix="name one; its table and plot get the same name")
        )
    if args.with_text_encoder and not args.random_weights:
        raise ArgumentError(
            refusal(
                got="--with-text-encoder alone",
                accepted="--random-weights --with-text-encoder",
                fix="drop it: a model with its weights has its text encoder",
            )
        )


def _engine(args: argparse.Namespace) -> Engine:
    if not args.random_weights:
        accept_terms(args)
        return load(args)
    from sprint_live.bench.random_weights import random_engine
    from sprint_live.engine.loading.load import pick_device
    from sprint_live.models.zoo import find_model

    return random_engine(
        find_model(args.model),
        pick_device(args.device),
        with_text_encoder=args.with_text_encoder,
        without=args.without,
        also=args.also,
    )


def _about(engine: Engine, args: argparse.Namespace) -> dict[str, object]:
    """What was measured: the model, what its weights are, and which optimisations were on."""
    weights = "as published"
    if args.random_weights:
        weights = f"random; text by {'Gemma-2-2B, random, too' if args.with_text_encoder else 'a random vector a word, no text encoder'}"
    return {"model": engine.model.name, "weights": weights, "switches": sorted(engine.switched_on)}


def _name(engine: Engine, args: argparse.Namespace, suffix: str) -> Path:
    return (
        args.out
        or Path("assets/bench")
        / f"{engine.model.name}{'-random' if args.random_weights else ''}-{engine.device.type}{suffix}.json"
    )


def _write(
    report: dict, args: argparse.Namespace, out: Path, tables: Callable[[dict], str], plot: Callable[[dict, Path], None]
) -> Path:
    from sprint_live.bench.circumstances import write_report, write_text

    write_report(report, out)
    write_text(tables(report), out.with_suffix(".md"))
    if args.plot:
        plot(report, out.with_suffix(".png"))
    return out


class _progress:
    """A progress bar; gives the function that moves it on."""

    def __init__(self, total: int, what: str) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, desc=what, unit="round")

    def __enter__(self) -> Callable[[], object]:
        return self._bar.update

    def __exit__(self, *failure: object) -> None:
        self._bar.close()


def _size(text: str) -> int | tuple[int, int]:
    """ "512", or "512x768" for height and width."""
    sides = [int(side) for side in text.split("x")]
    if len(sides) not in (1, 2):
        raise ValueError(text)
    return sides[0] if len(set(sides)) == 1 else (sides[0], sides[1])
