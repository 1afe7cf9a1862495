"""`sprint-live ablation WORK`: train the runs of an ablation (--train LATENTS), judge every one;
writes JSON, a table and plots.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.cli._eval_pairs import add_pair_arguments, open_pairs
from sprint_live.cli._training import black_latents, check_latents, null_sheet
from sprint_live.cli.eval import make_folders
from sprint_live.errors import ArgumentError, OutputError, refusal

if TYPE_CHECKING:
    from sprint_live.engine.engine import Engine

NAME = "ablation"
HELP = (
    "train the runs of an ablation and judge them on held-out scenes: edges, distance to real pictures and to the "
    "teacher; writes JSON, a table and plots"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("work", type=Path, help="folder with ablation.json and the run folders it names")
    parser.add_argument(
        "--model",
        default="sprint-tiny",
        help="model whose autoencoder and text encoder the runs were trained with (default: %(default)s)",
    )
    parser.add_argument(
        "--train",
        type=Path,
        metavar="LATENTS",
        help="first train the missing runs of WORK on these encoded scenes (WORK/latents of `train`); resumes",
    )
    parser.add_argument(
        "--teacher-updates", type=int, default=300, help="of each of three teachers (default: %(default)s)"
    )
    parser.add_argument(
        "--student-updates",
        type=int,
        default=150,
        help="of each student; there are nineteen for all questions (default: %(default)s)",
    )
    parser.add_argument(
        "--questions",
        nargs="+",
        metavar="QUESTION",
        help="train only these: losses, qk-norm, time-scale, max-time, points, anchor, paths, graft, steps (default: "
        "all)",
    )
    parser.add_argument(
        "--teacher",
        type=Path,
        metavar="RUN",
        help="train students of this run of sprint-tiny's teacher, in sprint-tiny's own network (default: three small "
        "teachers are trained)",
    )
    parser.add_argument("--compile", action="store_true", help="torch.compile the networks in training")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("assets/bench/ablation.json"),
        help="JSON to write, with a .md and one .png per question beside it (default: %(default)s)",
    )
    parser.add_argument(
        "--teacher-steps", type=int, default=20, help="Euler steps of the teachers (default: %(default)s)"
    )
    parser.add_argument("--device", default=None, help="cpu, cuda, cuda:1, mps (default: the first available)")
    add_pair_arguments(parser, num_pairs=48)


def run(args: argparse.Namespace) -> int:
    if args.pairs is None or args.out.suffix.lower() != ".json" or args.teacher_steps < 1:
        got = f"--pairs {args.pairs} --out {args.out} --teacher-steps {args.teacher_steps}"
        raise ArgumentError(
            refusal(
                got=got,
                accepted="a folder of held-out scenes, a .json and 1 step or more",
                fix="name the folder; --make-pairs fills it",
            )
        )
    from tqdm import tqdm

    from sprint_live import load_engine
    from sprint_live.bench.circumstances import circumstances, write_report
    from sprint_live.eval.ablation import CURVES, by_question, markdown, plot, read_manifest
    from sprint_live.train.loop.stats import read_stats
    from sprint_live.train.run_pipelines import load_student, load_teacher, student_painter, teacher_painter

    make_folders(args.out)
    engine = load_engine(args.model, args.device)
    if args.train is not None:
        _train(engine, args)
    entries = read_manifest(args.work)
    judge = open_pairs(engine, args)
    begin = time.perf_counter()
    taught = {}
    for name in tqdm(dict.fromkeys(entry.teacher for entry in entries), desc="teachers", unit="run"):
        teacher = load_teacher(args.work / name).to(engine.device)
        taught[name] = judge.paint(teacher_painter(engine.pipeline, teacher, num_steps=args.teacher_steps))
    rows, painted = {}, {}
    for entry in tqdm({entry.key: entry for entry in entries}.values(), desc="students", unit="run"):
        student = load_student(args.work / entry.run, args.work / entry.teacher).to(engine.device)
        painted[entry.key] = judge.paint(student_painter(engine.pipeline, student, num_steps=entry.steps))
        rows[entry.key] = judge.row(painted[entry.key], taught[entry.teacher])
    against = {
        (entry.question, *entry.key): judge.ratios(painted[entry.key], painted[members[0].key])
        for members in by_question(entries).values()
        for entry in members
    }
    report = {
        "what": (
            f"{len(judge.pairs)} held-out scenes at {args.pairs_size}x{args.pairs_size}, seed i for scene i; "
            "distances to their real pictures"
        ),
        "teacher_steps": args.teacher_steps,
        "wall_s": round(time.perf_counter() - begin, 1),
        "teachers": {name: judge.row(painted) for name, painted in taught.items()},
        "runs": [
            {
                "question": entry.question,
                "variant": entry.variant,
                "run": entry.run,
                "teacher": entry.teacher,
                "steps": entry.steps,
                **rows[entry.key],
                "ratio_to_first": against[entry.question, *entry.key],
            }
            for entry in entries
        ],
        "judge_check": judge.check(),
        **circumstances(engine.device),
    }
    write_report(report, args.out)
    stats = {entry.run: read_stats(args.work / entry.run) for entry in entries}
    curves = {
        name: {run: [(line["step"], line[name]) for line in lines if name in line] for run, lines in stats.items()}
        for name in CURVES
    }
    try:
        args.out.with_suffix(".md").write_text(markdown(entries, rows, against), encoding="utf-8")
        for question, members in by_question(entries).items():
            plot(question, members, rows, curves, args.out.with_name(f"{args.out.stem}-{question}.png"))
    except OSError as error:
        raise OutputError(
            f"cannot write beside {args.out}: {error.strerror or error}; fix: choose another --out"
        ) from error
    print(markdown(entries, rows, against))
    print(f"written to {args.out}, {args.out.with_suffix('.md').name} and a plot a question")
    return 0


def _train(engine: Engine, args: argparse.Namespace) -> None:
    """The runs of `train.ablations` in WORK, with the model's own embedding of the empty caption."""
    from sprint_live.train.ablation_variants import QUESTIONS
    from sprint_live.train.ablations import AblationOptions, run_ablations

    if min(args.teacher_updates, args.student_updates) < 1:
        got = f"--teacher-updates {args.teacher_updates} --student-updates {args.student_updates}"
        raise ArgumentError(refusal(got=got, accepted="1 or more of each", fix="raise them"))
    check_latents(args.train)
    options = AblationOptions(
        latents=args.train,
        out=args.work,
        teacher_updates=args.teacher_updates,
        student_updates=args.student_updates,
        questions=tuple(args.questions or QUESTIONS),
        compile=args.compile,
        teacher=args.teacher,
        black=black_latents(engine, 512),
    )
    run_ablations(options, engine.device, null_sheet(engine))
