"""Scenes: one to four cutouts on a background, with a true caption.

Knows: cutouts, colors, sketches.  Must not know: shards, models, training.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sprint_live.train.data.colors import BY_WORD, COLOR_WORDS, any_color, background_rgb, name_of, recolor
from sprint_live.train.data.comic import color_in
from sprint_live.train.data.cutouts import GROUP_WEIGHTS, STYLES, Cutout
from sprint_live.train.data.sketches import beside, draw_sketch, sample_style

_STYLE_WEIGHTS = {"3d": 0.6, "flat": 0.2, "noto": 0.2}
_STYLE_WORDS = {"3d": "3d", "flat": "flat", "noto": "cartoon", "comic": "comic"}
_COMIC_SHARE = 0.5  # scenes of any style that are inked and colored in (comic.py)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """picture (S, S, 3) uint8, sketch (S, S) uint8 white on black, and a true caption.

    owner (S, S) uint8: number of the visible object at each pixel, 0 for the background.
    """

    picture_u8: np.ndarray
    sketch_u8: np.ndarray
    owner_u8: np.ndarray
    caption: str
    style: str


class SceneMaker:
    """Draws random scenes from a list of cutouts; the same generator state gives the same scene."""

    def __init__(self, cutouts: list[Cutout]) -> None:
        self._by_style = {style: [c for c in cutouts if c.style == style] for style in STYLES}
        self._chances = {}
        for style, members in self._by_style.items():
            sizes = {group: sum(c.group == group for c in members) for group in GROUP_WEIGHTS}
            weights = np.array([GROUP_WEIGHTS[c.group] / sizes[c.group] for c in members])
            self._chances[style] = weights / weights.sum()
        self._rgba: dict[int, np.ndarray] = {}

    def make(self, side: int, rng: np.random.Generator) -> Scene:
        """A scene of `side` x `side` pixels."""
        style = str(rng.choice(STYLES, p=[_STYLE_WEIGHTS[s] for s in STYLES]))
        backdrop, backdrop_words = _backdrop(side, rng)
        picture, owner, phrases = self._paste_things(style, backdrop, rng)
        hand, seed = sample_style(rng, side), int(rng.integers(2**31))
        sketch = draw_sketch(picture, owner, hand, np.random.default_rng(seed))
        if rng.random() < _COMIC_SHARE:
            style = "comic"
            pen_px = float(np.clip(hand.thickness_px, side / 512 * 3.0, side / 512 * 6.0))
            pen = dataclasses.replace(
                hand, thickness_px=pen_px
            )  # the same hand draws sketch and ink, so every line that somebody draws is seen
            ink, field = (
                draw_sketch(picture, owner, pen, np.random.default_rng(seed)),
                beside(pen, side, np.random.default_rng(seed)),
            )
            picture = color_in(picture, backdrop, owner, field, ink)
        return Scene(
            picture_u8=picture,
            sketch_u8=sketch,
            owner_u8=owner,
            caption=_caption(phrases, backdrop_words, style, rng),
            style=style,
        )

    def arrange(
        self, side: int, styles: Sequence[str], rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, list[str]]:
        """(picture (S, S, 3) on white, owner (S, S) uint8, phrases): one to four cutouts of one of the styles."""
        return self._paste_things(str(rng.choice(list(styles))), np.full((side, side, 3), 255, np.uint8), rng)

    def _paste_things(
        self, style: str, backdrop: np.ndarray, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, list[str]]:
        side = len(backdrop)
        picture, owner = backdrop.copy(), np.zeros((side, side), np.uint8)
        count = int(rng.choice([1, 2, 3, 4], p=(0.77, 0.16, 0.05, 0.02)))
        phrases = []
        for index, (center_x, center_y, scale) in enumerate(_places(count, rng), start=1):
            cutout = self._by_style[style][rng.choice(len(self._by_style[style]), p=self._chances[style])]
            rgba, phrase = _dress(self._load(cutout), cutout, rng)
            _paste(picture, owner, rgba, index, center_x * side, center_y * side, scale * side, rng)
            phrases.append(phrase)
        return picture, owner, phrases

    def _load(self, cutout: Cutout) -> np.ndarray:
        key = id(cutout)
        if key not in self._rgba:
            self._rgba[key] = cutout.load_rgba()
        return self._rgba[key]


def _dress(rgba_u8: np.ndarray, cutout: Cutout, rng: np.random.Generator) -> tuple[np.ndarray, str]:
    """Sometimes recolor the cutout; name it. Smileys keep their yellow half as often as things keep their color."""
    noun = cutout.label.lower()
    if cutout.tags and rng.random() < 0.08:
        noun = str(rng.choice(cutout.tags))
    bare = " ".join(word for word in noun.split() if word not in COLOR_WORDS) or noun
    draw = rng.random()
    if draw < 0.5:
        color, words = any_color(rng)
        return recolor(rgba_u8, color), f"{words} {bare}"
    if draw < 0.8:
        word = name_of(rgba_u8)
        return rgba_u8, f"{word} {bare}" if word else noun
    return rgba_u8, noun


def _places(count: int, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Centers and scales of `count` objects, as fractions of the side. The objects do not hide each other."""
    if count == 1:
        scale = float(rng.uniform(0.45, 0.92))
        free = max(0.0, 1.0 - scale) / 2
        return [(0.5 + float(rng.uniform(-free, free)), 0.5 + float(rng.uniform(-free, free)), scale)]
    order = rng.permutation(count)
    if count == 4:
        return [(0.27 + 0.46 * (slot % 2), 0.27 + 0.46 * (slot // 2), float(rng.uniform(0.34, 0.46))) for slot in order]
    width = 1.0 / count
    vertical = rng.random() < 0.15
    places = []
    for slot in order:
        scale = float(rng.uniform(0.75, 1.12)) * (width if count == 3 else 0.46)
        along, across = (slot + 0.5) * width, float(rng.uniform(0.32, 0.68))
        places.append((across, along, scale) if vertical else (along, across, scale))
    return places


def _paste(
    picture: np.ndarray,
    owner: np.ndarray,
    rgba_u8: np.ndarray,
    index: int,
    center_x: float,
    center_y: float,
    extent: float,
    rng: np.random.Generator,
) -> None:
    """Warp a cutout (scale, slight turn and stretch, perhaps mirrored) onto picture and owner, in place."""
    side = picture.shape[0]
    source = rgba_u8.shape[0]
    angle = np.deg2rad(float(rng.normal(0.0, 6.0)))
    stretch = float(rng.uniform(0.9, 1.1))
    mirror = -1.0 if rng.random() < 0.5 else 1.0
    scale = extent / source
    linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag(
        [mirror * scale * stretch, scale / stretch]
    )
    shift = np.array([center_x, center_y]) - linear @ np.array([source / 2.0, source / 2.0])
    matrix = np.hstack([linear, shift[:, None]])
    flags = cv2.INTER_AREA if scale < 0.7 else cv2.INTER_CUBIC
    premultiplied = rgba_u8.astype(np.float32)
    premultiplied[..., :3] *= premultiplied[..., 3:] / 255.0
    warped = cv2.warpAffine(premultiplied, matrix, (side, side), flags=flags).clip(0, 255)
    alpha = warped[..., 3:] / 255.0
    picture[:] = (picture * (1.0 - alpha) + warped[..., :3]).round().clip(0, 255).astype(np.uint8)
    owner[warped[..., 3] > 128] = index


def _backdrop(side: int, rng: np.random.Generator) -> tuple[np.ndarray, str]:
    """A background picture and words for it, "" for plain white."""
    if rng.random() < 0.5:
        return np.full((side, side, 3), 255, np.uint8), ("on a white background" if rng.random() < 0.15 else "")
    word = str(rng.choice(["red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "gray"]))
    light = bool(rng.random() < 0.4) and word not in ("black", "gray", "brown")
    base = background_rgb(BY_WORD[word], lightness=1.0 if light else 0.25).astype(np.float32)
    picture = np.broadcast_to(base, (side, side, 3)).copy()
    if rng.random() < 0.5:  # a soft vertical or radial shade of the same color
        ramp = np.linspace(1.12, 0.82, side, dtype=np.float32)[:, None, None]
        picture = picture * ramp
    shade = "light " if light else ""
    return picture.clip(0, 255).astype(np.uint8), f"on a {shade}{word} background"


def _caption(phrases: list[str], backdrop: str, style: str, rng: np.random.Generator) -> str:
    """ "a blue cat and a red apple on a pink background, 3d" in one of several wordings."""
    if len(phrases) > 1 and len(set(phrases)) == 1:
        words = f"{['two', 'three', 'four'][len(phrases) - 2]} {phrases[0]}s"
    else:
        words = " and ".join(f"{_article(phrase)} {phrase}" for phrase in phrases)
        if rng.random() < 0.15:
            words = " and ".join(phrases)
    if backdrop:
        words = f"{words} {backdrop}" if rng.random() < 0.7 else f"{words}, {backdrop.removeprefix('on a ')}"
    if rng.random() < (0.5 if style == "comic" else 0.95):  # words without a style mean comic, in half of its captions
        words = f"{words}, {_STYLE_WORDS[style]}"
    return words


def _article(phrase: str) -> str:
    return "an" if phrase[:1] in "aeiou" else "a"
