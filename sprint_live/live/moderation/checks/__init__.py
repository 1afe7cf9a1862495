"""Checks of prompts and pictures. To add one, add a file here, or an entry point of the group
`sprint_live.checks`.

A check is a module (or what an entry point loads) with `TITLE`, a few words for people, and `load(argument) -> object`;
the argument is what stands after the name in `--check NAME=ARGUMENT`. What it loads has one of these, or both:

    prompt(text: str) -> str       "" if this may be drawn, else a whole sentence for the person who wrote it
    picture(jpeg: bytes) -> str    "" if this may be shown, else a whole sentence

Prompts are checked in one thread and pictures in another, each one at a time, beside the engine: a model that judges
belongs into `load`.
"""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any

from sprint_live.errors import ArgumentError, refusal

__all__ = ["GROUP", "check_names", "load_check"]

GROUP = "sprint_live.checks"


def check_names() -> tuple[str, ...]:
    """Names of all checks, sorted: files of this folder, and what other packages bring."""
    files = {module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")}
    return tuple(sorted(files | {point.name for point in entry_points(group=GROUP)}))


def load_check(named: str) -> Any:  # an object with `prompt`, `picture` or both
    """The check of "NAME" or "NAME=ARGUMENT".

    Raises: ArgumentError if none has this name, what the check itself says of its argument, or it checks nothing.
    """
    name, _, argument = named.partition("=")
    if name not in check_names():
        raise ArgumentError(
            refusal(got=f"check {name!r}", accepted=", ".join(check_names()), fix="use one of these names")
        )
    check = _module(name).load(argument)
    if not callable(getattr(check, "prompt", None)) and not callable(getattr(check, "picture", None)):
        raise ArgumentError(
            refusal(
                got=f"check {name!r}, which checks nothing", accepted="one with `prompt` or `picture`", fix="mend it"
            )
        )
    return check


def _module(name: str) -> ModuleType:
    for point in entry_points(group=GROUP):
        if point.name == name:
            return point.load()
    return importlib.import_module(f"{__name__}.{name}")
