"""`sprint-live eval`: how well a model keeps to the lines and the words, on drawings it was never trained on."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from sprint_live.errors import ArgumentError, OutputError, refusal

NAME = "eval"
HELP = "judge a model on held-out drawings: edges, colours, prompts, seeds; writes JSON and a contact sheet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="sprint-tiny", help="a name from `sprint-live models`, or a model folder")
    parser.add_argument("--drawings", type=Path, default=Path("assets/drawings"), help="folder with prompts.json (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=None, help="JSON to write (default: assets/bench/MODEL-eval.json)")
    parser.add_argument("--sheet", type=Path, default=None, help="contact sheet to write, .png (default: beside --out)")
    parser.add_argument("--seeds", type=int, default=8, help="pictures of each drawing's own prompt (default: %(default)s)")
    parser.add_argument("--prompt-seeds", type=int, default=2, help="pictures of each changed prompt (default: %(default)s)")
    parser.add_argument("--size", type=int, default=1024, help="side in pixels (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=1, help="1 to 4 (default: %(default)s)")
    parser.add_argument("--device", default=None, help="cpu, cuda, cuda:1, mps (default: the first that is there)")


def run(args: argparse.Namespace) -> int:
    if args.seeds < 1 or args.prompt_seeds < 1:
        raise ArgumentError(
            refusal(got=f"--seeds {args.seeds} --prompt-seeds {args.prompt_seeds}", accepted="1 or more", fix="raise them")
        )
    for path, suffix in ((args.out, ".json"), (args.sheet, ".png")):
        if path is not None and path.suffix.lower() != suffix:
            raise ArgumentError(refusal(got=f"{path}", accepted=f"a name ending in {suffix}", fix=f"name it eval{suffix}"))
    from tqdm import tqdm

    from sprint_live import load_engine
    from sprint_live.cli.bench import circumstances, write_report
    from sprint_live.eval.drawings import read_drawings
    from sprint_live.eval.judge import Plan, judge, other_noun
    from sprint_live.eval.report import summarise
    from sprint_live.eval.sheet import contact_sheet

    plan = Plan(num_seeds=args.seeds, num_prompt_seeds=args.prompt_seeds, size=args.size, steps=args.steps)
    engine = load_engine(args.model, args.device)
    plan.check(engine.model.sizes)
    drawings = read_drawings(args.drawings, args.size)
    out = args.out or Path("assets/bench") / f"{engine.model.name}-eval.json"
    sheet = args.sheet or out.with_suffix(".png")

    _make_folders(out, sheet)

    begin = time.perf_counter()
    with tqdm(total=plan.num_pictures * len(drawings), desc="drawing", unit="picture") as bar:
        verdicts = []
        for index, drawing in enumerate(drawings):
            verdicts.append(judge(engine, drawing, other_noun(drawings, index), plan, on_picture=bar.update))
    report = {
        "what": f"{len(drawings)} held-out drawings, {args.size}x{args.size}, {args.steps} step(s), control strength 1",
        "model": engine.model.name,
        "num_pictures": plan.num_pictures * len(drawings),
        "wall_s": round(time.perf_counter() - begin, 1),
        "seeds": {"own_prompt": args.seeds, "changed_prompt": args.prompt_seeds},
        **summarise(verdicts, plan),
        **circumstances(engine.device),
    }
    _write_sheet(contact_sheet(drawings, verdicts), sheet)
    write_report(report, out)
    for name, found in report["metrics"].items():
        wanted = f", wanted {found['wanted']:g}" if "wanted" in found else ""
        print(f"{name:24}{found['mean']:8.3f}  [{found['low']:.3f}, {found['high']:.3f}]{wanted}")
    print(f"written to {out} and {sheet}")
    return 0


def _make_folders(*files: Path) -> None:
    """Find out that nothing can be written before an hour of drawing, not after it."""
    for file in files:
        if file.is_dir():
            raise ArgumentError(refusal(got=f"{file}, a folder", accepted="a file", fix="choose another name"))
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot make {file.parent}: {error.strerror or error}; fix: choose another --out") from error


def _write_sheet(sheet_u8: object, path: Path) -> None:
    from PIL import Image

    try:
        Image.fromarray(sheet_u8).save(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}; fix: choose another --sheet") from error
