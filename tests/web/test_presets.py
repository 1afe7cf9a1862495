"""Style presets promise only what the model was taught: its own styles, and backgrounds that its captions name."""

from __future__ import annotations

import json
import re

import pytest

from sprint_live.models.zoo import find_model, model_names
from support.paths import ROOT, WEB

PRESETS = json.loads((WEB / "presets.json").read_text("utf-8"))


@pytest.mark.parametrize("model", PRESETS)
def test_a_preset_belongs_to_its_model(model):
    assert model in model_names()
    presets = PRESETS[model]
    assert len(presets) >= 12 and len({preset["name"] for preset in presets}) == len(presets)
    assert all(
        set(preset) == {"name", "style", "add"} and preset["style"] in find_model(model).styles for preset in presets
    )


def test_backgrounds_are_those_of_the_training_captions():
    source = (ROOT / "sprint_live" / "train" / "data" / "scenes.py").read_text("utf-8")
    taught = set(re.findall(r'"(\w+)"', re.search(r"def _backdrop.*?\n\n\n", source, re.DOTALL)[0])) - {
        "black",
        "gray",
        "brown",
    }
    for preset in PRESETS["sprint-tiny"]:
        if preset["add"]:
            light, word = re.fullmatch(r" on a (light )?(\w+) background", preset["add"]).groups()
            assert word in taught or (not light and word in {"black", "gray", "brown"}), preset
