"""A linear probe, trained on renders, that recognizes the material or the place of a picture.

    renders, labels -> features (edge network, color statistics) -> softmax regression -> accuracy on renders held out
    pictures, asked labels -> the same features -> share that the probe calls by the label asked for

The second number is meaningful only beside the first, and only for pictures that otherwise resemble the renders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sprint_live.errors import ArgumentError, refusal
from sprint_live.eval.color_words import lab_of
from sprint_live.eval.fidelity import FEATURE_PX, edge_features
from sprint_live.eval.intervals import interval, statistic_interval

Features = Callable[[np.ndarray], np.ndarray]
HELD_OUT = 0.25  # of the groups
WEIGHT_DECAY = 1e-3
NUM_UPDATES = 500
MIN_SCALE = 1e-3  # a feature that hardly varies is not blown up
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
BORDER = 0.08  # of the side: the rim shows where a thing is


def picture_features(pictures_u8: np.ndarray) -> np.ndarray:
    """(N, H, W, 3) uint8 -> (N, 1510) float32: `edge_features` and `color_statistics`,
    of pictures scaled to FEATURE_PX.
    """
    small_u8 = np.stack(
        [cv2.resize(one, (FEATURE_PX, FEATURE_PX), interpolation=cv2.INTER_AREA) for one in pictures_u8]
    )
    return np.concatenate([edge_features(small_u8), color_statistics(small_u8)], axis=1).astype(np.float32)


def color_statistics(pictures_u8: np.ndarray) -> np.ndarray:
    """(N, S, S, 3) uint8 -> (N, 38) float32: quantiles and deviations of L, a, b, in the middle and along the rim."""
    rim = np.ones(pictures_u8.shape[1:3], bool)
    reach = max(1, round(BORDER * len(rim)))
    rim[reach:-reach, reach:-reach] = False
    rows = []
    for picture_u8 in pictures_u8:
        lab = lab_of(picture_u8)
        parts = [lab[~rim], lab[rim]]
        row = [np.quantile(part, QUANTILES, axis=0).ravel() for part in parts] + [part.std(axis=0) for part in parts]
        fine = np.abs(np.diff(lab[..., 0], axis=0)).mean(), np.abs(np.diff(lab[..., 0], axis=1)).mean()
        rows.append(np.concatenate([*row, fine]))
    return np.asarray(rows, np.float32)


@dataclass(frozen=True, kw_only=True)
class Probe:
    """labels: the C classes. mean, scale: (D,). weights: (D, C). bias: (C,). held_out: accuracy, an interval."""

    labels: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    held_out: dict[str, float | int | None]
    features: Features

    def probabilities(self, pictures_u8: np.ndarray) -> np.ndarray:
        """(N, H, W, 3) uint8 -> (N, C) float64 in 0..1, rows of sum 1, in the order of `labels`."""
        logits = (self.features(pictures_u8) - self.mean) / self.scale @ self.weights + self.bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def predict(self, pictures_u8: np.ndarray) -> list[str]:
        """The label of each picture."""
        return [self.labels[index] for index in self.probabilities(pictures_u8).argmax(axis=1)]

    def score(self, pictures_u8: np.ndarray, asked: Sequence[str]) -> dict[str, object]:
        """Share of pictures called by the label asked for, {obeyed: {mean, low, high}, by_label, held_out, chance}.

        Raises:
            ArgumentError: a label that the probe was not trained on.
        """
        unknown = set(asked) - set(self.labels)
        if unknown:
            raise ArgumentError(
                refusal(got=f"labels {sorted(unknown)}", accepted=", ".join(self.labels), fix="fit the probe on them")
            )
        seen = self.predict(pictures_u8)
        right = [found == wanted for found, wanted in zip(seen, asked, strict=True)]
        by_label = {
            label: float(np.mean([r for r, a in zip(right, asked, strict=True) if a == label]))
            for label in dict.fromkeys(asked)
        }
        return {
            "obeyed": interval([[value] for value in right]),
            "by_label": {label: round(value, 4) for label, value in by_label.items()},
            "held_out": self.held_out,
            "chance": round(1 / len(self.labels), 4),
        }


def fit(
    pictures_u8: np.ndarray,
    labels: Sequence[str],
    *,
    groups: Sequence[object] | None = None,
    features: Features = picture_features,
    seed: int = 0,
) -> Probe:
    """Train on renders (N, H, W, 3) uint8 with a label each: without a quarter of the groups, to judge it, then on all.

    groups: what renders have in common besides the label (the drawing); without it every render is its own group.

    Raises:
        ArgumentError: fewer than two labels or four groups.
    """
    names = tuple(sorted(set(labels)))
    groups = list(range(len(labels))) if groups is None else list(groups)
    members = sorted(set(groups), key=str)
    if len(names) < 2 or len(members) < 4:
        raise ArgumentError(
            refusal(got=f"{len(names)} labels in {len(members)} groups", accepted="2 and 4 or more", fix="add renders")
        )
    found = np.asarray(features(pictures_u8), np.float64)
    wanted = np.array([names.index(label) for label in labels])
    order = np.random.default_rng(seed).permutation(len(members))
    out = {members[index] for index in order[: max(1, round(HELD_OUT * len(members)))]}
    held = np.array([group in out for group in groups])
    mean, scale = found[~held].mean(axis=0), found[~held].std(axis=0)
    scale = np.maximum(scale, MIN_SCALE)
    unit = (found - mean) / scale
    weights, bias = _softmax_regression(unit[~held], wanted[~held], len(names))
    right = (unit[held] @ weights + bias).argmax(axis=1) == wanted[held]
    held_names = [group for group in groups if group in out]
    by_group = [
        [[value] for value, name in zip(right.tolist(), held_names, strict=True) if name == member]
        for member in sorted(out, key=str)
    ]
    held_out = statistic_interval(by_group)
    weights, bias = _softmax_regression(unit, wanted, len(names))
    return Probe(labels=names, mean=mean, scale=scale, weights=weights, bias=bias, held_out=held_out, features=features)


def _softmax_regression(unit: np.ndarray, wanted: np.ndarray, num_labels: int) -> tuple[np.ndarray, np.ndarray]:
    """((D, C), (C,)) of least cross entropy with weight decay, by accelerated gradient descent.

    Source: Nesterov's method for a convex loss whose gradient changes no faster than `steepest` (half the largest
    eigenvalue of the inputs' second moments bounds it for cross entropy).
    """
    inputs = np.hstack([unit, np.ones((len(unit), 1))])
    decay = np.append(np.full(unit.shape[1], WEIGHT_DECAY), 0)[:, None]
    targets = np.eye(num_labels)[wanted]
    steepest = 0.5 * np.linalg.norm(inputs, 2) ** 2 / len(inputs) + WEIGHT_DECAY
    weights = ahead = np.zeros((inputs.shape[1], num_labels))
    for update in range(NUM_UPDATES):
        logits = inputs @ ahead
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        gradient = inputs.T @ (powers / powers.sum(axis=1, keepdims=True) - targets) / len(inputs) + decay * ahead
        before, weights = weights, ahead - gradient / steepest
        ahead = weights + update / (update + 3) * (weights - before)
    return weights[:-1], weights[-1]
