"""Shared by the measurements of an engine: options, loading, report, table and plot."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.cli._model import accept_terms, add_model_arguments, load
from sprint_live.cli.bench._out import add_out, check_out
from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    from sprint_live.engine.engine import Engine


def add_engine_arguments(parser: argparse.ArgumentParser, *, out: str) -> None:
    """The model, its weights, where the result goes (`out` says the default), and whether it is drawn."""
    add_model_arguments(parser)
    parser.add_argument(
        "--random-weights",
        action="store_true",
        help="a released model's real configuration, drawing noise: needs none of its files",
    )
    parser.add_argument(
        "--with-text-encoder",
        action="store_true",
        help="with --random-weights: also Gemma-2-2B, instead of a random vector per word",
    )
    parser.add_argument("--plot", action="store_true", help="draw it, too (needs matplotlib)")
    add_out(parser, f"{out}; a table (.md) is written beside it")


def add_runs(parser: argparse.ArgumentParser) -> None:
    """How many drawings count, and how many come before them."""
    parser.add_argument("--runs", type=int, default=50, help="drawings that count (default: %(default)s)")
    parser.add_argument("--warm-up", type=int, default=10, help="drawings before them (default: %(default)s)")


def size(text: str) -> int | tuple[int, int]:
    """ "512", or "512x768" for height and width."""
    sides = [int(side) for side in text.split("x")]
    if len(sides) not in (1, 2):
        raise ValueError(text)
    return sides[0] if len(set(sides)) == 1 else (sides[0], sides[1])


def check(args: argparse.Namespace) -> None:
    """Before anything is loaded. Raises: ArgumentError for options that do not go together, or a missing matplotlib."""
    runs = (args.runs, args.warm_up) if hasattr(args, "runs") else (1, 0)
    if runs[0] < 1 or runs[1] < 0:
        got = f"--runs {runs[0]} --warm-up {runs[1]}"
        raise ArgumentError(refusal(got=got, accepted="1 or more and 0 or more", fix="leave them out"))
    check_out(args.out)
    if args.with_text_encoder and not args.random_weights:
        raise ArgumentError(
            refusal(
                got="--with-text-encoder alone",
                accepted="--random-weights --with-text-encoder",
                fix="drop it: a model with its weights has its text encoder",
            )
        )
    if args.plot:
        from sprint_live.bench import plots

        plots.require_matplotlib()


def engine_of(args: argparse.Namespace) -> Engine:
    """The engine that the options name."""
    if not args.random_weights:
        accept_terms(args)
        return load(args)
    from sprint_live.bench.random_weights import random_engine
    from sprint_live.engine.loading.load import pick_device
    from sprint_live.models.zoo import find_model

    return random_engine(
        find_model(args.model),
        pick_device(args.device),
        with_text_encoder=args.with_text_encoder,
        without=args.without,
        also=args.also,
    )


def about(engine: Engine, args: argparse.Namespace) -> dict[str, object]:
    """What was measured: the model, what its weights are, and which optimizations were on."""
    weights = "as published"
    if args.random_weights:
        text = "Gemma-2-2B, random, too" if args.with_text_encoder else "a random vector a word, no text encoder"
        weights = f"random; text by {text}"
    return {"model": engine.model.name, "weights": weights, "switches": sorted(engine.switched_on)}


def write(
    report: dict,
    engine: Engine,
    args: argparse.Namespace,
    suffix: str,
    tables: Callable[[dict], str],
    plot: Callable[[dict, Path], None],
) -> Path:
    """The report, its table and, if asked for, its plot; gives the report's file.
    suffix: of the file's default name.
    """
    from sprint_live.bench.circumstances import write_report, write_text

    weights = "-random" if args.random_weights else ""
    out = args.out or Path("assets/bench") / f"{engine.model.name}{weights}-{engine.device.type}{suffix}.json"
    write_report(report, out)
    write_text(tables(report), out.with_suffix(".md"))
    if args.plot:
        plot(report, out.with_suffix(".png"))
    return out


class progress:
    """A progress bar; gives the function that moves it on."""

    def __init__(self, total: int, what: str) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, desc=what, unit="round")

    def __enter__(self) -> Callable[[], object]:
        return self._bar.update

    def __exit__(self, *failure: object) -> None:
        self._bar.close()
