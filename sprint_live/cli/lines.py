"""`sprint-live lines PHOTO --out PNG`: the lines of a photograph, to draw over or to draw from."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from sprint_live.bench.circumstances import circumstances, peak_rss_mib, write_report
from sprint_live.cli.draw import check_out, write_whole
from sprint_live.errors import ArgumentError, refusal

NAME = "lines"
HELP = "turn a photo into lines"
BASELINE = "canny"
WARM_UP = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("photo", type=Path, metavar="PHOTO", help="PNG, JPEG or WebP")
    parser.add_argument("--out", type=Path, required=True, help="picture to write: .png")
    parser.add_argument(
        "--detector", default="hed_scribble", help="the name of a file in controlnet/maps (default: %(default)s)"
    )
    parser.add_argument(
        "--thickness", type=int, default=1, help="0 thins lines, 1 to 3 keep them, more widens (default: %(default)s)"
    )
    parser.add_argument("--invert", action="store_true", help="black lines on white instead of white on black")
    parser.add_argument("--size", type=int, default=1024, help="longer side in pixels (default: %(default)s)")
    parser.add_argument(
        "--bench", type=Path, default=None, metavar="FILE", help="also time every detector and write the result"
    )
    parser.add_argument("--runs", type=int, default=10, help="measured runs, with --bench (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    check_out(args.out, (".png",))
    if args.runs < 1:
        raise ArgumentError(refusal(got=f"--runs {args.runs}", accepted="1 or more", fix="leave it out for 10"))
    from PIL import Image
    from tqdm import tqdm

    layout = "{desc} {bar} {n_fmt}/{total_fmt} {elapsed}"
    with tqdm(total=2, desc="loading", bar_format=layout, leave=False) as bar:
        from sprint_live.engine.detect import detect_lines

        bar.update()
        bar.set_description("finding lines")
        map_u8 = detect_lines(args.photo, args.detector, thickness=args.thickness, invert=args.invert, size=args.size)
        bar.update()
    write_whole(args.out, lambda file: Image.fromarray(map_u8).save(file, "PNG"))
    print(f"{args.out}: {map_u8.shape[1]}x{map_u8.shape[0]} by {args.detector}")
    if args.bench is not None:
        report = measure(args.photo, args.size, args.runs)
        write_report(report, args.bench)
        took = report["lines_ms"][args.detector]
        print(f"{args.detector} {took['median']:.0f} ms (p95 {took['p95']:.0f}); written to {args.bench}")
    return 0


def measure(photo: Path, size: int, runs: int) -> dict[str, Any]:
    """Milliseconds from a photo's file to its lines, for every detector in turn, and all that they depend on."""
    import torch
    from tqdm import tqdm

    from sprint_live.bench.clock import spread
    from sprint_live.engine.detect import detect_lines, detector_choices

    wall_ms: dict[str, list[float]] = {name: [] for name in detector_choices()}
    cpu_ms: dict[str, list[float]] = {name: [] for name in wall_ms}
    for index in tqdm(range(WARM_UP + runs), desc="timing", unit="round"):
        for name, values_ms in wall_ms.items():
            begin, cpu_begin = time.perf_counter(), time.process_time()
            height, width = detect_lines(photo, name, size=size).shape
            if index >= WARM_UP:
                values_ms.append((time.perf_counter() - begin) * 1000)
                cpu_ms[name].append((time.process_time() - cpu_begin) * 1000)
    lines_ms = {name: spread(values) for name, values in wall_ms.items()}
    return {
        "what": (
            f"detect_lines from the file {photo.name} to {width}x{height} lines; cpu_ms is the sum over the threads"
        ),
        "runs": runs,
        "lines_ms": lines_ms,
        "cpu_ms": {name: spread(values) for name, values in cpu_ms.items()},
        "baseline": f"{BASELINE} in the same run, interleaved",
        "ratio_to_baseline": {
            name: round(took["median"] / lines_ms[BASELINE]["median"], 2) for name, took in lines_ms.items()
        },
        "peak_rss_mib": round(peak_rss_mib()),
        **circumstances(torch.device("cpu")),
    }
