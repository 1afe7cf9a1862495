"""`sprint-live bench`: milliseconds of one drawing on this machine, written down with all that they depend on."""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import os
import platform
import resource
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from sprint_live.cli._model import accept_terms, add_model_arguments, load
from sprint_live.errors import ArgumentError, OutputError, refusal

NAME = "bench"
HELP = "measure engine.draw (and, with --live, the canvas) and write the result to a file"
PROMPT = "a cat"
VERSIONS = ("torch", "diffusers", "transformers", "gradio", "numpy", "opencv-python-headless", "pillow")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=50, help="drawings that count (default: %(default)s)")
    parser.add_argument("--warm-up", type=int, default=10, help="drawings before them (default: %(default)s)")
    parser.add_argument("--size", type=int, default=1024, help="side in pixels (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=1, help="1 to 4 (default: %(default)s)")
    add_model_arguments(parser)
    parser.add_argument("--live", action="store_true", help="also measure the canvas, from stroke to painted picture")
    parser.add_argument("--load", type=int, default=None, metavar="PEOPLE", help="only measure the server: so many people on a 50 ms stand-in")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long they draw, 10 strokes a second each (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=None, help="file to write (default: assets/bench/MODEL-DEVICE.json)")


def run(args: argparse.Namespace) -> int:
    if args.runs < 1 or args.warm_up < 0:
        raise ArgumentError(
            refusal(got=f"--runs {args.runs} --warm-up {args.warm_up}", accepted="1 or more and 0 or more", fix="")
        )
    if args.load is not None:
        return _run_load(args)
    if args.live and importlib.util.find_spec("sprint_live.live.bench") is None:
        raise ArgumentError(refusal(got="--live", accepted="an installation with sprint_live.live.bench", fix=""))
    accept_terms(args)
    from tqdm import tqdm

    begin = time.perf_counter()
    engine = load(args)
    load_s = time.perf_counter() - begin
    sketches = _sketches(args.size, count=8)
    settings = {"size": args.size, "steps": args.steps}

    gflop = _count_gflop(engine, sketches[0], settings)
    frames, baseline_ms = [], []
    for index in tqdm(range(args.warm_up + args.runs), desc="drawing", unit="picture"):
        sketch = sketches[index % len(sketches)]  # a new drawing each time: nothing may be remembered
        plain_ms = _time_pipeline(engine, sketch, **settings)
        frame = engine.draw(sketch, PROMPT, seed=index, **settings)
        if index >= args.warm_up:
            frames.append(frame.timings_ms)
            baseline_ms.append(plain_ms)

    report = {
        "what": f"engine.draw, {args.size}x{args.size}, {args.steps} step(s), a new drawing each time",
        "model": engine.model.name,
        "runs": args.runs,
        "engine_ms": {stage: spread(frame[stage] for frame in frames) for stage in frames[0]},
        "baseline": "SanaSprintControlNetPipeline in the same run, interleaved, without JPEG; prompt encoded each time",
        "baseline_ms": spread(baseline_ms),
        "gflop_per_frame": round(gflop, 3),
        "load_s": round(load_s, 2),
        "peak_rss_mib": round(peak_rss_mib()),
        **circumstances(engine.device),
    }
    if args.live:
        report["live"] = importlib.import_module("sprint_live.live.bench").measure_overhead()
    out = args.out or Path("assets/bench") / f"{engine.model.name}-{engine.device.type}.json"
    write_report(report, out)
    total = report["engine_ms"]["total"]
    print(f"engine.draw {total['median']:.0f} ms (p95 {total['p95']:.0f}), pipeline {report['baseline_ms']['median']:.0f} ms,")
    print(f"{report['gflop_per_frame']:.1f} GFLOP a picture, {report['peak_rss_mib']} MiB at most; written to {out}")
    return 0


def _run_load(args: argparse.Namespace) -> int:
    import torch

    from sprint_live.live.load import measure_load
    from sprint_live.live.load_plot import plot_load

    measured = measure_load(args.load, args.seconds)
    what = f"{args.load} people, 10 strokes a second each, on a stand-in engine of 50 ms"
    report = {"what": what, **measured, **circumstances(torch.device("cpu"))}
    out = args.out or Path("assets/bench") / f"load-{args.load}.json"
    write_report(report, out)
    plot_load(report, out.with_suffix(".png"))
    print(f"overhead p99 {measured['overhead_ms']['p99']:.1f} ms, {measured['pictures']} pictures, ", end="")
    print(f"memory {measured['rss_growth']:+.1%}; written to {out}, drawn in {out.with_suffix('.png').name}")
    return 0


def spread(values_ms: Sequence[float]) -> dict[str, float]:
    """Median, p95 and extremes of measured milliseconds."""
    import numpy as np

    values = np.fromiter(values_ms, dtype=np.float64)
    return {
        "median": round(float(np.median(values)), 3),
        "p95": round(float(np.percentile(values, 95)), 3),
        "min": round(float(values.min()), 3),
        "max": round(float(values.max()), 3),
    }


def circumstances(device: object) -> dict[str, object]:
    """Hardware, versions, commit, command and date."""
    import torch

    cpuinfo = Path("/proc/cpuinfo")
    names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")] if cpuinfo.is_file() else []
    return {
        "hardware": {
            "cpu": names[0].partition(":")[2].strip() if names else platform.processor(),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "threads": torch.get_num_threads(),
            "omp_wait_policy": os.environ.get("OMP_WAIT_POLICY"),
            "capability": torch.backends.cpu.get_cpu_capability(),
            "device": torch.cuda.get_device_name(device) if device.type == "cuda" else device.type,
            "load_average": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        },
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in VERSIONS}},
        "commit": _commit(),
        "command": shlex.join(["sprint-live", *sys.argv[1:]]),
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }


