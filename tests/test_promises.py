"""The guide of promises names tests; each of them is there, and no promise and no fault is without one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "assets" / "guides" / "promises.md").read_text("utf-8")
ROWS = [line for line in GUIDE.splitlines() if line.startswith("|") and not re.match(r"\|(-|\s#|\sfault)", line)]


def names_in(path: str) -> set[str]:
    """Names of the test functions in a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def keys_of(table: str, path: str) -> set[str]:
    """Keys of a dictionary that a file assigns to this name."""
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == table for target in targets):
            return {ast.literal_eval(key) for key in node.value.keys}
    raise LookupError(f"{path} assigns no {table}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:30])
def test_every_promise_and_every_fault_names_tests_that_exist(row):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
    assert named and row.count("`tests/") == len(named)
    for path, name in named:
        assert (ROOT / path).is_file(), path
        assert name in names_in(path), f"{path} has no {name}"


def test_the_contract_runs_by_every_transport_against_every_deployment_that_the_guide_names():
    [promised] = re.findall(r"^Promise 15 is .*?\n\n", GUIDE, flags=re.MULTILINE | re.DOTALL)
    doors, deployments = (
        keys_of("DOORS", "tests/support/doors.py"),
        keys_of("DEPLOYMENTS", "tests/support/deployments.py"),
    )
    assert set(re.findall(r'"(.+?)"', promised)) == doors | deployments and len(doors) == 3 and len(deployments) == 2


def test_there_are_fifteen_promises_and_every_row_of_the_fault_table():
    numbers = [int(found) for found in re.findall(r"^\| (\d+) \|", GUIDE, flags=re.MULTILINE)]
    assert numbers == list(range(1, 16))
    assert len(ROWS) - len(numbers) >= 13
