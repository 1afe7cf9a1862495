"""`sprint-live draw SKETCH --prompt TEXT --out FILE`: one picture, no server."""

from __future__ import annotations

import argparse
import errno
import json
import os
import tempfile
from pathlib import Path

from sprint_live.errors import ArgumentError, OutputError, refusal

NAME = "draw"
HELP = "draw one picture from a sketch file"
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sketch", type=Path, metavar="SKETCH", help="lines on paper: PNG, JPEG or WebP, any polarity")
    parser.add_argument("--prompt", required=True, help="what the drawing shows")
    parser.add_argument("--out", type=Path, required=True, help="picture to write: .png, .jpg or .webp")
    parser.add_argument("--style", default="", help="a style of the model (see `sprint-live models`)")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same picture (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=1, help="1 to 4 (default: %(default)s)")
    parser.add_argument("--size", type=int, default=1024, help="side in pixels (default: %(default)s)")
    parser.add_argument("--guidance", type=float, default=4.5, help="how much the prompt counts (default: %(default)s)")
    parser.add_argument(
        "--control-strength", type=float, default=1.0, help="how much the lines count, 0 to 2 (default: %(default)s)"
    )
    parser.add_argument("--model", default="sprint-tiny", help="a name from `sprint-live models`, or a model folder")
    parser.add_argument("--device", default=None, help="cpu, cuda, cuda:1, mps (default: the first that is there)")
    parser.add_argument("--json", action="store_true", help="make the last line of stdout one JSON object")


def run(args: argparse.Namespace) -> int:
    _check_out(args.out)
    from tqdm import tqdm

    layout = "{desc} {bar} {n_fmt}/{total_fmt} {elapsed}"
    with tqdm(total=3, desc="reading the sketch", bar_format=layout, leave=False, delay=1) as bar:
        from sprint_live.engine.sketch import read_sketch

        sketch = read_sketch(args.sketch)
        bar.update()
        bar.set_description("loading the model")
        from sprint_live import load_engine

        engine = load_engine(args.model, args.device)
        bar.update()
        bar.set_description("drawing")
        frame = engine.draw(
            sketch,
            engine.model.styled(args.prompt, args.style),
            seed=args.seed,
            steps=args.steps,
            guidance=args.guidance,
            control_strength=args.control_strength,
            size=args.size,
        )
        write_picture(frame, args.out)
        bar.update()

    timings_ms = {stage: round(value, 3) for stage, value in frame.timings_ms.items()}
    if args.json:
        facts = {
            "out": str(args.out),
            "size": args.size,
            "timings_ms": timings_ms,
            "model": engine.model.name,
            "device": str(engine.device),
            "seed": args.seed,
            "steps": args.steps,
            "controlled": frame.controlled,
        }
        print(json.dumps(facts))
    else:
        print(f"{args.out}: {args.size}x{args.size} by {engine.model.name} in {timings_ms['total']:.0f} ms")
    return 0


def _check_out(out: Path) -> None:
    """Refuse a file that cannot be written before a model is loaded for it."""
    if out.suffix.lower() not in SUFFIXES:
        raise ArgumentError(
            refusal(got=f"--out {out}", accepted=f"a name ending in {', '.join(SUFFIXES)}", fix="name it out.png")
        )
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise ArgumentError(
            refusal(got=f"--out {out}", accepted="a file in a folder that exists", fix=f"mkdir -p {out.parent}")
        )


def write_picture(frame: object, out: Path) -> None:
    """Write a frame so that `out` is whole or untouched.

    Raises:
        OutputError: no space, no permission; the half-written file is removed.
    """
    partial = None
    try:
        with tempfile.NamedTemporaryFile(dir=out.absolute().parent, suffix=out.suffix, delete=False) as file:
            partial = Path(file.name)
            if out.suffix.lower() in (".jpg", ".jpeg"):
                file.write(frame.jpeg)
            else:
                frame.image.save(file, out.suffix[1:].upper())
        partial.chmod(0o666 & ~_umask())
        os.replace(partial, out)
    except OSError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        reason = "no space left on the disk" if error.errno == errno.ENOSPC else error.strerror or str(error)
        raise OutputError(f"cannot write {out}: {reason}; fix: free space or choose another --out") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
