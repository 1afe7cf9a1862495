"""`sprint-live methods WORK`: train one-step students by every method for the same minutes, judge them, plot curves.

What is there is kept, so the command goes on where it stopped; --stop-after ends a part of it in time.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.cli._eval_pairs import add_pair_arguments, open_pairs
from sprint_live.cli._training import black_latents, check_latents, null_sheet
from sprint_live.cli.eval import make_folders
from sprint_live.errors import ArgumentError, OutputError, refusal

if TYPE_CHECKING:
    from sprint_live.engine.engine import Engine
    from sprint_live.eval.fidelity import PairsJudge

NAME = "methods"
HELP = (
    "compare methods of one-step training for the same minutes and seeds: distances by two encoders, edges, collapsed "
    "seeds, cost; writes JSON, a table and curves, and goes on where it stopped"
)
JUDGED = "judged.json"  # beside a copy's checkpoint: its figures, and the judge that gave them
_LEFT = 3  # exit code, as `bench gpu`


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """WORK, what is trained and for how long, and the held-out scenes."""
    parser.add_argument("work", type=Path, help="folder of the runs; the same one goes on")
    parser.add_argument(
        "--train",
        type=Path,
        required=True,
        metavar="LATENTS",
        help="encoded scenes at --pairs-size (of `train encode`)",
    )
    parser.add_argument(
        "--teacher", type=Path, required=True, metavar="RUN", help="run of sprint-tiny's teacher, where all start"
    )
    parser.add_argument(
        "--marks",
        nargs="+",
        type=float,
        default=[10.0, 20.0, 40.0, 80.0],
        metavar="MIN",
        help="minutes of training at which each run is judged; the last one ends it (default: 10 20 40 80)",
    )
    parser.add_argument("--seeds", type=int, default=3, help="runs of each method, 1 to 10 (default: %(default)s)")
    parser.add_argument("--methods", nargs="+", metavar="METHOD", help="train only these (default: all)")
    parser.add_argument("--num-paths", type=int, default=1024, help="paths of `ours` (default: %(default)s)")
    parser.add_argument(
        "--stop-after", type=float, default=math.inf, metavar="MIN", help="end this call in time; 3 says: run it again"
    )
    parser.add_argument("--compile", action="store_true", help="torch.compile the networks in training")
    parser.add_argument(
        "--model",
        default="sprint-tiny",
        help="model whose autoencoder and text encoder are used (default: %(default)s)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("assets/bench/methods.json"),
        help="JSON to write, with a .md and a .png beside it (default: %(default)s)",
    )
    parser.add_argument(
        "--teacher-steps", type=int, default=20, help="Euler steps of the teacher (default: %(default)s)"
    )
    parser.add_argument(
        "--collapse", type=int, default=6, metavar="N", help="scenes drawn with N seeds each (default: %(default)s)"
    )
    parser.add_argument("--device", default=None, help="cpu, cuda, cuda:1, mps (default: the first available)")
    add_pair_arguments(parser, num_pairs=64)


def run(args: argparse.Namespace) -> int:
    """Train and judge what is missing; 0 when all is done, 3 when something is left."""
    numbers = f"--seeds {args.seeds} --collapse {args.collapse} --teacher-steps {args.teacher_steps}"
    if args.pairs is None or args.out.suffix.lower() != ".json":
        got = f"--pairs {args.pairs} --out {args.out}"
        raise ArgumentError(refusal(got=got, accepted="a folder of held-out scenes and a .json", fix="name them"))
    if not 1 <= args.seeds <= 10 or args.collapse < 4 or args.teacher_steps < 1:
        accepted = "1 to 10 seeds, 4 or more to find collapse, 1 or more steps"
        raise ArgumentError(refusal(got=numbers, accepted=accepted, fix="change them"))
    check_latents(args.train)
    from sprint_live import load_engine
    from sprint_live.eval.methods.random_features import random_features
    from sprint_live.train.ablation_variants import GROWN
    from sprint_live.train.comparison import COST, METHODS, ComparisonOptions, run_comparison

    deadline = time.monotonic() + 60 * args.stop_after
    make_folders(args.out)
    engine = load_engine(args.model, args.device)
    black = black_latents(engine, args.pairs_size)
    options = ComparisonOptions(
        latents=args.train,
        teacher=args.teacher,
        out=args.work,
        black=black,
        marks=tuple(args.marks),
        seeds=tuple(range(args.seeds)),
        methods=tuple(args.methods or METHODS),
        latent_sides=tuple(black),
        num_paths=args.num_paths,
        compile=args.compile,
    )
    untrained = run_comparison(options, engine.device, null_sheet(engine), args.stop_after)
    copies = [file.parent for file in sorted(args.work.glob(f"*/{COST}"))]
    by = {name: str(getattr(args, name)) for name in ("pairs", "num_pairs", "pairs_size", "teacher_steps", "collapse")}
    teacher = args.work / f"teacher-{GROWN}"
    todo = [folder for folder in (teacher, *copies) if _record(folder, by) is None]
    if todo and time.monotonic() < deadline:
        judge = open_pairs(engine, args, second=random_features)
        while todo and time.monotonic() < deadline:
            _judge(engine, judge, todo.pop(0), teacher, by, args)
    _write([record for folder in copies if (record := _record(folder, by))], _record(teacher, by), engine, args)
    if untrained or todo:
        print(f"{untrained} copies are not trained, {len(todo)} of the others not judged: run the same command again")
    return _LEFT if untrained or todo else 0


def _record(folder: Path, by: dict[str, str]) -> dict | None:
    """What was judged of a copy, with its cost; None if it was not, or by another judge."""
    if not (folder / JUDGED).exists():
        return None
    found = json.loads((folder / JUDGED).read_text("utf-8"))
    return found["figures"] if found["judge"] == by else None


def _judge(
    engine: Engine, judge: PairsJudge, folder: Path, teacher: Path, by: dict[str, str], args: argparse.Namespace
) -> None:
    """Draw the held-out scenes with one copy, or with the teacher, and write its figures beside its checkpoint."""
    from sprint_live.eval.collapse import seed_set
    from sprint_live.eval.outline import enclosed
    from sprint_live.train.comparison import COST
    from sprint_live.train.run_pipelines import load_student, load_teacher, student_painter, teacher_painter

    if folder == teacher:
        network = load_teacher(folder).to(engine.device)
        painter, cost = teacher_painter(engine.pipeline, network, num_steps=args.teacher_steps), {}
    else:
        student = load_student(folder, teacher).to(engine.device)
        painter, cost = student_painter(engine.pipeline, student), json.loads((folder / COST).read_text("utf-8"))
    collapsed = []
    for pair in [pair for pair in judge.pairs if enclosed(pair.ink).any()][: args.collapse]:
        seeds = list(range(args.collapse))
        pictures = painter.paint([pair.map_u8] * len(seeds), [pair.caption] * len(seeds), seeds)
        found = seed_set(pair.name, pair.caption, pictures, ink=pair.ink, inside=enclosed(pair.ink))
        collapsed.append(float((found.near_duplicates | found.broken).mean()))
    figures = {**cost, **judge.row(judge.paint(painter))}
    figures["collapsed_seeds"] = sum(collapsed) / len(collapsed) if collapsed else None
    partial = folder / f"{JUDGED}.partial"
    partial.write_text(json.dumps({"judge": by, "figures": figures}, indent=1), encoding="utf-8")
    partial.replace(folder / JUDGED)


def _write(records: list[dict], teacher: dict | None, engine: Engine, args: argparse.Namespace) -> None:
    """JSON, table and curves of what is judged so far."""
    from sprint_live.bench.circumstances import circumstances, write_report
    from sprint_live.eval.methods.curves import markdown, plot, rows, told_apart

    table = rows(records)
    apart, pairs = told_apart(table)
    report = {
        "what": f"{args.num_pairs} held-out scenes of {args.pairs_size} px, one step, seed i for scene i",
        "encoders": "edge network (HED), and a convolutional network with random weights as `second`",
        "intervals": "95 %, over seeds (Student's t)",
        "told_apart": {"pairs": pairs, "apart": apart},
        "teacher": teacher,
        "means": [dataclasses.asdict(row) for row in table],
        "runs": records,
        **circumstances(engine.device),
    }
    write_report(report, args.out)
    if not table:
        return
    try:
        args.out.with_suffix(".md").write_text(markdown(table), encoding="utf-8")
        plot(table, teacher, args.out.with_suffix(".png"))
    except OSError as error:
        raise OutputError(
            f"cannot write beside {args.out}: {error.strerror or error}; fix: choose another --out"
        ) from error
    print(markdown(table))
