"""The command `sprint-live`. A sub-command is a file here with NAME, HELP, add_arguments(parser) and run(args) -> int.

The folder is the list; a module may import heavy packages only inside `run`, so that --help is instant.
Exit codes: 0 success, 1 failure (one line on stderr says why), 2 wrong arguments or input, 130 stopped with Ctrl+C.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from sprint_live import __version__
from sprint_live.errors import InputError, SprintLiveError

DEFAULT_COMMAND = "serve"


class OneLineParser(argparse.ArgumentParser):
    """An ArgumentParser whose errors are one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one line on stderr."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def commands() -> dict[str, ModuleType]:
    """All sub-commands by name, the default one first."""
    modules = [
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
        if not module.name.startswith("_")
    ]
    ordered = sorted(modules, key=lambda module: (module.NAME != DEFAULT_COMMAND, module.NAME))
    return {module.NAME: module for module in ordered}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    found = commands()
    try:
        args = _parser(found).parse_args(_with_default(arguments))
    except SystemExit as stopped:  # argparse has said what it had to say
        return int(stopped.code or 0)
    try:
        return found[args.command].run(args)
    except SprintLiveError as error:
        print(f"sprint-live {args.command}: {' '.join(str(error).split())}", file=sys.stderr)
        return 2 if isinstance(error, InputError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `sprint-live models | head`: nobody listens any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _with_default(arguments: list[str]) -> list[str]:
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help", "--version")):
        return [DEFAULT_COMMAND, *arguments]
    return arguments


def _parser(found: dict[str, ModuleType]) -> OneLineParser:
    parser = OneLineParser(
        prog="sprint-live",
        description="Draw, and a SANA-Sprint picture follows every stroke.",
        epilog=f"Without a command: {DEFAULT_COMMAND}. `sprint-live COMMAND --help` lists the options of a command.",
    )
    parser.add_argument("--version", action="version", version=f"sprint-live {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in found.items():
        module.add_arguments(subparsers.add_parser(name, help=module.HELP, description=module.HELP))
    return parser
