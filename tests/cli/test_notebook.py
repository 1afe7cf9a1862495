"""The notebook draws: its cells run one after another as they stand, and it carries no outputs."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "assets" / "notebooks" / "draw.ipynb"
CELLS = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def test_it_is_stripped_and_small():
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in CELLS)
    assert NOTEBOOK.stat().st_size < 16_000


def test_its_cells_run_and_draw(monkeypatch, tiny_model_folder):
    """On a small random model; the shipped one has tests of its own."""
    import sprint_live

    loaded = sprint_live.load_engine(str(tiny_model_folder))
    monkeypatch.setattr(
        sprint_live, "load_engine", lambda name: loaded if name == "sprint-tiny" else pytest.fail(name), raising=False
    )
    monkeypatch.delenv("SPRINT_LIVE_ADDRESS", raising=False)
    monkeypatch.chdir(NOTEBOOK.parent)
    names: dict[str, object] = {}
    shown = [_run("".join(cell["source"]), names) for cell in CELLS]
    pictures = [value for value in shown if value is not None]
    assert len(pictures) == 3 and all(picture.size == (256, 256) for picture in pictures)
    assert names["frame"].controlled and names["house"].controlled


def _run(source: str, names: dict[str, object]) -> object:
    """A cell as a notebook runs it: the value of a last expression is what it shows."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(NOTEBOOK), "exec"), names)
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names) if last else None
