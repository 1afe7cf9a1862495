"""Style presets promise only what the model was taught: materials and places that its captions name."""

from __future__ import annotations

import json

import pytest

from sprint_live.models.zoo import find_model, model_names
from sprint_live.train.data.materials import all_materials
from sprint_live.train.data.places import all_places
from support.paths import WEB

PRESETS = json.loads((WEB / "presets.json").read_text("utf-8"))


@pytest.mark.parametrize("model", PRESETS)
def test_a_preset_belongs_to_its_model(model):
    assert model in model_names()
    presets = PRESETS[model]
    assert len(presets) >= 12 and len({preset["name"] for preset in presets}) == len(presets)
    assert all(
        set(preset) == {"name", "style", "add"} and preset["style"] in find_model(model).styles for preset in presets
    )


def test_places_and_materials_are_those_of_the_training_captions():
    places = {word for place in all_places().values() for word in place.words}
    materials = {word for material in all_materials().values() for word in material.words}
    styles = find_model("sprint-tiny").styles
    for preset in PRESETS["sprint-tiny"]:
        assert not preset["add"] or preset["add"].removeprefix(" ") in places, preset
        said = styles[preset["style"]].removeprefix("{prompt}").removeprefix(", ")
        assert not said or said in materials, preset
