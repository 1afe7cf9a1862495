"""`sprint-live bench WHAT`: measure on this machine, and write the result with everything it depends on.

Each measurement is a file here with HELP, add_arguments(parser) and run(args) -> int; the folder is the list.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from sprint_live.errors import ArgumentError, refusal

NAME = "bench"
HELP = "measure a picture, curves, memory or the server and write a file; or compare two such files"
MOVED = {
    "--curves": "curves",
    "--frames": "memory --frames N",
    "--load": "load --people N",
    "--strokes": "load --people N --strokes N",
    "--returns": "reconnect --people N",
    "--seconds": "load --people N --seconds S",
    "--compare": "compare A.json B.json",
}
"""Options that `bench` had before it had sub-commands, besides those of `picture` -> how each is said now."""


def subjects() -> dict[str, ModuleType]:
    """What can be measured, by name; `picture` first."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    ordered = sorted(names, key=lambda name: (name != "picture", name))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in ordered}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add one sub-command for each subject."""
    subparsers = parser.add_subparsers(dest="subject", metavar="WHAT")
    for name, module in subjects().items():
        module.add_arguments(subparsers.add_parser(name, help=module.HELP, description=module.HELP))
    of_picture = set(subparsers.choices["picture"]._option_string_actions) - {"-h", "--help"}
    for option in sorted(of_picture | set(MOVED)):
        parser.add_argument(
            option, dest="moved", nargs="*", action=_Moved, default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )


def run(args: argparse.Namespace) -> int:
    """Measure what was asked for.

    Raises:
        ArgumentError: nothing was asked for.
    """
    found = subjects()
    if args.subject is None:
        accepted = f"one of {', '.join(found)}"
        raise ArgumentError(refusal(got="bench alone", accepted=accepted, fix="sprint-live bench picture"))
    return found[args.subject].run(args)


class _Moved(argparse.Action):
    """An option that stood before the sub-command once: says where it stands now."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Ends the program with exit code 2."""
        option = option_string or ""
        now = MOVED.get(option, f"picture {option}")
        parser.error(f"{option} stands after what is measured; fix: sprint-live bench {now}")