def peak_rss_mib() -> float:
    """Largest resident memory this process ever had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def _sketches(size: int, count: int) -> list[object]:
    """Drawings of a head with ears and whiskers, each a little elsewhere."""
    import cv2
    import numpy as np

    drawings = []
    for index in range(count):
        page = np.full((size, size), 255, np.uint8)
        x, y, r = size // 2 + index * size // 64, size // 2, size // 4
        width = max(2, size // 128)
        cv2.circle(page, (x, y), r, 0, width, cv2.LINE_AA)
        for side in (-1, 1):
            ear = np.array([(x + side * r * 9 // 10, y - r // 2), (x + side * r, y - r * 3 // 2), (x + side * r // 3, y - r)])
            cv2.polylines(page, [ear], True, 0, width, cv2.LINE_AA)
            cv2.circle(page, (x + side * r // 3, y - r // 6), r // 10, 0, width, cv2.LINE_AA)
            cv2.line(page, (x + side * r // 4, y + r // 3), (x + side * r * 6 // 5, y + r // 4), 0, width, cv2.LINE_AA)
        drawings.append(page)
    return drawings


def _count_gflop(engine: object, sketch: object, settings: dict) -> float:
    """Floating-point operations of one picture, without the cached prompt, as torch counts them."""
    from torch.utils.flop_counter import FlopCounterMode

    engine.draw(sketch, PROMPT, **settings)
    with FlopCounterMode(display=False) as counter:
        engine.draw(sketch, PROMPT, **settings)
    return counter.get_total_flops() / 1e9


def _time_pipeline(engine: object, sketch: object, *, size: int, steps: int) -> float:
    import torch
    from PIL import Image

    from controlnet.maps.strokes import detect

    begin = time.perf_counter()
    engine.pipeline(
        PROMPT,
        Image.fromarray(detect(sketch)).convert("RGB"),
        num_inference_steps=steps,
        height=size,
        width=size,
        generator=torch.Generator().manual_seed(0),
    )
    return (time.perf_counter() - begin) * 1000


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _commit() -> str | None:
    here = Path(__file__).parent
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=True).stdout
        dirty = subprocess.run(["git", "status", "--porcelain"], cwd=here, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return head.strip() + ("-dirty" if dirty.stdout.strip() else "")


def write_report(report: dict[str, object], out: Path) -> None:
    """Write a measurement as JSON, making its folder.

    Raises:
        OutputError: no space, no permission.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror or error}; fix: choose another --out") from error
