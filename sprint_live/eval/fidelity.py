"""One set of generated pictures against the real ones of the same sketches:
distances, edges, and how far from a teacher.

pairs, painter -> pictures -> features, edge curves, thumbnails (kept) -> distances and ratios with intervals. The
pictures themselves are not kept. Used for a model against its teacher and for every run of an ablation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from sprint_live.engine.sketch import grow_lines
from sprint_live.eval.collapse import is_broken
from sprint_live.eval.differences import thumbnail
from sprint_live.eval.distances import Distance, Ruler, distances, random_halves, ratio
from sprint_live.eval.edges import FIXED, choose_threshold, edge_curve, edge_scores, f_score
from sprint_live.eval.intervals import interval
from sprint_live.eval.judge import DrawingEngine
from sprint_live.eval.outline import enclosed
from sprint_live.eval.pairs import Pair
from sprint_live.thinning import thin

Features = Callable[[np.ndarray], np.ndarray]
FEATURE_PX = 160  # pictures are scaled to this side before the feature network: 0.2 s each on one core, 2 s at 512
BATCH = 16
WANTED_RATIO = 1.3
STEPS = (1, 2, 3, 4)


def edge_features(pictures_u8: np.ndarray) -> np.ndarray:
    """(B, H, W, 3) uint8 -> (B, 1472) float32: square roots of the shipped edge network's channel means.

    Means of activations are never negative and have long tails, which a cubic kernel would make the whole distance.
    """
    from controlnet.hed_network import features

    return np.sqrt(features(pictures_u8))


class Painter(Protocol):
    """Anything that draws control maps (S, S) uint8 and captions; a seed a picture."""

    def paint(self, maps_u8: list[np.ndarray], captions: list[str], seeds: list[int]) -> list[np.ndarray]:
        """Pictures (S, S, 3) uint8, in order."""
        ...


class EnginePainter:
    """An engine as a Painter: one picture at a time, at its own guidance and control strength 1."""

    def __init__(self, engine: DrawingEngine, *, steps: int, size: int) -> None:
        self._engine, self._steps, self._size = engine, steps, size

    def paint(self, maps_u8: list[np.ndarray], captions: list[str], seeds: list[int]) -> list[np.ndarray]:
        """As Painter; the engine reads a map, which is white on black, as it reads any drawing."""
        return [
            self._engine.draw(map_u8, caption, seed=seed, steps=self._steps, size=self._size).pixels_u8
            for map_u8, caption, seed in zip(maps_u8, captions, seeds, strict=True)
        ]


class WideLines:
    """A Painter that sees lines as wide as the engine makes them for its model (`ZooModel.line_growth_px`)."""

    def __init__(self, painter: Painter, line_growth_px: float) -> None:
        self._painter, self._line_growth_px = painter, line_growth_px

    def paint(self, maps_u8: list[np.ndarray], captions: list[str], seeds: list[int]) -> list[np.ndarray]:
        """As Painter."""
        return self._painter.paint([grow_lines(map_u8, self._line_growth_px) for map_u8 in maps_u8], captions, seeds)


@dataclass(frozen=True, kw_only=True)
class PaintedSet:
    """What is kept of one set of pictures. features: (N, D). second: (N, E) of a second encoder, or None. edges:
    threshold -> (recall, precision) of each picture. thumbnails_u8: (N, 128, 128, 3)."""

    features: np.ndarray
    edges: dict[float, list[tuple[float, float]]]
    thumbnails_u8: np.ndarray
    second: np.ndarray | None = None


class PairsJudge:
    """The real pictures, read once: their features, the ruler made of them, and the edge threshold they choose.

    second: another encoder, whose distances are reported beside those of `features`.
    """

    def __init__(
        self,
        pairs: list[Pair],
        features: Features,
        *,
        second: Features | None = None,
        on_picture: Callable[[], object] = lambda: None,
    ) -> None:
        self.pairs, self._features, self._second, self._on_picture = pairs, features, second, on_picture
        drawn = [(pair.picture_u8, pair.contours) for pair in pairs if pair.contours is not None]
        self.threshold = (
            choose_threshold(
                [edge_curve(picture_u8, ink=contours, lines=thin(contours)) for picture_u8, contours in drawn]
            )
            if drawn
            else None
        )
        self.real = self.measure([pair.picture_u8 for pair in pairs])
        self.ruler = Ruler.of(self.real.features)
        self.second_ruler = None if self.real.second is None else Ruler.of(self.real.second)
        self.halves = random_halves(len(pairs))

    @property
    def thresholds(self) -> tuple[float, ...]:
        """The detector's own, and the chosen one where there is one and it is another."""
        return (FIXED,) if self.threshold in (None, FIXED) else (FIXED, self.threshold)

    def measure(self, pictures_u8: list[np.ndarray]) -> PaintedSet:
        """Features, edges against the pair's own sketch, and thumbnails of one picture a pair."""
        found, second, edges = [], [], {threshold: [] for threshold in self.thresholds}
        for pair, picture_u8 in zip(self.pairs, pictures_u8, strict=True):
            small_u8 = cv2.resize(picture_u8, (FEATURE_PX, FEATURE_PX), interpolation=cv2.INTER_AREA)
            found.append(self._features(small_u8[None])[0])
            if self._second is not None:
                second.append(self._second(small_u8[None])[0])
            for threshold in self.thresholds:
                edges[threshold].append(edge_scores(picture_u8, ink=pair.ink, lines=pair.lines, threshold=threshold))
            self._on_picture()
        thumbnails_u8 = np.stack([thumbnail(picture_u8) for picture_u8 in pictures_u8])
        return PaintedSet(
            features=np.stack(found),
            edges=edges,
            thumbnails_u8=thumbnails_u8,
            second=np.stack(second) if second else None,
        )

    def paint(self, painter: Painter) -> PaintedSet:
        """Draw every pair, seed i for pair i, and measure the set."""
        pictures_u8 = []
        for start in range(0, len(self.pairs), BATCH):
            batch = self.pairs[start : start + BATCH]
            seeds = list(range(start, start + len(batch)))
            pictures_u8 += painter.paint([pair.map_u8 for pair in batch], [pair.caption for pair in batch], seeds)
        return self.measure(pictures_u8)

    def distances(self, painted: PaintedSet) -> dict[str, Distance]:
        """{"kernel", "frechet"} to the real pictures."""
        return distances(self.ruler, self.real.features, painted.features, self.halves)

    def second_distances(self, painted: PaintedSet) -> dict[str, Distance]:
        """As `distances`, by the second encoder; {} without one."""
        if self.second_ruler is None or self.real.second is None or painted.second is None:
            return {}
        return distances(self.second_ruler, self.real.second, painted.second, self.halves)

    def ratios(self, painted: PaintedSet, other: PaintedSet) -> dict[str, dict[str, float] | None]:
        """{"kernel", "frechet"}: distance of one set over another's, {value, low,
        high} over the same halves of the pairs.
        """
        over, under = self.distances(painted), self.distances(other)
        return {name: ratio(over[name], under[name]) for name in over}

    def row(self, painted: PaintedSet, teacher: PaintedSet | None = None) -> dict[str, object]:
        """Everything that is reported of a set; `teacher`: another set, of the same sketches and noise,
        to differ from.
        """
        found = self.distances(painted)
        row: dict[str, object] = {
            "kernel_distance": found["kernel"].interval(),
            "frechet_distance": found["frechet"].interval(),
        }
        second = self.second_distances(painted)
        row |= {f"second_{name}_distance": distance.interval() for name, distance in second.items()}
        for name, threshold in (("", FIXED), ("_chosen", self.threshold)):
            if threshold is not None:
                row |= {f"{score}{name}": value for score, value in edge_row(painted.edges[threshold]).items()}
        if teacher is not None:
            row["ratio_to_teacher"] = {name: _wanted(found) for name, found in self.ratios(painted, teacher).items()}
            row["difference_from_teacher"] = interval([[value] for value in picture_differences(painted, teacher)])
        return row

    def check(self) -> dict[str, object]:
        """The judge judged: real pictures must score near 1 against their own lines, low against another's, and not be
        called broken.

        Edges at the fixed and at the chosen threshold; None where there are no contours.
        """
        if self.threshold is None:
            return {"real_against_own_contours": None, "real_against_others_contours": None, "real_called_broken": None}
        following = self.pairs[1:] + self.pairs[:1]
        result: dict[str, object] = {}
        for name, drawn in (("real_against_own_contours", self.pairs), ("real_against_others_contours", following)):
            result[name] = {
                f"{threshold:g}": edge_row(
                    [
                        edge_scores(
                            pair.picture_u8, ink=other.contours, lines=thin(other.contours), threshold=threshold
                        )
                        for pair, other in zip(self.pairs, drawn, strict=True)
                        if other.contours is not None
                    ]
                )
                for threshold in self.thresholds
            }
        broken = [
            is_broken(pair.picture_u8, ink=pair.contours, inside=enclosed(pair.contours))
            for pair in self.pairs
            if pair.contours is not None
        ]
        return {**result, "real_called_broken": interval([[value] for value in broken])}


def edge_row(scores: list[tuple[float, float]]) -> dict[str, object]:
    """Recall and precision with intervals over pictures, and the F of their means."""
    recall, precision = (interval([[value] for value in values]) for values in zip(*scores, strict=True))
    return {
        "edge_recall": recall,
        "edge_precision": precision,
        "edge_f": round(f_score(recall["mean"], precision["mean"]), 4),
    }


def picture_differences(painted: PaintedSet, other: PaintedSet) -> list[float]:
    """Mean CIELAB distance of the two pictures of each pair, over the whole picture."""
    one, two = (
        [cv2.cvtColor(small_u8.astype(np.float32) / 255, cv2.COLOR_RGB2Lab) for small_u8 in sets.thumbnails_u8]
        for sets in (painted, other)
    )
    return [float(np.linalg.norm(a - b, axis=2).mean()) for a, b in zip(one, two, strict=True)]


def _wanted(found: dict[str, float] | None) -> dict[str, object] | None:
    return None if found is None else {**found, "wanted_at_most": WANTED_RATIO, "met": found["value"] <= WANTED_RATIO}
