"""The table of optimizations, and an engine that says what it does."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import sprint_live
from sprint_live.cli import main
from sprint_live.engine import switch_table, switches
from sprint_live.engine.switch_table import EVERYWHERE, EXACT, Switch
from sprint_live.engine.switches import Switches
from sprint_live.errors import ArgumentError

SIZE = 256


@pytest.fixture
def small_table(monkeypatch) -> None:
    rows = (
        Switch(name="base", what="a", error=EXACT, on=EVERYWHERE),
        Switch(name="part", what="b", error=EXACT, on=frozenset({"cuda"}), needs="base"),
    )
    for module in (switches, switch_table):
        monkeypatch.setattr(module, "TABLE", rows)


@pytest.mark.parametrize(
    ("device", "without", "also", "on"),
    [
        ("cpu", (), (), {"base"}),
        ("cuda", (), (), {"base", "part"}),
        ("cpu", (), ("part",), {"base", "part"}),
        ("cuda", ("part",), (), {"base"}),
        ("cuda", ("base",), (), set()),
        ("cpu", ("base",), ("part",), set()),
    ],
)
def test_a_switch_is_on_by_device_by_name_and_never_without_what_it_needs(
    small_table, device: str, without, also, on: set[str]
) -> None:
    chosen = Switches(device, without=without, also=also)
    assert {name for name in ("base", "part") if name in chosen} == on
    said = [line.split()[:2] for line in chosen.lines()]
    assert said == [[name, "on" if name in on else "off"] for name in ("base", "part")]


@pytest.mark.parametrize(("without", "also"), [(("nonsense",), ()), ((), ("nonsense",)), (("base",), ("base",))])
def test_wrong_names_are_refused_with_the_right_ones(small_table, without, also) -> None:
    with pytest.raises(ArgumentError, match="accepted: base, part"):
        Switches("cpu", without=without, also=also)


def test_the_table_is_in_order_and_every_name_can_be_turned_off(tiny_model_folder) -> None:
    names = switch_table.switch_names()
    assert len(set(names)) == len(names)
    for index, row in enumerate(switch_table.TABLE):
        assert row.on <= EVERYWHERE and (not row.needs or row.needs in names[:index]), row.name
    with pytest.raises(ArgumentError, match="no-such"):
        sprint_live.load_engine(tiny_model_folder, without=("no-such",))
    engine = sprint_live.load_engine(tiny_model_folder, device="cpu", without=names)
    assert engine.draw(_circle(), "cat", size=SIZE).jpeg


def test_explain_names_every_switch_and_the_last_times(tiny_model_folder) -> None:
    engine = sprint_live.load_engine(tiny_model_folder, device="cpu", without=("prompt-cache",))
    assert "none yet" in engine.explain()
    engine.draw(_circle(), "cat", size=SIZE)
    said = engine.explain()
    assert all(name in said for name in switch_table.switch_names())
    assert "(turned off by name)" in said and "denoise " in said and "none yet" not in said


def test_the_command_explains(tiny_model_folder, capsys) -> None:
    assert main(["explain", "--model", str(tiny_model_folder), "--device", "cpu", "--without", "prompt-cache"]) == 0
    assert "(turned off by name)" in capsys.readouterr().out
    assert main(["explain", "--without", "nonsense"]) == 2
    assert "prompt-cache" in capsys.readouterr().err


def _circle() -> np.ndarray:
    page = np.full((SIZE, SIZE), 255, np.uint8)
    cv2.circle(page, (128, 120), 70, 0, 5, cv2.LINE_AA)
    return page
