"""Numbers of numpy are numbers; what is none is refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from sprint_live.api.draw_settings import Settings
from sprint_live.errors import ArgumentError

GIVEN = {
    "seed": 3,
    "steps": 2,
    "guidance": 4.5,
    "control_strength": 1.0,
    "control_start": 0.0,
    "control_end": 1.0,
    "strength": 0.6,
    "size": 1024,
    "sizes": (1024,),
    "shapes": ((512, 1024),),
}


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.int32, np.array])
def test_whole_numbers_of_numpy_become_pythons(kind):
    settings = Settings(**GIVEN | {"seed": kind(3), "steps": kind(2)})
    assert type(settings.seed) is int and type(settings.steps) is int and settings == Settings(**GIVEN)
    sized = Settings(**GIVEN | {"size": (np.int64(512), np.int64(1024))})
    assert sized.size == (512, 1024) and all(type(side) is int for side in sized.size)
    assert type(Settings(**GIVEN | {"size": np.int64(1024)}).size) is int


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.float16, int])
def test_real_numbers_of_numpy_become_pythons(kind):
    names = ("guidance", "control_strength", "strength")
    settings = Settings(**GIVEN | dict.fromkeys(names, kind(1)) | {"control_end": kind(1)})
    assert all(type(getattr(settings, name)) in (int, float) for name in names)


@pytest.mark.parametrize("value", [np.bool_(True), True, np.float64(3), "3", None, np.int64(-1), np.array([1, 2])])
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(ArgumentError, match="seed .*accepted: .*fix: "):
        Settings(**GIVEN | {"seed": value})
    with pytest.raises(ArgumentError, match="guidance"):
        Settings(**GIVEN | {"guidance": np.float32("nan")})
