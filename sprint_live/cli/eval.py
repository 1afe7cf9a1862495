"""`sprint-live eval`: how well a model follows lines and prompts, on drawings it was never trained on."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.cli._eval_drawings import check_page_colors, judge_named_parts, judge_page_colors, judge_seeds
from sprint_live.cli._eval_pairs import add_pair_arguments, judge_pairs
from sprint_live.cli._eval_worlds import add_world_arguments, judge_worlds
from sprint_live.cli._suite import add_suite_arguments, run_suite
from sprint_live.errors import ArgumentError, OutputError, refusal

if TYPE_CHECKING:
    import numpy as np

NAME = "eval"
HELP = (
    "judge a model on held-out drawings: edges, colors, prompts, seeds, distance to real pictures; writes JSON and a "
    "contact sheet"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="sprint-tiny", help="a name from `sprint-live models`, or a model folder")
    parser.add_argument(
        "--drawings",
        type=Path,
        default=Path("assets/drawings"),
        help="folder of drawings, with prompts.json or file names as prompts; FOLDER/parts, with parts.json, is "
        "judged by the color of each part (default: %(default)s)",
    )
    parser.add_argument(
        "--part-style", default="comic", help="words appended to every prompt of FOLDER/parts (default: %(default)s)"
    )
    parser.add_argument("--out", type=Path, default=None, help="JSON to write (default: assets/bench/MODEL-eval.json)")
    parser.add_argument("--sheet", type=Path, default=None, help="contact sheet to write, .png (default: beside --out)")
    parser.add_argument(
        "--seeds", type=int, default=8, help="pictures of each drawing's own prompt (default: %(default)s)"
    )
    parser.add_argument(
        "--prompt-seeds", type=int, default=2, help="pictures of each changed prompt (default: %(default)s)"
    )
    parser.add_argument(
        "--collapse-seeds",
        type=int,
        default=64,
        help="seeds of one sketch and prompt that must not collapse; 0 skips this test (default: %(default)s)",
    )
    parser.add_argument(
        "--collapse-drawings", type=int, default=3, help="drawings for this test (default: %(default)s)"
    )
    parser.add_argument("--size", type=int, default=1024, help="side in pixels of the drawings (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=1, help="1 to 4, for the drawings (default: %(default)s)")
    parser.add_argument("--device", default=None, help="cpu, cuda, cuda:1, mps (default: the first available)")
    parser.add_argument(
        "--page-colors",
        type=int,
        default=0,
        help="drawings of FOLDER/parts to put colors on, filled and dabbed, in four materials; 0 leaves it out "
        "(default: %(default)s)",
    )
    add_world_arguments(parser)
    add_suite_arguments(parser)
    add_pair_arguments(parser, num_pairs=128)
    parser.add_argument(
        "--teacher", type=Path, default=None, help="run folder of the teacher, which also draws --pairs"
    )
    parser.add_argument("--teacher-steps", type=int, default=20, help="its Euler steps (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    if args.suite is not None:
        return run_suite(args)
    _check(args)
    from tqdm import tqdm

    from sprint_live import load_engine
    from sprint_live.bench.circumstances import circumstances, write_report
    from sprint_live.eval.drawings import read_drawings
    from sprint_live.eval.judge import Plan, judge, other_noun
    from sprint_live.eval.report import summarize
    from sprint_live.eval.sheet import contact_sheet, drawing_rows

    plan = Plan(num_seeds=args.seeds, num_prompt_seeds=args.prompt_seeds, size=args.size, steps=args.steps)
    engine = load_engine(args.model, args.device)
    plan.check(engine.model.sizes)
    check_page_colors(engine, args)
    folder = read_drawings(args.drawings, args.size)
    out = args.out or Path("assets/bench") / f"{engine.model.name}-eval.json"
    sheet = args.sheet or out.with_suffix(".png")
    make_folders(out, sheet)

    begin = time.perf_counter()
    fidelity, pair_section, threshold = (
        judge_pairs(engine, args) if args.pairs else ({"fidelity": None, "judge_check": None}, None, None)
    )
    plan = Plan(
        num_seeds=args.seeds, num_prompt_seeds=args.prompt_seeds, size=args.size, steps=args.steps, threshold=threshold
    )
    drawings = list(folder.drawings)
    with tqdm(total=plan.num_pictures * len(drawings), desc="drawing", unit="picture") as bar:
        verdicts = []
        for index, drawing in enumerate(drawings):
            verdicts.append(judge(engine, drawing, other_noun(drawings, index), plan, on_picture=bar.update))
    collapse, seed_section = judge_seeds(engine, drawings, args) if args.collapse_seeds else (None, None)
    parts, part_section = judge_named_parts(engine, args)
    page_colors = judge_page_colors(engine, args)
    worlds, world_sections = judge_worlds(engine, args)
    report = {
        "what": f"{len(drawings)} held-out drawings, {args.size}x{args.size}, {args.steps} step(s), control strength 1",
        "model": engine.model.name,
        "num_pictures": plan.num_pictures * len(drawings),
        "wall_s": round(time.perf_counter() - begin, 1),
        "seeds": {"own_prompt": args.seeds, "changed_prompt": args.prompt_seeds},
        "skipped_drawings": folder.skipped,
        **summarize(verdicts, plan),
        "parts": parts,
        "page_colors": page_colors,
        "worlds": worlds,
        "collapse": collapse,
        **fidelity,
        **circumstances(engine.device),
    }
    sections = [drawing_rows(drawings, verdicts), part_section, *world_sections, seed_section, pair_section]
    write_sheet(contact_sheet([section for section in sections if section is not None]), sheet)
    write_report(report, out)
    _print(report)
    print(f"written to {out} and {sheet}")
    return 0


def _check(args: argparse.Namespace) -> None:
    if args.seeds < 1 or args.prompt_seeds < 1:
        raise ArgumentError(
            refusal(
                got=f"--seeds {args.seeds} --prompt-seeds {args.prompt_seeds}", accepted="1 or more", fix="raise them"
            )
        )
    if args.page_colors < 0:
        got = f"--page-colors {args.page_colors}"
        raise ArgumentError(refusal(got=got, accepted="0 or more drawings", fix="give 0 to leave them out"))
    if args.collapse_seeds and (args.collapse_seeds < 4 or args.collapse_drawings < 1):
        got = f"--collapse-seeds {args.collapse_seeds} --collapse-drawings {args.collapse_drawings}"
        raise ArgumentError(
            refusal(got=got, accepted="4 seeds or more of 1 drawing or more, or --collapse-seeds 0", fix="raise them")
        )
    for path, suffix in ((args.out, ".json"), (args.sheet, ".png")):
        if path is not None and path.suffix.lower() != suffix:
            raise ArgumentError(
                refusal(got=f"{path}", accepted=f"a name ending in {suffix}", fix=f"name it eval{suffix}")
            )
    if args.pairs is None and (args.teacher is not None or args.make_pairs):
        raise ArgumentError(
            refusal(
                got="--teacher or --make-pairs alone",
                accepted="either with --pairs FOLDER",
                fix="name the folder of held-out scenes",
            )
        )
    if args.teacher_steps < 1:
        raise ArgumentError(refusal(got=f"--teacher-steps {args.teacher_steps}", accepted="1 or more", fix="raise it"))


def _print(report: dict) -> None:
    for name, found in report["metrics"].items():
        wanted = f", wanted {found['wanted']:g}" if "wanted" in found else ""
        print(f"{name:24}{found['mean']:8.3f}  [{found['low']:.3f}, {found['high']:.3f}]{wanted}")
    shown = {"mottle, median": report["mottle"]["median"], "mottle, 90th percentile": report["mottle"]["p90"]}
    if report["parts"]:
        mottle = report["parts"]["mottle"]
        shown |= {
            "part colors": report["parts"]["part_colors"],
            "mottle of parts, median": mottle["median"],
            "the same, 90th perc.": mottle["p90"],
        }
    for way in ("fill", "dab") if report["page_colors"] else ():
        shown |= {f"{way} kept, {style}": found for style, found in report["page_colors"][way].items()}
    for kind in ("material", "place"):
        if report["worlds"]:
            shown |= {
                f"{kind}, by the probe": report["worlds"][kind]["obeyed"],
                f"{kind}, renders": report["worlds"][kind]["held_out"],
            }
    for name, found in shown.items():
        if found["num_values"]:
            print(f"{name:24}{found['mean']:8.3f}  [{found['low']:.3f}, {found['high']:.3f}]")
    if report["collapse"]:
        print(f"collapsed: {report['collapse']['collapsed']} seeds")
    for name, row in (report["fidelity"] or {"sets": {}})["sets"].items():
        found, ratio = row["kernel_distance"], (row.get("ratio_to_teacher") or {}).get("kernel")
        beside = f", {ratio['value']:.2f} x the teacher's [{ratio['low']:.2f}, {ratio['high']:.2f}]" if ratio else ""
        print(f"kernel distance, {name:20}{found['value']:8.4f}  [{found['low']:.4f}, {found['high']:.4f}]{beside}")
    for file, why in report["skipped_drawings"].items():
        print(f"skipped {file}: {why}")


def make_folders(*files: Path) -> None:
    """Create the folders now, so that a write error shows before an hour of drawing and not after it."""
    for file in files:
        if file.is_dir():
            raise ArgumentError(refusal(got=f"{file}, a folder", accepted="a file", fix="choose another name"))
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"cannot make {file.parent}: {error.strerror or error}; fix: choose another --out"
            ) from error


def write_sheet(sheet_u8: np.ndarray, path: Path) -> None:
    """Save (H, W, 3) uint8 as a picture.

    Raises:
        OutputError: no space, no permission.
    """
    from PIL import Image

    try:
        Image.fromarray(sheet_u8).save(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}; fix: choose another --sheet") from error
