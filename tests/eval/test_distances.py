"""Distances on sets whose answer is known, and intervals that know how few pictures there are."""

from __future__ import annotations

import numpy as np
import pytest

from sprint_live.eval.distances import (
    MIN_PICTURES,
    Distance,
    Ruler,
    distances,
    frechet_distance,
    interval_of,
    kernel_distance,
    pair_terms,
    random_halves,
    ratio,
)


def normal(num: int, dims: int, seed: int, shift: float = 0.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(num, dims)) + shift


def test_frechet_of_two_normals_is_the_closed_form() -> None:
    one, other = normal(40_000, 3, 0) * (1, 2, 3), normal(40_000, 3, 1) * (2, 2, 1) + (1, 0, 2)
    expected = 5 + (1 - 2) ** 2 + 0 + (3 - 1) ** 2  # shift, then the squared differences of the deviations
    assert frechet_distance(one, other) == pytest.approx(expected, rel=0.02)
    assert frechet_distance(one, one) == pytest.approx(0, abs=1e-9)


def test_kernel_distance_is_the_written_out_sum() -> None:
    x, y = normal(5, 4, 0), normal(5, 4, 1, 0.5)

    def k(a: np.ndarray, b: np.ndarray) -> float:
        return (a @ b / 4 + 1) ** 3

    total = sum(
        k(x[i], x[j]) + k(y[i], y[j]) - k(x[i], y[j]) - k(x[j], y[i]) for i in range(5) for j in range(5) if i != j
    )
    assert kernel_distance(pair_terms(x, y)) == pytest.approx(total / 20)
    assert kernel_distance(pair_terms(x, x)) == 0


def test_kernel_distance_is_unbiased_also_for_pairs_that_are_alike() -> None:
    found = []
    for seed in range(400):
        x = normal(12, 6, seed)
        y = 0.9 * x + np.sqrt(1 - 0.81) * normal(12, 6, 10_000 + seed)  # the same distribution, each beside its twin
        found.append(kernel_distance(pair_terms(x, y)))
    assert abs(np.mean(found)) < 3 * np.std(found) / np.sqrt(400)
    assert min(found) < 0, "an unbiased estimate of 0 falls below it"


def test_a_ruler_is_of_the_real_pictures_alone() -> None:
    real = normal(64, 20, 0) * np.linspace(10, 50, 20) + 3
    ruler = Ruler.of(real)
    unit = ruler.unit(real)
    assert np.allclose(unit.mean(axis=0), 0) and np.allclose(unit.std(axis=0), 1)
    few = ruler.project(real)
    assert few.shape == (64, 8) and few.var(axis=0)[0] == max(few.var(axis=0)), "the widest component first"
    constant = Ruler.of(np.hstack([real, np.full((64, 1), 7.0)]))
    found = constant.unit(np.hstack([real, np.full((64, 1), 12.0)]))[:, 20]
    assert np.allclose(found, 5 / (0.1 * real.std(axis=0).max())), (
        "what never varies is measured by a tenth of what varies most"
    )
    with pytest.raises(AssertionError, match=str(MIN_PICTURES)):
        Ruler.of(real[: MIN_PICTURES - 1])


def test_worse_pictures_are_further_and_the_ratio_says_how_much() -> None:
    real, halves = normal(96, 16, 0), random_halves(96, num_halves=200)
    ruler = Ruler.of(real)
    near, far = (distances(ruler, real, normal(96, 16, 1, shift), halves) for shift in (0.4, 1.0))
    for name in ("kernel", "frechet"):
        assert far[name].interval()["low"] > near[name].interval()["high"], name
        found = ratio(far[name], near[name])
        assert found["value"] == pytest.approx(far[name].whole / near[name].whole, abs=1e-4)
        assert 1.3 < found["low"] < found["value"] < found["high"]
    under = Distance(whole=1.5, halves=np.array([1.0, 2.0]))
    twice = ratio(Distance(whole=3.0, halves=np.array([2.0, 4.0])), under)
    assert twice == {"value": 2.0, "low": 2.0, "high": 2.0}, "what moves both moves no ratio"
    assert ratio(near["kernel"], Distance(whole=0.01, halves=np.array([0.02, -0.001]))) is None
    assert ratio(near["kernel"], Distance(whole=-0.01, halves=np.array([0.02]))) is None


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    hits = 0
    for seed in range(120):
        values = np.random.default_rng(seed).normal(size=40)
        halves = random_halves(40, seed=seed, num_halves=200)
        found = interval_of(float(values.mean()), values[halves].mean(axis=1))
        hits += found["low"] <= 0 <= found["high"]
    assert 0.88 <= hits / 120 <= 0.99


def test_halves_hold_no_picture_twice() -> None:
    halves = random_halves(9, num_halves=50)
    assert halves.shape == (50, 4) and all(len(set(half)) == 4 for half in halves) and halves.max() == 8
    assert np.array_equal(halves, random_halves(9, num_halves=50)) and not np.array_equal(
        halves, random_halves(9, seed=1, num_halves=50)
    )
