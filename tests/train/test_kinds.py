"""Every kind of thing that a program draws: inside the square, every part in sight, its words known,
equal for equal generators.
"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sprint_live.train.data.kinds import all_kinds
from sprint_live.train.data.kinds._thing import Thing

HUES = (
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "pink",
    "brown",
    "black",
    "white",
    "gray",
    "gold",
    "silver",
    "turquoise",
    "beige",
)
COLORS = {f"{shade}{hue}" for shade in ("", "light ", "dark ") for hue in HUES} | {
    f"{tone} skin" for tone in ("light", "tan", "brown", "dark")
}
GROUPS = {"animal", "plant", "food", "building", "vehicle", "person", "object", "clothes", "nature"}
NUM_SEEDS, SIZE_PX = 12, 256  # 250 kinds in less than ten seconds


def areas_px(thing: Thing) -> np.ndarray:
    """How many pixels of each part are in sight."""
    assert len(thing.parts) < 256
    owner = np.zeros((SIZE_PX, SIZE_PX), np.uint8)
    for index, part in enumerate(thing.parts, 1):
        cv2.fillPoly(owner, [np.rint(part.outline_xy * SIZE_PX * 16).astype(np.int32)], index, shift=4)
    return np.bincount(owner.ravel(), minlength=len(thing.parts) + 1)[1:]


def same(one: Thing, other: Thing) -> bool:
    """Equal parts and lines, to the last bit."""
    shapes = [[part.outline_xy for part in thing.parts] + list(thing.lines) for thing in (one, other)]
    return len(shapes[0]) == len(shapes[1]) and all(np.array_equal(a, b) for a, b in zip(*shapes, strict=True))


def test_there_are_many_kinds() -> None:
    kinds = all_kinds()
    assert len(kinds) >= 49
    nouns = [noun for kind in kinds.values() for noun in kind.nouns]
    assert all(noun == noun.lower().strip() and noun for noun in nouns)
    assert len(set(nouns)) == len(nouns), sorted({noun for noun in nouns if nouns.count(noun) > 1})
    assert {kind.group for kind in kinds.values()} <= GROUPS


@pytest.mark.parametrize("name", all_kinds())
def test_a_kind(name: str) -> None:
    kind, things = all_kinds()[name], []
    for seed in range(NUM_SEEDS):
        thing = kind.draw(np.random.default_rng(seed))
        things.append(thing)
        where = f"{name}, seed {seed}"
        assert thing.parts, where
        pieces = [part.outline_xy for part in thing.parts] + list(thing.lines)
        assert all(piece.dtype == np.float32 and piece.ndim == 2 and piece.shape[1] == 2 for piece in pieces), where
        points = np.concatenate(pieces)
        assert np.isfinite(points).all() and points.min() >= -0.05 and points.max() <= 1.05, where
        hidden = [
            part.name or part.colors for part, area in zip(thing.parts, areas_px(thing), strict=True) if area == 0
        ]
        assert not hidden, f"{where}: cannot be seen: {hidden}"
        for part in thing.parts:
            assert len(part.outline_xy) >= 3, where
            assert isinstance(part.name, str) and part.name == part.name.lower().strip(), (where, part.name)
            assert set(part.colors) <= COLORS, (where, part.name, part.colors)
            assert all(type(color) is str for color in part.colors), (where, part.name)
            assert not part.fixed or len(part.colors) == 1, (where, part.name)
        assert len({part.name for part in thing.parts if part.body}) <= 1, where
        assert all(type(word) is str for word in thing.says), where
    assert same(kind.draw(np.random.default_rng(3)), things[3])
    assert not all(same(things[0], thing) for thing in things[1:])
