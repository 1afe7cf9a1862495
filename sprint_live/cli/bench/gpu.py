"""`sprint-live bench gpu`: everything worth measuring on a GPU, in chunks, within the given minutes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    import torch

    from sprint_live.bench.gpu.engines import Bench
    from sprint_live.models.zoo import ZooModel

HELP = "measure a GPU: engine, baselines, every switch, memory; run it again to go on where it stopped"
LABELS = {"0.6B": "sana-sprint-0.6b", "1.6B": "sana-sprint-1.6b"}
BRANCH_OF = "0.6B"  # NVIDIA published a ControlNet of this teacher alone


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--out DIR, --minutes, --dry-run, --compare, and what is measured."""
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder of the run; the same one goes on"
    )
    parser.add_argument("--minutes", type=float, default=9.0, help="stop before this is over (default: %(default)s)")
    parser.add_argument("--device", default=None, help="cuda, cuda:1, or cpu (default: cuda)")
    parser.add_argument(
        "--dry-run", action="store_true", help="models a hundred times narrower on the CPU: shows that every chunk runs"
    )
    parser.add_argument("--only", action="append", default=[], metavar="CHUNK", help="one chunk by name (repeatable)")
    parser.add_argument("--runs", type=int, default=40, help="drawings of each way (default: %(default)s)")
    parser.add_argument("--size", type=int, default=None, metavar="PX", help="side in pixels (default: 1024)")
    parser.add_argument(
        "--tiny-autoencoder",
        default=None,
        metavar="NAME|DIR",
        help="taesana, or a folder that `convert` wrote (default: TAESANA's shape with random weights)",
    )
    parser.add_argument(
        "--controlnet",
        type=Path,
        default=None,
        metavar="DIR",
        help="the branch of the released 0.6B weights: with it the tiny autoencoder's encoder is judged",
    )
    parser.add_argument(
        "--compare", action="store_true", help="only print what is in DIR beside the paper's 250 ms and the plan"
    )


def run(args: argparse.Namespace) -> int:
    """Measure what is missing; 0 when all is done, 3 when some chunks are left."""
    from sprint_live.bench.gpu.run import go_on, read_gpu_report
    from sprint_live.bench.gpu.summary import comparison

    if args.compare:
        print(comparison(read_gpu_report(args.out)), end="")
        return 0
    if args.runs < 1 or not args.minutes > 0:
        raise ArgumentError(
            refusal(
                got=f"--runs {args.runs} --minutes {args.minutes:g}", accepted="1 or more, over 0", fix="leave them out"
            )
        )
    bench = _bench(args)
    left = go_on(bench, args.out, minutes=args.minutes, only=args.only, say=_say, plots=_has_matplotlib())
    print(comparison(read_gpu_report(args.out)), end="")
    if left:
        print(f"{len(left)} chunks are left ({', '.join(left)}): run the same command again")
    print(f"written to {args.out}/gpu.json, gpu.md" + (" and gpu.png" if _has_matplotlib() else ""))
    return 3 if left else 0


def _bench(args: argparse.Namespace) -> Bench:
    from sprint_live.bench.gpu.engines import Bench
    from sprint_live.bench.gpu.small import small_released
    from sprint_live.models.tiny_choice import obtain_tiny
    from sprint_live.models.zoo import find_model

    device = _device(args)
    models: dict[str, ZooModel] = {
        label: small_released(name) if args.dry_run else find_model(name) for label, name in LABELS.items()
    }
    return Bench(
        device=device,
        models=models,
        released={} if args.dry_run else _released(device, args.controlnet),
        runs=args.runs,
        warm_up=max(1, args.runs // 5),
        side=args.size,
        tiny=None if args.tiny_autoencoder is None else obtain_tiny(args.tiny_autoencoder),
        results={},
        advance=lambda: None,
    )


def _released(device: torch.device, controlnet: Path | None) -> dict:
    """Loaders of the released weights whose files are here and whose terms were accepted; 0.6B with a branch."""
    from sprint_live.models.choice import choose, must_ask
    from sprint_live.models.hub import downloaded

    found = {}
    for label, name in LABELS.items():
        choice = choose(name)
        assert choice.source is not None
        if downloaded(choice.source) is not None and must_ask(choice) is None:
            branch = controlnet if label == BRANCH_OF else None

            def load(name: str = name, branch: Path | None = branch):  # noqa: ANN202  # an engine, imported in seconds
                from sprint_live import load_engine

                return load_engine(name, device, controlnet=branch, offline=True)

            found[f"{label} released"] = load
    return found


def _device(args: argparse.Namespace) -> torch.device:
    import torch

    from sprint_live.engine.loading.load import pick_device

    if args.dry_run:
        return torch.device("cpu")
    if args.device is None and not torch.cuda.is_available():
        raise ArgumentError(
            refusal(
                got=f"no CUDA device for torch {torch.__version__}",
                accepted="an NVIDIA GPU with its driver and a CUDA build of torch, --device cpu, or --dry-run",
                fix="run `nvidia-smi`; then install torch for its CUDA version, see assets/guides/rtx-4090.md",
            )
        )
    return pick_device(args.device or "cuda")


def _has_matplotlib() -> bool:
    from importlib.util import find_spec

    return find_spec("matplotlib") is not None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
