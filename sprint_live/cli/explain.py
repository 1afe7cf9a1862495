"""`sprint-live explain`: which optimizations are on for a model on this machine and why,
and where the time of a picture goes.
"""

from __future__ import annotations

import argparse

from sprint_live.cli._model import accept_terms, add_model_arguments, load

NAME = "explain"
HELP = "draw twice and show which optimizations are on, why, and how long each stage took"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model_arguments(parser)


def run(args: argparse.Namespace) -> int:
    accept_terms(args)
    engine = load(args)
    engine.warm()
    print(f"model: {engine.model.title}\n{engine.explain()}")
    return 0
