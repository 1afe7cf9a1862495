"""`sprint-live eval --suite`: draw a published suite, shard by shard, then score it once it is whole."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.errors import ArgumentError, OutputError, refusal

if TYPE_CHECKING:
    import numpy as np

    from sprint_live.engine.engine import Engine
    from sprint_live.suites.plan import Item, Suite

NAMES = ("mjhq", "geneval", "dpg")


def add_suite_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--suite", choices=NAMES, help="draw and score a published suite from prompts alone, instead of the drawings"
    )
    parser.add_argument("--suite-data", type=Path, help="folder with the suite's own files (prompts, real pictures)")
    parser.add_argument("--suite-run", type=Path, help="folder for the suite's pictures; existing ones are kept")
    parser.add_argument(
        "--shard", default="0/1", help="the part to draw: 0/4 to 3/4 on four GPUs (default: %(default)s)"
    )
    parser.add_argument(
        "--weights", type=Path, help="folder with the weights of the scoring networks; an error names missing ones"
    )
    parser.add_argument(
        "--fid-size",
        type=int,
        default=512,
        help="side in pixels to which pictures are cropped for FID (default: %(default)s)",
    )


def run_suite(args: argparse.Namespace) -> int:
    """Draw what this shard lacks; score the suite if nothing is missing any more."""
    from sprint_live.suites.plan import SUITES, items, missing, of_shard

    if args.suite_data is None or args.suite_run is None:
        raise ArgumentError(
            refusal(got="--suite alone", accepted="--suite-data and --suite-run with it", fix="name both folders")
        )
    suite = SUITES[args.suite]
    found = items(suite, args.suite_data)
    todo = missing(of_shard(found, *_shard(args.shard)), args.suite_run)
    if todo:
        from sprint_live import load_engine

        _draw(load_engine(args.model, args.device), todo, args)
    left = len(missing(found, args.suite_run))
    if left:
        print(f"{suite.name}: {suite.total - left:,} of {suite.total:,} files; no figure before all are there")
        return 0
    return _score(suite, found, args)


def _shard(text: str) -> tuple[int, int]:
    index, _, count = text.partition("/")
    if not (index.isdigit() and count.isdigit()):
        raise ArgumentError(refusal(got=f"--shard {text}", accepted="I/N, as 0/4", fix="write two numbers"))
    return int(index), int(count)


def _draw(engine: Engine, todo: list[Item], args: argparse.Namespace) -> None:
    """Every missing file; a picture has its own generator, so no batch or shard changes it."""
    import numpy as np
    import torch
    from PIL import Image
    from tqdm import tqdm

    for item in tqdm(todo, desc=args.suite, unit="file"):
        pictures: list[np.ndarray] = []
        for seed in item.seeds:
            (drawn,) = engine.pipeline(
                item.prompt,
                num_inference_steps=args.steps,
                height=args.size,
                width=args.size,
                generator=torch.Generator().manual_seed(seed),
                output_type="np",
                return_dict=False,
            )
            pictures.append((np.asarray(drawn[0]) * 255).round().astype(np.uint8))
        whole = pictures[0] if len(pictures) == 1 else np.vstack([np.hstack(pictures[:2]), np.hstack(pictures[2:])])
        file = args.suite_run / item.file
        partial = file.with_name(f"{file.stem}.partial{file.suffix}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(whole).save(partial)
            partial.replace(file)
        except OSError as error:
            raise OutputError(
                f"cannot write {file}: {error.strerror or error}; fix: choose another --suite-run"
            ) from error


def _score(suite: Suite, found: list[Item], args: argparse.Namespace) -> int:
    from sprint_live.bench.circumstances import write_report
    from sprint_live.suites import scores

    if suite.name == "geneval":
        figures = scores.geneval_score(suite, found, args.suite_data, args.suite_run)
    elif suite.name == "dpg":
        figures = scores.dpg_score(suite, found, args.suite_data, args.suite_run)
    else:
        import torch

        from sprint_live.suites.networks import CLIP, INCEPTION, Clip, Inception, read_square

        if args.weights is None:
            raise ArgumentError(
                refusal(
                    got="no --weights",
                    accepted=f"a folder with {INCEPTION.file} ({INCEPTION.source}) and {CLIP.file} ({CLIP.source})",
                    fix="download both",
                )
            )
        device = torch.device(args.device or ("cuda" if torch.cuda.is_available() else "cpu"))
        judges = Inception(args.weights, device), Clip(args.weights, device)
        figures = scores.mjhq(suite, found, args.suite_data, args.suite_run, args.fid_size, *judges, read_square)
    known = scores.published(args.model)
    report = {
        "what": f"{suite.name}, all {suite.total:,} files, {args.steps} step(s) at {args.size}x{args.size}",
        "model": args.model,
        "figures": figures,
        "published_two_steps_at_1024": known or None,
    }
    out = args.out or args.suite_run / f"{suite.name}.json"
    write_report(report, out)
    for name, value in figures.items():
        beside = known.get({"overall": "geneval"}.get(name, name))
        print(f"{name:16}{value:8.3f}" + ("" if beside is None else f"   published, two steps at 1024: {beside:g}"))
    print(f"written to {out}")
    return 0
