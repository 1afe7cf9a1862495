"""The table of a drawing's numbers: what is accepted, what is refused in words,
and that all who take it have the same one.
"""

from __future__ import annotations

import inspect
import re
import runpy

import numpy as np
import pytest

from sprint_live import Engine
from sprint_live.api.draw_settings import DRAW_SETTINGS, DrawSettings, check_size
from sprint_live.cli import draw as draw_command
from sprint_live.errors import ArgumentError, told_by
from support.paths import ROOT, WEB


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.int32, np.array])
def test_whole_numbers_of_numpy_become_pythons(kind):
    settings = DrawSettings(seed=kind(3), steps=kind(2))
    assert type(settings.seed) is int and type(settings.steps) is int and settings == DrawSettings(seed=3, steps=2)


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.float16, int])
def test_real_numbers_of_numpy_become_pythons(kind):
    names = [name for name, setting in DRAW_SETTINGS.items() if not setting.is_whole and name != "control_start"]
    settings = DrawSettings(**dict.fromkeys(names, kind(1)))
    assert all(type(getattr(settings, name)) in (int, float) for name in names)


@pytest.mark.parametrize("value", [np.bool_(True), True, np.float64(3), "3", None, np.int64(-1), np.array([1, 2])])
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(ArgumentError, match="seed .*accepted: .*fix: "):
        DrawSettings(seed=value)
    with pytest.raises(ArgumentError, match="guidance"):
        DrawSettings(guidance=np.float32("nan"))


@pytest.mark.parametrize("name", DRAW_SETTINGS)
def test_every_number_is_taken_at_both_ends_and_no_further(name):
    setting = DRAW_SETTINGS[name]
    step = 1 if setting.is_whole else 1 / setting.scale
    others = {"control_start": 0.0} if name == "control_end" else {}
    low = setting.low + step if name == "control_end" else setting.low
    high = setting.high - step if name == "control_start" else setting.high
    for value in (low, high, setting.default):
        assert getattr(DrawSettings(**{**others, name: value}), name) == value
    for value in (setting.low - step, setting.high + step):
        with pytest.raises(ArgumentError) as refused:
            DrawSettings(**{name: value})
        assert told_by(refused.value).code.startswith("settings.") and name in str(refused.value)


@pytest.mark.parametrize(("start", "end"), [(0.5, 0.5), (0.6, 0.5), (True, 1.0), (0.0, "1"), (float("nan"), 1.0)])
def test_a_window_that_holds_nothing_is_refused(start, end):
    with pytest.raises(ArgumentError, match="control_start=.*control_end="):
        DrawSettings(control_start=start, control_end=end)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1024, (1024, 1024)),
        (np.int64(1024), (1024, 1024)),
        ((1024, 1024), (1024, 1024)),
        ((np.int64(512), 1024), (512, 1024)),
    ],
)
def test_a_size_is_a_side_or_height_and_width(size, expected):
    height_width = check_size(size, (1024,), ((512, 1024),))
    assert height_width == expected and all(type(side) is int for side in height_width)


@pytest.mark.parametrize("size", [True, 512, (1024, 512), (512, 1024, 3), "1024", None, (True, 1024), [1024, 1024]])
def test_another_size_is_refused_with_those_that_are_accepted(size):
    with pytest.raises(
        ArgumentError, match=r"size .*accepted: 1024; \(height, width\) of \(512, 1024\); fix: "
    ) as refused:
        check_size(size, (1024,), ((512, 1024),))
    assert told_by(refused.value).code == "settings.size"


def test_a_slider_offers_a_part_of_what_is_accepted():
    for name, setting in DRAW_SETTINGS.items():
        if setting.slider is not None:
            low, high, step = setting.slider
            assert setting.low <= low <= setting.default <= high <= setting.high and step > 0, name


def test_the_page_has_this_table():
    written = runpy.run_path(str(ROOT / "scripts" / "draw_settings.py"))
    assert (WEB / "wire" / "draw-settings.js").read_text("utf-8") == written["script"](), "run scripts/draw_settings.py"


def test_the_engine_and_the_command_line_have_these_defaults():
    parameters = inspect.signature(Engine.draw).parameters
    assert {name: parameters[name].default for name in DRAW_SETTINGS} == {
        name: setting.default for name, setting in DRAW_SETTINGS.items()
    }
    source = inspect.getsource(draw_command)
    assert not [name for name in DRAW_SETTINGS if f'"--{name.replace("_", "-")}"' in source]


def test_programs_are_told_these_ranges():
    from sprint_live.live.server import gradio_api

    described = dict(re.findall(r"^ {12}(\w+): (.*)$", inspect.getsource(gradio_api.add_endpoints), re.MULTILINE))
    offered = [name for name in DRAW_SETTINGS if name in described]
    assert offered == ["control_strength", "guidance", "seed", "steps"]
    for name in offered:
        setting = DRAW_SETTINGS[name]
        assert described[name].startswith(f"{setting.low:.10g} to {setting.high:.10g}"), name


def test_the_pages_choices_of_steps_are_steps():
    markup = (WEB / "page.html").read_text("utf-8")
    offered = {int(value) for value in re.findall(r'name="(?:refine-)?steps" value="(\d+)"', markup)}
    assert offered == set(range(int(DRAW_SETTINGS["steps"].low), int(DRAW_SETTINGS["steps"].high) + 1))
    assert not re.search(
        r'<input type="range" id="sl-(strength|repaint|guidance|control-\w+)"[^>]* (min|max|value)=', markup
    )
