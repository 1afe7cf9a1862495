"""The options for the model and how to load it, shared by the commands that load one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.engine.switch_table import switch_names
from sprint_live.models.autoencoders import autoencoder_names
from sprint_live.models.fit import QUANTIZATIONS, Fit

if TYPE_CHECKING:
    from sprint_live.engine.engine import Engine
    from sprint_live.models.licenses import Terms

MAX_BATCH = 16  # jobs the engine puts through the model together


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """--model, --device, and how it is obtained and made to fit."""
    parser.add_argument(
        "--model",
        default="sprint-tiny",
        help="a name from `sprint-live models`, a model folder, or owner/name on the hub",
    )
    parser.add_argument("--device", default=None, help="cpu, cuda, cuda:1, mps (default: the first available)")
    parser.add_argument(
        "--accept-license", action="store_true", help="I have read the terms of this model and accept them"
    )
    parser.add_argument("--offline", action="store_true", help="never ask the hub (as HF_HUB_OFFLINE=1)")
    parser.add_argument(
        "--controlnet",
        type=Path,
        default=None,
        metavar="DIR",
        help="a control branch to use instead of the model's own",
    )
    parser.add_argument(
        "--tiny-autoencoder",
        default=None,
        metavar="NAME",
        help=f"draws the pictures while the pen is down: {', '.join(autoencoder_names())}, or a folder (default: the "
        "model's own preview decoder, if any)",
    )
    parser.add_argument(
        "--lora", type=Path, default=None, metavar="FILE", help="a LoRA of the transformer, .safetensors"
    )
    parser.add_argument("--lora-scale", type=float, default=1.0, help="weight of the LoRA (default: %(default)s)")
    parser.add_argument(
        "--quantize-text",
        choices=QUANTIZATIONS,
        default="none",
        help="text encoder: int8 (torchao) or nf4 (bitsandbytes, CUDA)",
    )
    parser.add_argument(
        "--quantize-transformer",
        choices=QUANTIZATIONS,
        default="none",
        help="the same for the transformer's linear layers",
    )
    parser.add_argument(
        "--offload-text", action="store_true", help="keep the text encoder in main memory between prompts"
    )
    parser.add_argument(
        "--tile", action="store_true", help="encode and decode on 512-pixel tiles: less memory, faint seams"
    )
    parser.add_argument("--autoencoder-float32", action="store_true", help="keep the autoencoder in float32")
    help_switches = "an optimization to turn {} (repeatable; `sprint-live explain` lists them)"
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=switch_names(),
        metavar="NAME",
        help=help_switches.format("off"),
    )
    parser.add_argument(
        "--with",
        dest="also",
        action="append",
        default=[],
        choices=switch_names(),
        metavar="NAME",
        help=help_switches.format("on"),
    )


def add_batch_argument(parser: argparse.ArgumentParser) -> None:
    """--batch, for the commands that serve several people."""
    parser.add_argument(
        "--batch",
        type=_batch,
        default=None,
        metavar="N",
        help="most people drawn in one batch, 1 to 16, if `bench curves` found that it pays (default: 4 where "
        "OpenVINO draws, else 1)",
    )


def load_for_people(args: argparse.Namespace) -> Engine:
    """As `load`, for a command with --batch."""
    engine = load(args)
    if args.batch is not None:
        engine.best_batch = args.batch
    return engine


def _batch(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_BATCH:
        raise argparse.ArgumentTypeError(f"got {text!r}; accepted: 1..{MAX_BATCH}")
    return int(text)


def accept_terms(args: argparse.Namespace) -> None:
    """Before anything is loaded: show the terms of the model, and of a tiny autoencoder, and let the person at the
    terminal answer.

    Raises:
        ArgumentError: no such model or tiny autoencoder.
        LicenseError: the terms were not accepted, or nobody is there to ask.
    """
    from sprint_live.models.choice import choose, must_ask

    choice = choose(args.model)
    if (text := must_ask(choice)) is not None:
        _show_and_ask(args, text, choice.title, choice.terms)
    if args.tiny_autoencoder is not None:
        from sprint_live.models.tiny_choice import named_autoencoder, terms_to_show

        text, entry = terms_to_show(args.tiny_autoencoder), named_autoencoder(args.tiny_autoencoder)
        if text is not None and entry is not None:
            _show_and_ask(args, text, entry.title, entry.terms if entry.asks else ())


def _show_and_ask(args: argparse.Namespace, text: str, title: str, terms: Sequence[Terms]) -> None:
    """Print a license; where `terms` must be accepted and have not been, ask."""
    from sprint_live.models.licenses import acknowledge, is_acknowledged, require_acknowledged

    print(text, file=sys.stderr)
    if not is_acknowledged(title, terms) and (args.accept_license or (sys.stdin.isatty() and _says_yes())):
        acknowledge(title, terms)
    require_acknowledged(title, terms)


def _says_yes() -> bool:
    print("Have you read these terms and do you accept them? [yes/no] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def fit_of(args: argparse.Namespace) -> Fit:
    """The Fit the options describe.

    Raises:
        ArgumentError: options that cannot be combined.
    """
    return Fit(
        quantize_text=args.quantize_text,
        quantize_transformer=args.quantize_transformer,
        offload_text=args.offload_text,
        tile=args.tile,
        autoencoder_float32=args.autoencoder_float32,
    )


def load(args: argparse.Namespace) -> Engine:
    """The engine the options describe; see `load_engine`."""
    from sprint_live import load_engine

    return load_engine(
        args.model,
        args.device,
        fit=fit_of(args),
        controlnet=args.controlnet,
        tiny_autoencoder=args.tiny_autoencoder,
        lora=args.lora,
        lora_scale=args.lora_scale,
        accept_license=args.accept_license,
        offline=args.offline,
        without=args.without,
        also=args.also,
    )
