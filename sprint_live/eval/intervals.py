"""Means with bootstrap 95 % confidence intervals that account for similar pictures of one drawing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

NUM_RESAMPLES = 2000
LEVEL = 0.95


def interval(groups: list[list[float]], *, seed: int = 0) -> dict[str, float | int]:
    """Mean of all values, and the 95 % interval of that mean, as {mean, low, high, num_values, num_groups}.

    groups: one list of values a drawing, all of the same length. Drawings are drawn with replacement, then values
    within each: resampling single pictures instead would call 12 drawings x 8 seeds 96 independent trials.
    """
    values = np.asarray(groups, np.float64)
    assert values.ndim == 2 and values.size, "groups of one length each"
    num_groups, num_values = values.shape
    rng = np.random.default_rng(seed)
    means = np.empty(NUM_RESAMPLES)
    for index in range(NUM_RESAMPLES):
        rows = rng.integers(num_groups, size=(num_groups, 1))
        means[index] = values[rows, rng.integers(num_values, size=values.shape)].mean()
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {
        "mean": round(float(values.mean()), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "num_values": int(values.size),
        "num_groups": num_groups,
    }


def statistic_interval(
    groups: list[list[list[float]]], statistic: Callable[[np.ndarray], float] = np.mean, *, seed: int = 0
) -> dict[str, float | int | None]:
    """A statistic of all values with its 95 % interval, as {mean (the statistic), low, high, num_values, num_groups}.

    groups: drawing -> picture -> values, of any lengths. Drawings are drawn with replacement, then pictures of each;
    the values of one picture stay together. Drawings without a value are left out; without any value all are None.
    """
    pictures = [[np.asarray(values, np.float64) for values in group if len(values)] for group in groups]
    pictures = [group for group in pictures if group]
    if not pictures:
        return {"mean": None, "low": None, "high": None, "num_values": 0, "num_groups": 0}
    rng = np.random.default_rng(seed)
    found = np.empty(NUM_RESAMPLES)
    for index in range(NUM_RESAMPLES):
        chosen = [pictures[row] for row in rng.integers(len(pictures), size=len(pictures))]
        found[index] = statistic(
            np.concatenate([group[column] for group in chosen for column in rng.integers(len(group), size=len(group))])
        )
    values = np.concatenate([values for group in pictures for values in group])
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {
        "mean": round(float(statistic(values)), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "num_values": int(values.size),
        "num_groups": len(pictures),
    }
