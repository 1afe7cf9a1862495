"""Does a model collapse over its seeds? Many seeds of one sketch and one prompt:
how alike they are, how many are broken.

A seed is COLLAPSED when its picture nearly equals another seed's, or is broken. A picture is broken when more than
`HOLES_ABOVE` of the drawn object has the background's color, or more than `CLIPPED_ABOVE` of it lies in pixels whose
three channels are all 0 or 255. Prompts ask for a color, so that an object in the page's own white is no answer but a
hole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from sprint_live.eval.colors import ASKED
from sprint_live.eval.differences import object_lab, pairwise, thumbnail
from sprint_live.eval.distances import interval_of, random_halves
from sprint_live.eval.drawings import Drawing
from sprint_live.eval.outline import distance_px
from sprint_live.eval.prompts import phrase

NEAR_DUPLICATE = 1.0  # mean CIELAB difference below which an eye takes two pictures for one
HOLE_LAB = 10.0  # a pixel of the object nearer than this to the background's color is a hole
HOLES_ABOVE = 0.3  # of the object
CLIPPED_ABOVE = 0.5  # of the object
AWAY_FROM_LINES = 0.04  # of the side: pixels this far off the object are background
MIN_SEEDS = 4
DEFINITION = (
    f"a seed is collapsed if its picture differs from another seed's by less than {NEAR_DUPLICATE:g} CIELAB inside "
    f"the outline, or over {HOLES_ABOVE:.0%} of the object is within {HOLE_LAB:g} CIELAB of the background's median "
    f"color, or over {CLIPPED_ABOVE:.0%} of it has every channel at 0 or 255"
)


@dataclass(frozen=True, kw_only=True)
class SeedSet:
    """All seeds of one drawing. holes, clipped: a share a seed. differences: of every pair of seeds, in CIELAB."""

    name: str
    prompt: str
    holes: list[float]
    clipped: list[float]
    differences: list[float]
    thumbnails_u8: list[np.ndarray]

    @property
    def near_duplicates(self) -> np.ndarray:
        """(num_seeds,) bool: whether some other seed gave nearly the same picture."""
        num_seeds = len(self.holes)
        near = np.zeros((num_seeds, num_seeds), bool)
        near[np.triu_indices(num_seeds, 1)] = np.asarray(self.differences) < NEAR_DUPLICATE
        return np.asarray((near | near.T).any(axis=1))

    @property
    def broken(self) -> np.ndarray:
        """(num_seeds,) bool."""
        return (np.asarray(self.holes) > HOLES_ABOVE) | (np.asarray(self.clipped) > CLIPPED_ABOVE)


def paint_seeds(draw: Callable[[str, int], np.ndarray], drawing: Drawing, color: str, num_seeds: int) -> SeedSet:
    """Seeds 0 .. num_seeds - 1 of "a {color} {noun}"; `draw(prompt, seed)` gives (S, S, 3) uint8."""
    prompt = phrase(drawing.noun, color)
    pictures = (draw(prompt, seed) for seed in range(num_seeds))
    return seed_set(drawing.name, prompt, pictures, ink=drawing.ink, inside=drawing.inside)


def seed_set(name: str, prompt: str, pictures: Iterable[np.ndarray], *, ink: np.ndarray, inside: np.ndarray) -> SeedSet:
    """Pictures (S, S, 3) uint8 of one drawing, a seed each; ink, inside (S, S) bool: its lines, what they enclose."""
    background = background_of(ink, inside)
    holes, clipped, labs, small = [], [], [], []
    for picture_u8 in pictures:
        holes.append(hole_share(picture_u8, inside, background))
        clipped.append(clipped_share(picture_u8, inside))
        labs.append(object_lab(picture_u8, inside))
        small.append(thumbnail(picture_u8))
    return SeedSet(
        name=name, prompt=prompt, holes=holes, clipped=clipped, differences=pairwise(labs), thumbnails_u8=small
    )


def color_for(index: int) -> str:
    """The color that drawing `index` is asked for: the eight in turn."""
    return ASKED[index % len(ASKED)]


def background_of(ink: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """(S, S) bool: well away from the lines and from what they enclose; the border ring where nothing is."""
    away = distance_px(ink | inside) > AWAY_FROM_LINES * len(ink)
    if away.any():
        return away
    ring = np.ones(ink.shape, bool)
    ring[1:-1, 1:-1] = False
    return ring


def hole_share(picture_u8: np.ndarray, inside: np.ndarray, background: np.ndarray) -> float:
    """Share of the pixels `inside` that have the background's median color, within HOLE_LAB."""
    lab = cv2.cvtColor(picture_u8.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    page = np.median(lab[background], axis=0)
    return float((np.linalg.norm(lab[inside] - page, axis=1) < HOLE_LAB).mean())


def is_broken(picture_u8: np.ndarray, *, ink: np.ndarray, inside: np.ndarray) -> bool:
    """Whether one picture (S, S, 3) has too many holes or is clipped, as DEFINITION says."""
    holes = hole_share(picture_u8, inside, background_of(ink, inside))
    return holes > HOLES_ABOVE or clipped_share(picture_u8, inside) > CLIPPED_ABOVE


def clipped_share(picture_u8: np.ndarray, inside: np.ndarray) -> float:
    """Share of the pixels `inside` whose three channels are all 0 or 255."""
    return float(((picture_u8[inside] == 0) | (picture_u8[inside] == 255)).all(axis=1).mean())


def summarize_seeds(sets: list[SeedSet]) -> dict[str, object]:
    """The report: for every drawing "collapsed: n of N", and the worst of them as the figure."""
    num_seeds = len(sets[0].holes)
    rows = []
    for seeds in sets:
        collapsed = int((seeds.near_duplicates | seeds.broken).sum())
        rows.append(
            {
                "name": seeds.name,
                "prompt": seeds.prompt,
                "collapsed": collapsed,
                "near_duplicates": int(seeds.near_duplicates.sum()),
                "broken": int(seeds.broken.sum()),
                "max_hole_share": round(max(seeds.holes), 4),
                "max_clipped_share": round(max(seeds.clipped), 4),
                "min_difference": round(min(seeds.differences), 4),
                "diversity": diversity(seeds),
            }
        )
    worst = max(row["collapsed"] for row in rows)
    return {
        "collapsed": f"{worst} of {num_seeds}",
        "nothing_collapses": worst == 0,
        "num_seeds": num_seeds,
        "definition": DEFINITION,
        "drawings": rows,
    }


def diversity(seeds: SeedSet) -> dict[str, float]:
    """Mean difference of two seeds as {value, low, high}.
    Halves of the SEEDS make the interval: 2,016 pairs of 64 seeds are not 2,016 trials.
    """
    num_seeds = len(seeds.holes)
    table = np.zeros((num_seeds, num_seeds))
    table[np.triu_indices(num_seeds, 1)] = seeds.differences
    table += table.T
    halves = random_halves(num_seeds)
    members = num_seeds // 2
    means = np.array([table[np.ix_(half, half)].sum() / (members * (members - 1)) for half in halves])
    return interval_of(float(np.mean(seeds.differences)), means)
