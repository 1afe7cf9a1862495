"""How far a set of generated pictures is from real ones: kernel and Fréchet distance of their features.

Sets here are small (about a hundred pictures), and picture i was drawn from the sketch and the caption of real picture
i. So the kernel distance leads: it is unbiased at any size. The Fréchet distance is biased upwards with few pictures,
and only means something with far fewer dimensions than pictures: it is taken on `NUM_COMPONENTS` principal components.
Scale and components are those of the real pictures alone, so that no generated set can change the ruler.

Source: kernel distance (KID) arXiv 1801.01401; its unbiased estimate over pairs: Gretton et al., JMLR 13 (2012), eq. 4.
Fréchet distance arXiv 1706.08500.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NUM_COMPONENTS = 8
NUM_HALVES = 500
SCALE_FLOOR = 0.1
LEVEL = 0.95
MIN_PICTURES = 4 * NUM_COMPONENTS


@dataclass(frozen=True, kw_only=True)
class Ruler:
    """Features (N, D) -> unit scale in every dimension, and (N, 8) principal components, both of the real pictures."""

    mean: np.ndarray
    scale: np.ndarray
    components: np.ndarray

    @classmethod
    def of(cls, real: np.ndarray) -> Ruler:
        """From the features (N, D) of the real pictures. A dimension that hardly varies is not blown up: no scale is
        below a tenth of the widest (intervals of 64 pictures were 3 times as wide, relative to the value,
        with a thousandth).
        """
        real = np.asarray(real, np.float64)
        assert len(real) >= MIN_PICTURES, f"{len(real)} real pictures; the caller refuses fewer than {MIN_PICTURES}"
        mean, spread = real.mean(axis=0), real.std(axis=0)
        scale = np.maximum(spread, max(spread.max() * SCALE_FLOOR, 1e-12))
        _, _, directions = np.linalg.svd((real - mean) / scale, full_matrices=False)
        return cls(mean=mean, scale=scale, components=directions[:NUM_COMPONENTS].T)

    def unit(self, features: np.ndarray) -> np.ndarray:
        """(N, D) float64, of mean 0 and standard deviation 1 (less where the floor holds) over the real pictures."""
        return (np.asarray(features, np.float64) - self.mean) / self.scale

    def project(self, features: np.ndarray) -> np.ndarray:
        """(N, 8) float64."""
        return self.unit(features) @ self.components


def pair_terms(real: np.ndarray, generated: np.ndarray) -> np.ndarray:
    """h_ij (N, N) = k(x_i, x_j) + k(y_i, y_j) - k(x_i, y_j) - k(x_j, y_i), 0 on the diagonal;
    k(a, b) = (a.b / D + 1)^3.

    Picture i and real picture i share a sketch; leaving i = j out keeps the estimate unbiased in spite of it.
    """

    def kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (a @ b.T / a.shape[1] + 1) ** 3

    cross = kernel(real, generated)
    terms = kernel(real, real) + kernel(generated, generated) - cross - cross.T
    np.fill_diagonal(terms, 0.0)
    return terms


def kernel_distance(terms: np.ndarray, members: np.ndarray | None = None) -> float:
    """Unbiased squared maximum mean discrepancy from `pair_terms`; `members` (M,) picks pictures. Can fall below 0."""
    if members is not None:
        terms = terms[np.ix_(members, members)]
    return float(terms.sum() / (len(terms) * (len(terms) - 1)))


def frechet_distance(one: np.ndarray, other: np.ndarray) -> float:
    """|m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^1/2) of two sets (N, K) float64 with N well above K; never below 0."""
    covariances = [np.cov(features, rowvar=False) for features in (one, other)]
    values, vectors = np.linalg.eigh(covariances[0])
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    cross = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ covariances[1] @ root), 0)).sum()
    shift = np.square(one.mean(axis=0) - other.mean(axis=0)).sum()
    return float(max(0.0, shift + np.trace(covariances[0]) + np.trace(covariances[1]) - 2 * cross))


def random_halves(num_pictures: int, *, seed: int = 0, num_halves: int = NUM_HALVES) -> np.ndarray:
    """(num_halves, N // 2) indices without repeats. A statistic over random halves spreads as the whole's own error
    does: (1 / (N/2) - 1 / N) = 1 / N. Drawing with replacement would put a picture beside its copy,
    where the kernel is largest.
    """
    rng = np.random.default_rng(seed)
    return np.stack([rng.permutation(num_pictures)[: num_pictures // 2] for _ in range(num_halves)])


def interval_of(whole: float, halves: np.ndarray) -> dict[str, float]:
    """{value, low, high}: the spread of the halves, moved to lie about the value of the whole set (small sets are
    biased).
    """
    low, high = np.quantile(halves - halves.mean(), [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) + whole
    return {"value": round(whole, 5), "low": round(float(low), 5), "high": round(float(high), 5)}


@dataclass(frozen=True, kw_only=True)
class Distance:
    """A distance of the whole set and of each random half: the same halves for every set,
    so that ratios know of them.
    """

    whole: float
    halves: np.ndarray

    def interval(self) -> dict[str, float]:
        """{value, low, high}."""
        return interval_of(self.whole, self.halves)


def distances(ruler: Ruler, real: np.ndarray, generated: np.ndarray, halves: np.ndarray) -> dict[str, Distance]:
    """{"kernel", "frechet"} of generated features (N, D) to the paired real ones (N, D)."""
    terms = pair_terms(ruler.unit(real), ruler.unit(generated))
    real_few, generated_few = ruler.project(real), ruler.project(generated)
    return {
        "kernel": Distance(
            whole=kernel_distance(terms), halves=np.array([kernel_distance(terms, half) for half in halves])
        ),
        "frechet": Distance(
            whole=frechet_distance(real_few, generated_few),
            halves=np.array([frechet_distance(real_few[half], generated_few[half]) for half in halves]),
        ),
    }


def ratio(over: Distance, under: Distance) -> dict[str, float] | None:
    """{value, low, high} of over / under; None where `under` cannot be told apart from 0 in some half."""
    if under.whole <= 0 or (under.halves <= 0).any():
        return None
    return interval_of(over.whole / under.whole, over.halves / under.halves)
