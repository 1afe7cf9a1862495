"""Means with bootstrap 95 % confidence intervals that know that pictures of one drawing are alike."""

from __future__ import annotations

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
