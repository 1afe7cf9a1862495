"""Scenes of drawn things: a page in a random drawing style, in a material, at a place, with a true caption.

Knows: pages, materials, places, captions.  Must not know: shards, models, training.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from controlnet.maps import colored_page, spread_colors
from sprint_live.train.data.captions import caption
from sprint_live.train.data.emoji_page import EmojiPages
from sprint_live.train.data.hand import sample_hand
from sprint_live.train.data.kinds import all_kinds
from sprint_live.train.data.materials import all_materials
from sprint_live.train.data.materials._surface import Material, Surface, place
from sprint_live.train.data.page import Page, PageOptions, draw_page
from sprint_live.train.data.paint import keep_paint
from sprint_live.train.data.phrases import Phrase
from sprint_live.train.data.places import Scenery, all_places
from sprint_live.train.data.scene_mix import SceneMix

_INDOORS = np.float32([-0.45, -0.62, 0.64])
_SILENT_PLACE = {True: "plain", False: "studio"}  # comic or not: what is behind when nobody says


@dataclass(frozen=True, kw_only=True)
class DrawnScene:
    """picture: (S, S, 3) uint8. control: (S, S, 3) uint8, white lines on black, and the colors of the page."""

    picture_u8: np.ndarray
    control_u8: np.ndarray
    caption: str
    phrases: tuple[Phrase, ...]
    material: str
    place: str
    page: Page


class DrawnSceneMaker:
    """Draws random scenes; the same generator state gives the same scene.

    emoji: source of emoji pages, None for none; the mix says how often. kinds, materials, places: names to choose from;
    () for all.
    """

    def __init__(
        self,
        mix: SceneMix,
        emoji: EmojiPages | None = None,
        *,
        kinds: tuple[str, ...] = (),
        materials: tuple[str, ...] = (),
        places: tuple[str, ...] = (),
    ) -> None:
        self._mix, self._emoji = mix, emoji
        self._options = PageOptions(
            kinds=mix.kinds(kinds or tuple(all_kinds())), say=mix.say, colored=mix.colored, least_size=mix.least_size
        )
        self._materials = {name: made for name, made in all_materials().items() if not materials or name in materials}
        self._places = {name: made for name, made in all_places().items() if not places or name in places}

    def make(self, side: int, rng: np.random.Generator) -> DrawnScene:
        """A scene of `side` x `side` pixels."""
        others = [name for name in self._materials if name != "comic"]
        comic = not others or ("comic" in self._materials and rng.random() < self._mix.comic)
        material = self._materials["comic" if comic else str(rng.choice(others))]
        if self._emoji is not None and rng.random() < self._mix.emoji:
            page = self._emoji.draw(side, rng)
        else:
            page = draw_page(side, sample_hand(rng, side), self._options, rng)
        told = material.backdrop is None and rng.random() < self._mix.place
        where = str(rng.choice(list(self._places))) if told else silent_place(material)
        picture_u8, scenery = dress(page, material, where if told else None, rng)
        words = str(rng.choice(material.words))
        worded = caption(
            page, material=material.name, words=words, place=str(rng.choice(scenery.words)) if told else "", rng=rng
        )
        return DrawnScene(
            picture_u8=picture_u8,
            control_u8=control_page(page, rng),
            caption=worded.text,
            phrases=worded.phrases,
            material=material.name,
            place=where if scenery is not None else "own",
            page=page,
        )


def silent_place(material: Material) -> str:
    """The place behind a material if the caption names none."""
    return _SILENT_PLACE[material.name == "comic"]


def dress(
    page: Page, material: Material, where: str | None, rng: np.random.Generator
) -> tuple[np.ndarray, Scenery | None]:
    """A page in a material at a place: (picture (S, S, 3) uint8, the place that was painted).

    where: None for the default place of the material, which always looks the same. The returned place is None for a
    material with its own backdrop, such as chalk on a board.
    """
    side = len(page.labels)
    scenery = None
    if material.backdrop is None:
        name = silent_place(material) if where is None else where
        scenery = all_places()[name].paint(side, np.random.default_rng(7) if where is None else rng)
    behind = material.backdrop(side, rng) if scenery is None else scenery.rgb_01
    surface = Surface(
        labels=page.labels,
        things=page.things,
        colors_01=page.colors_01,
        ink_01=page.ink_u8.astype(np.float32) / 255,
        light=_INDOORS if scenery is None else scenery.light,
        behind_01=behind,
    )
    casts = material.casts_shadow and (scenery is None or scenery.shadow)
    picture = place(material.render(surface, rng), behind, surface, shadow=casts)
    picture = keep_paint(picture, surface, page.colored)
    return (picture.clip(0, 1) * 255).round().astype(np.uint8), scenery


def control_page(page: Page, rng: np.random.Generator) -> np.ndarray:
    """(S, S, 3) uint8: the lines, and the colored parts filled, dabbed or scribbled on.

    A dab spreads as it does in a person's drawing, but over its own part only.
    """
    colors_u8 = np.zeros((*page.sketch_u8.shape, 4), np.uint8)
    way = rng.choice(3, p=(0.55, 0.25, 0.2))
    for part in page.colored:
        own = page.labels == part
        painted_u8 = _fill(own) if way == 0 else _dab(own, scribble=way == 2, rng=rng)
        rgba = np.append((page.colors_01[part] * 255).round(), 255).astype(np.float32)
        paint = (rgba * (painted_u8[..., None] / np.float32(255))).round().astype(np.uint8)
        colors_u8[own] = (paint if way == 0 else spread_colors(page.sketch_u8, paint))[own]
    return colored_page(page.sketch_u8, colors_u8)


def _fill(mask: np.ndarray) -> np.ndarray:
    return mask.astype(np.uint8) * np.uint8(255)


def _dab(mask: np.ndarray, *, scribble: bool, rng: np.random.Generator) -> np.ndarray:
    """A round dab, or a zigzag of a brush, somewhere inside the area and clipped to it."""
    side = len(mask)
    room = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3)
    ys, xs = np.nonzero(room >= 0.6 * room.max())
    at = int(rng.integers(len(xs)))
    out = np.zeros(mask.shape, np.uint8)
    radius = float(max(room[ys[at], xs[at]] * rng.uniform(0.35, 0.9), 3 * side / 512))
    if not scribble:
        cv2.circle(out, (int(xs[at]), int(ys[at])), round(radius), 255, -1, cv2.LINE_AA)
        return out
    turns = int(rng.integers(3, 7))
    steps = np.stack([np.linspace(-1, 1, turns) * radius * 1.6, np.where(np.arange(turns) % 2, 1, -1) * radius], 1)
    zigzag = steps + np.array([xs[at], ys[at]])
    cv2.polylines(
        out, [zigzag.round().astype(np.int32)], False, 255, max(2, round(side / 512 * rng.uniform(4, 10))), cv2.LINE_AA
    )
    return out
