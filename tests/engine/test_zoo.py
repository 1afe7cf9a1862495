"""The contract of every file in sprint_live/models/zoo/, found by listing the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import sprint_live.models.zoo
from sprint_live.errors import ArgumentError
from sprint_live.models.zoo import ZooModel, find_model, model_names


def test_the_folder_is_the_list() -> None:
    files = {path.stem for path in Path(sprint_live.models.zoo.__path__[0]).glob("*.py")} - {"__init__"}
    assert len(model_names()) == len(files)
    assert {"sprint-tiny", "sana-sprint-0.6b", "sana-sprint-1.6b"} <= set(model_names())


@pytest.mark.parametrize("name", model_names())
def test_an_entry_is_complete(name: str) -> None:
    model = find_model(name)
    assert isinstance(model, ZooModel) and model.name == name
    assert model.title and model.license and model.default_size in model.sizes
    for label in model.styles:
        styled = model.styled("a {cat} 100%", label)
        assert "a {cat} 100%" in styled and "{prompt}" not in styled
    assert model.styled("a cat") == model.styled("a cat", "") == "a cat"
    with pytest.raises(ArgumentError, match="no such style"):
        model.styled("a cat", "no such style")


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    for name in ("nonsense", "", "__init__", "../sprint_tiny"):
        with pytest.raises(ArgumentError, match="sprint-tiny"):
            find_model(name)


def test_the_released_models_draw_every_shape_of_diffusers() -> None:
    from diffusers.pipelines.pixart_alpha.pipeline_pixart_alpha import ASPECT_RATIO_1024_BIN

    expected = [(int(height), int(width)) for height, width in ASPECT_RATIO_1024_BIN.values()]
    for name in ("sana-sprint-0.6b", "sana-sprint-1.6b"):
        assert list(find_model(name).shapes) == expected
    assert len(expected) == 33 and all(height % 32 == width % 32 == 0 for height, width in expected)
