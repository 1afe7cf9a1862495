"""Materials: what every render must keep to, and that colors are still what they are called."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from sprint_live.eval.colored_areas import MAX_DISTANCE, color_distance
from sprint_live.train.data.materials import Layer, Surface, all_materials, place
from sprint_live.train.data.paint import keep_paint

RGB = {
    "red": (0.85, 0.15, 0.17),
    "orange": (0.94, 0.54, 0.14),
    "yellow": (0.96, 0.81, 0.20),
    "green": (0.24, 0.65, 0.28),
    "blue": (0.18, 0.44, 0.84),
    "purple": (0.54, 0.29, 0.75),
    "brown": (0.55, 0.35, 0.20),
    "black": (0.15, 0.15, 0.17),
    "white": (0.96, 0.95, 0.94),
    "gray": (0.60, 0.61, 0.64),
}
NAMES = tuple(all_materials())
TINTING = tuple(name for name, material in all_materials().items() if material.tints)
EMPTY_BEHIND = np.float32([0.9, 0.85, 0.8])


def surface_of(side: int, behind_01: np.ndarray, *, empty: bool = False, color: str = "red") -> Surface:
    """A big ellipse of one color with a white patch, a small black dot in it, and a whisker beyond the outline."""
    labels, ink = np.zeros((side, side), np.int16), np.zeros((side, side), np.uint8)
    if not empty:
        shapes = (((0.45, 0.5), (0.33, 0.30)), ((0.45, 0.6), (0.09, 0.07)), ((0.45, 0.6), (0.012, 0.012)))
        for number, (center, radii) in enumerate(shapes, start=1):
            at = tuple(round(v * side) for v in center), tuple(max(1, round(v * side)) for v in radii)
            cv2.ellipse(labels, *at, 0, 0, 360, number, -1)
            cv2.ellipse(ink, *at, 0, 0, 360, 255, max(1, round(3 * side / 512)), cv2.LINE_AA)
        cv2.line(
            ink,
            (round(0.6 * side), round(0.45 * side)),
            (round(0.93 * side), round(0.4 * side)),
            255,
            max(1, round(3 * side / 512)),
            cv2.LINE_AA,
        )
    light = np.float32([-0.5, -0.6, 0.65])
    colors = np.float32([(1, 1, 1), RGB[color], RGB["white"], RGB["black"]])
    return Surface(
        labels=labels,
        things=(labels > 0).astype(np.int16),
        colors_01=colors,
        ink_01=ink.astype(np.float32) / 255,
        light=light / np.linalg.norm(light),
        behind_01=behind_01,
    )


@cache
def rendered(name: str, side: int, color: str = "red") -> tuple[Surface, Layer, np.ndarray]:
    material, rng = all_materials()[name], np.random.default_rng(7)
    behind = material.backdrop(side, rng) if material.backdrop else np.broadcast_to(EMPTY_BEHIND, (side, side, 3))
    surface = surface_of(side, behind, color=color)
    layer = material.render(surface, rng)
    return surface, layer, place(layer, surface.behind_01, surface, material.casts_shadow)


def test_there_are_all_materials_with_words_that_tell_them_apart() -> None:
    assert len(NAMES) == 22
    words = [word for material in all_materials().values() for word in material.words]
    assert len(words) == len(set(words))
    assert all(material.name == name and len(material.words) >= 3 for name, material in all_materials().items())


@pytest.mark.parametrize("name", NAMES)
def test_a_render_is_finite_within_range_and_covers_the_areas(name: str) -> None:
    surface, layer, out = rendered(name, 256)
    assert layer.rgb_01.shape == out.shape == (256, 256, 3)
    assert layer.alpha_01.shape == (256, 256)
    for values in (layer.rgb_01, layer.alpha_01, out, surface.behind_01):
        assert np.isfinite(values).all()
        assert values.min() >= 0
        assert values.max() <= 1
    assert layer.rgb_01.dtype == layer.alpha_01.dtype == out.dtype == np.float32
    assert np.abs(out - surface.behind_01)[surface.labels > 0].mean() > 0.05
    assert np.abs(out - surface.behind_01)[:24, -24:].mean() < 0.02


@pytest.mark.parametrize("name", NAMES)
def test_the_same_generator_gives_the_same_picture(name: str) -> None:
    material, (surface, layer, _) = all_materials()[name], rendered(name, 256)
    rng = np.random.default_rng(7)
    if material.backdrop:
        assert np.array_equal(material.backdrop(256, rng), surface.behind_01)
    again = material.render(surface_of(256, surface.behind_01), rng)
    assert np.array_equal(again.rgb_01, layer.rgb_01)
    assert np.array_equal(again.alpha_01, layer.alpha_01)


@pytest.mark.parametrize("color", ["red", "blue", "green", "yellow"])
@pytest.mark.parametrize("name", TINTING)
def test_a_part_keeps_its_color(name: str, color: str) -> None:
    surface, _, out = rendered(name, 256, color)
    seen = out[(surface.labels == 1) & (surface.edge_px > 6) & (surface.lines_01 < 0.1)].mean(0)
    if all_materials()[name].glow:  # dim light of a color inside the tubes
        seen = (seen - surface.behind_01.mean((0, 1))).clip(0)
        seen = seen / seen.max()
    away = {word: float(np.linalg.norm(seen - np.float32(rgb))) for word, rgb in RGB.items()}
    assert min(away, key=away.get) == color, (seen, away)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("gold", "silver")])
def test_a_small_dark_part_stays_distinct(name: str) -> None:
    surface, _, out = rendered(name, 512)
    dot = cv2.erode((surface.labels == 3).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    around = (surface.labels == 2) & (surface.edge_px > 6)
    assert np.abs(out[dot].mean(0) - out[around].mean(0)).max() > 0.12


@pytest.mark.parametrize("name", NAMES)
def test_half_the_size_is_about_the_same_picture(name: str) -> None:
    large = cv2.resize(rendered(name, 512)[2], (64, 64), interpolation=cv2.INTER_AREA)
    small = cv2.resize(rendered(name, 256)[2], (64, 64), interpolation=cv2.INTER_AREA)
    assert np.abs(large - small).mean() < 0.03


@pytest.mark.parametrize("name", NAMES)
def test_nothing_drawn_leaves_what_is_behind(name: str) -> None:
    material, rng = all_materials()[name], np.random.default_rng(3)
    behind = material.backdrop(256, rng) if material.backdrop else np.broadcast_to(EMPTY_BEHIND, (256, 256, 3))
    surface = surface_of(256, behind, empty=True)
    out = place(material.render(surface, rng), behind, surface)
    assert np.abs(out - behind).max() < 1e-6


def test_any_two_materials_look_different() -> None:
    pictures = [cv2.resize(rendered(name, 256)[2], (128, 128), interpolation=cv2.INTER_AREA) for name in NAMES]
    for index, first in enumerate(pictures):
        for second in pictures[:index]:
            assert np.abs(first - second).mean() > 0.01


def test_a_part_that_lies_on_another_leaves_its_shape_whole() -> None:
    surface = rendered("clay", 256)[0]
    assert surface.parents.tolist() == [0, 0, 1, 2]
    border = (
        (surface.labels == 1)
        & (surface.edge_px < 3)
        & (cv2.dilate((surface.labels == 2).astype(np.uint8), np.ones((5, 5))) > 0)
    )
    assert surface.dome_px[border].min() > 0.5 * surface.dome_px.max()


def test_gaps_between_parts_are_closed() -> None:
    whole = surface_of(256, np.zeros((256, 256, 3), np.float32))
    cut = whole.labels.copy()
    cut[:, 115:117] = 0
    things = whole.things.copy()
    things[:, 115:117] = 0
    parted = Surface(
        labels=cut,
        things=things,
        colors_01=whole.colors_01,
        ink_01=whole.ink_01,
        light=whole.light,
        behind_01=whole.behind_01,
    )
    assert (parted.filled[110:150, 115:117] > 0).all()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("color", ["blue", "yellow", "brown"])
def test_a_part_with_paint_on_the_page_keeps_its_color_in_every_material(name: str, color: str) -> None:
    surface, _, out = rendered(name, 256, color)
    kept = keep_paint(out, surface, (1,))
    inner = (surface.labels == 1) & (surface.ink_01 == 0) & (surface.edge_px > 6)
    paint = tuple(round(255 * level) for level in RGB[color])
    assert color_distance((kept * 255).round().astype(np.uint8), inner, paint) < 0.75 * MAX_DISTANCE
    patch = (surface.labels == 2) & (surface.edge_px > 4)
    assert np.abs(kept - out)[patch].max() < 0.02, "the part beside it stays as it is"
    light = cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)[inner]
    assert np.corrcoef(light, cv2.cvtColor(kept, cv2.COLOR_RGB2GRAY)[inner])[0, 1] > 0.8, "light and grain stay"


def test_gold_is_gold_where_nothing_is_painted() -> None:
    surface, _, out = rendered("gold", 256, "blue")
    assert keep_paint(out, surface, ()) is out
    inner = (surface.labels == 1) & (surface.edge_px > 6)
    assert color_distance((out * 255).round().astype(np.uint8), inner, (46, 112, 214)) > 2 * MAX_DISTANCE
