"""Calls between the files of the sessions room go one way, down from the hub: no file knows one above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sprint_live.live import sessions

ROOM = Path(sessions.__file__).parent
FLOORS = (("hub",), ("dispatcher",), ("admission", "status"), ("registry",), ("scheduler", "session"))
"""From the top: a file may import from floors below its own."""
NAMED_BY_FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
OWNED = {"_dispatcher": "dispatcher", "_admission": "admission", "_status": "status", "_clients": "registry"}
"""Attributes by which a file calls an object of another file."""


def tree(name: str) -> ast.Module:
    return ast.parse((ROOM / f"{name}.py").read_text("utf-8"))


def imported(name: str) -> set[str]:
    modules = [node.module or "" for node in ast.walk(tree(name)) if isinstance(node, ast.ImportFrom)]
    return {module.rpartition(".")[2] for module in modules if module.startswith(f"{sessions.__name__}.")}


def called(name: str) -> set[str]:
    """The files whose objects a file holds as its own attributes."""
    attributes = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
    return {OWNED[attribute] for attribute in attributes & set(OWNED)} - {name}


def test_every_file_of_the_room_has_a_floor():
    assert {path.stem for path in ROOM.glob("*.py")} - {"__init__"} == set(NAMED_BY_FLOOR)


@pytest.mark.parametrize("name", NAMED_BY_FLOOR)
def test_a_file_knows_only_files_below_it(name):
    above = {other for other in imported(name) | called(name) if NAMED_BY_FLOOR[other] <= NAMED_BY_FLOOR[name]}
    assert not above, f"{name}.py reaches up to {sorted(above)}: let the hub hand in a callback instead"


def test_the_hub_hands_itself_to_nobody():
    """A `self` among the arguments would be a way back up."""
    handed = [
        ast.unparse(node)
        for node in ast.walk(tree("hub"))
        if isinstance(node, ast.Call) and any(getattr(argument, "id", "") == "self" for argument in node.args)
    ]
    assert handed == []
