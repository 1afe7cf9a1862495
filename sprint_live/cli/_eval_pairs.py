"""`sprint-live eval --pairs`: distances of drawn pictures to real ones of the same held-out scenes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    from sprint_live.engine.engine import Engine
    from sprint_live.eval.fidelity import Features, PairsJudge
    from sprint_live.eval.sheet import Section


def add_pair_arguments(parser: argparse.ArgumentParser, *, num_pairs: int) -> None:
    """The options for the held-out scenes of the distances."""
    parser.add_argument(
        "--pairs",
        type=Path,
        default=None,
        help="folder of held-out scenes: NAME.png, NAME.sketch.png, NAME.txt, NAME.contours.png",
    )
    parser.add_argument(
        "--make-pairs", action="store_true", help="compose the missing held-out scenes of --pairs, from --node-modules"
    )
    parser.add_argument(
        "--num-pairs", type=int, default=num_pairs, help="how many of them, 32 or more (default: %(default)s)"
    )
    parser.add_argument(
        "--pairs-size", type=int, default=512, help="side in pixels of their pictures (default: %(default)s)"
    )
    parser.add_argument(
        "--node-modules",
        type=Path,
        default=Path("runs/node_modules"),
        help="folder with the npm packages of pictures (default: %(default)s)",
    )


def open_pairs(engine: Engine, args: argparse.Namespace, *, second: Features | None = None) -> PairsJudge:
    """The judge over the real pictures of --pairs, at --pairs-size; second: see `PairsJudge`."""
    from tqdm import tqdm

    from sprint_live.eval.fidelity import PairsJudge, edge_features
    from sprint_live.eval.pairs import read_pairs

    if args.pairs_size not in engine.model.sizes:
        raise ArgumentError(
            refusal(
                got=f"--pairs-size {args.pairs_size}",
                accepted=", ".join(map(str, engine.model.sizes)),
                fix="use one of these",
            )
        )
    if args.make_pairs:
        from sprint_live.train.data.heldout import write_pairs

        write_pairs(args.node_modules, args.pairs, num_pairs=args.num_pairs)
    with tqdm(total=2 * args.num_pairs, desc="real pictures", unit="picture") as bar:
        pairs = read_pairs(args.pairs, args.pairs_size, args.num_pairs, on_pair=bar.update)
        return PairsJudge(pairs, edge_features, second=second, on_picture=bar.update)


def judge_pairs(engine: Engine, args: argparse.Namespace) -> tuple[dict[str, object], Section, float | None]:
    """(parts of the report, section of the sheet, chosen edge threshold)."""
    from tqdm import tqdm

    from sprint_live.eval.fidelity import FEATURE_PX, STEPS, EnginePainter, WideLines
    from sprint_live.eval.sheet import pair_rows
    from sprint_live.train.run_pipelines import load_teacher, reconstruct, teacher_painter

    judge = open_pairs(engine, args)
    painters = {
        f"{steps} step{'s' * (steps > 1)}": EnginePainter(engine, steps=steps, size=args.pairs_size) for steps in STEPS
    }
    teacher = f"teacher, {args.teacher_steps} steps"
    if args.teacher is not None:
        network = load_teacher(args.teacher).to(engine.device)
        painters = {
            teacher: WideLines(
                teacher_painter(engine.pipeline, network, num_steps=args.teacher_steps), engine.model.line_growth_px
            ),
            **painters,
        }
    painted = {
        "autoencoder": judge.measure([reconstruct(engine.pipeline, [pair.picture_u8])[0] for pair in judge.pairs])
    }
    for name, painter in tqdm(painters.items(), desc="sets of held-out scenes", unit="set"):
        painted[name] = judge.paint(painter)
    fidelity = {
        "what": (
            f"{len(judge.pairs)} held-out scenes at {args.pairs_size}x{args.pairs_size}: distances of generated to "
            "real pictures of the same sketches and captions"
        ),
        "features": (
            f"square roots of the channel means of the five scales of HED's VGG16 at {FEATURE_PX} px, at unit "
            "deviation over the real pictures"
        ),
        "kernel_distance": (
            "unbiased squared MMD, kernel (x.y / D + 1)^3, the pair of one sketch left out; interval from random halves"
        ),
        "frechet_distance": (
            "on the first 8 principal components of the real pictures' features; biased upwards, same number of "
            "pictures for all"
        ),
        "sets": {
            name: judge.row(found, painted.get(teacher) if name != teacher else None) for name, found in painted.items()
        },
    }
    return (
        {"fidelity": fidelity, "judge_check": judge.check()},
        pair_rows(judge.pairs, judge.real, painted),
        judge.threshold,
    )
