"""`sprint-live draw [SKETCH] --prompt TEXT --out FILE`: one picture, no server."""

from __future__ import annotations

import argparse
import dataclasses
import errno
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sprint_live.api.draw_settings import DRAW_SETTINGS, DrawSettings, check_size
from sprint_live.cli._model import accept_terms, add_model_arguments, load
from sprint_live.errors import ArgumentError, OutputError, refusal

if TYPE_CHECKING:
    from sprint_live.api.frame import Frame

NAME = "draw"
HELP = "draw one picture from a sketch, a painting, both, or only a prompt"
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sketch",
        type=Path,
        nargs="?",
        metavar="SKETCH",
        help="lines on paper: PNG, JPEG or WebP, any polarity (default: a blank page)",
    )
    parser.add_argument("--painting", type=Path, default=None, metavar="FILE", help="a picture in color to paint over")
    parser.add_argument("--prompt", required=True, help="what the drawing shows")
    parser.add_argument("--out", type=Path, required=True, help="picture to write: .png, .jpg or .webp")
    parser.add_argument("--style", default="", help="a style of the model (see `sprint-live models`)")
    parser.add_argument(
        "--size",
        type=picture_size,
        default=1024,
        help="side in pixels, or WIDTHxHEIGHT where the model draws it (default: %(default)s)",
    )
    for name, setting in DRAW_SETTINGS.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=int if setting.is_whole else float,
            default=setting.default,
            help=f"{setting.about}, {setting.low:.10g} to {setting.high:.10g} (default: %(default)s)",
        )
    add_model_arguments(parser)
    parser.add_argument("--json", action="store_true", help="make the last line of stdout one JSON object")


def run(args: argparse.Namespace) -> int:
    check_out(args.out, SUFFIXES)
    accept_terms(args)
    from tqdm import tqdm

    layout = "{desc} {bar} {n_fmt}/{total_fmt} {elapsed}"
    with tqdm(total=3, desc="reading the sketch", bar_format=layout, leave=False, delay=1) as bar:
        from PIL import Image

        from sprint_live.engine.sketch import read_sketch

        sketch = Image.new("L", (1, 1), "white") if args.sketch is None else read_sketch(args.sketch)
        painting = None if args.painting is None else read_sketch(args.painting, paper="white")
        settings = _checked_settings(args)
        bar.update()
        bar.set_description("loading the model")
        engine = load(args)
        bar.update()
        bar.set_description("drawing")
        frame = engine.draw(
            sketch,
            engine.model.styled(args.prompt, args.style),
            **dataclasses.asdict(settings),
            size=args.size,
            painting=painting,
        )
        write_picture(frame, args.out)
        bar.update()

    if args.sketch is not None and not engine.has_branch:
        print(
            f"the sketch was not used: {engine.model.name} has no control branch; fix: add one with --controlnet",
            file=sys.stderr,
        )
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
        print(
            f"{args.out}: {frame.pixels_u8.shape[1]}x{frame.pixels_u8.shape[0]} by {engine.model.name} in "
            f"{timings_ms['total']:.0f} ms"
        )
    return 0


def check_out(out: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a file that cannot be written before a model is loaded for it."""
    if out.suffix.lower() not in suffixes:
        raise ArgumentError(
            refusal(got=f"--out {out}", accepted=f"a name ending in {', '.join(suffixes)}", fix="name it out.png")
        )
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise ArgumentError(
            refusal(got=f"--out {out}", accepted="a file in a folder that exists", fix=f"mkdir -p {out.parent}")
        )


def picture_size(text: str) -> int | tuple[int, int]:
    """The side of a square, or WIDTHxHEIGHT as (height, width), in pixels."""
    try:
        sides = [int(side) for side in text.lower().split("x")]
    except ValueError:
        sides = []
    if len(sides) not in (1, 2):
        raise argparse.ArgumentTypeError(f"got {text!r}; accepted: a side such as 1024, or 1216x832")
    return sides[0] if len(sides) == 1 else (sides[1], sides[0])


def _checked_settings(args: argparse.Namespace) -> DrawSettings:
    """Refuse what the engine would refuse, before the model is loaded;
    the sizes of an unknown model are only known after.
    """
    from sprint_live.api.prompt import usable_prompt
    from sprint_live.models.choice import choose

    entry = choose(args.model).entry
    usable_prompt(args.prompt)
    if entry is not None:
        entry.styled(args.prompt, args.style)
        check_size(args.size, entry.sizes, entry.shapes)
    return DrawSettings.of({name: getattr(args, name) for name in DRAW_SETTINGS})


def write_picture(frame: Frame, out: Path) -> None:
    """Write a frame; see `write_whole`."""
    if out.suffix.lower() in (".jpg", ".jpeg"):
        write_whole(out, lambda file: file.write(frame.jpeg))
    else:
        write_whole(out, lambda file: frame.image.save(file, out.suffix[1:].upper()))


def write_whole(out: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Let `write` write a file so that `out` is complete or untouched.

    Raises:
        OutputError: no space, no permission; the half-written file is removed.
    """
    partial = None
    try:
        with tempfile.NamedTemporaryFile(dir=out.absolute().parent, suffix=out.suffix, delete=False) as file:
            partial = Path(file.name)
            write(file)
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
