"""The Fréchet distance of two sets of features, FID where they are Inception's, and the file that keeps one side of it.

    d^2 = |m1 - m2|^2 + tr(C1 + C2 - 2 (C1^1/2 C2 C1^1/2)^1/2)

Knows: arrays and files.  Must not know: networks, pictures.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sprint_live.errors import InputError, refusal


class Moments:
    """Mean and covariance, with n - 1, of features that come in chunks;
    equal to all at once up to rounding in float64.
    """

    def __init__(self) -> None:
        self.count = 0
        self._sum: np.ndarray | float = 0.0
        self._outer: np.ndarray | float = 0.0
        self._origin: np.ndarray | float = 0.0

    def add(self, features: np.ndarray) -> None:
        """(N, D) of any float type."""
        values = np.asarray(features, np.float64)
        if not self.count:
            self._origin = values.mean(0)  # sums around the first chunk's mean lose no digits to a large mean
        values = values - self._origin
        self.count += len(values)
        self._sum = self._sum + values.sum(0)
        self._outer = self._outer + values.T @ values

    def result(self) -> tuple[np.ndarray, np.ndarray]:
        """(mean (D,), covariance (D, D)).

        Raises:
            InputError: fewer than two rows.
        """
        if self.count < 2:
            raise InputError(
                refusal(got=f"{self.count} features", accepted="2 or more", fix="draw or read more pictures")
            )
        shift = np.asarray(self._sum) / self.count
        covariance = (np.asarray(self._outer) - self.count * np.outer(shift, shift)) / (self.count - 1)
        return self._origin + shift, covariance


def frechet(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> float:
    """d^2 of two (mean, covariance). Square roots by eigenvalues: symmetric, and never complex for rank-poor sets."""
    (mean_1, cov_1), (mean_2, cov_2) = one, other
    values, vectors = np.linalg.eigh(cov_1)
    root = (vectors * np.sqrt(values.clip(min=0))) @ vectors.T
    middle = np.linalg.eigvalsh(root @ cov_2 @ root).clip(min=0)
    between = float(np.square(mean_1 - mean_2).sum())
    return between + float(np.trace(cov_1) + np.trace(cov_2) - 2 * np.sqrt(middle).sum())


def write_reference(file: Path, moments: tuple[np.ndarray, np.ndarray]) -> None:
    """The real set as `mu` and `sigma` of one .npz, as FID tools keep it."""
    partial = file.with_suffix(".partial.npz")
    np.savez(partial, mu=moments[0], sigma=moments[1])
    partial.replace(file)


def read_reference(file: Path) -> tuple[np.ndarray, np.ndarray]:
    """(mean, covariance) of such a file.

    Raises:
        InputError: it is no such file, or its shapes do not fit.
    """
    try:
        with np.load(file) as stored:
            mean, covariance = np.asarray(stored["mu"]), np.asarray(stored["sigma"])
    except (OSError, KeyError, ValueError) as error:
        raise InputError(
            refusal(got=f"{file} ({error})", accepted="an .npz with mu and sigma", fix="have it made again")
        ) from error
    if mean.ndim != 1 or covariance.shape != (len(mean), len(mean)):
        raise InputError(
            refusal(
                got=f"{file} with mu {mean.shape} and sigma {covariance.shape}",
                accepted="(D,) and (D, D)",
                fix="have it made again",
            )
        )
    return mean.astype(np.float64), covariance.astype(np.float64)


def reference_name(size_px: int, count: int) -> str:
    """The file of MJHQ-30K's first `count` pictures at `size_px`, as SANA's tools name it."""
    return f"MJHQ_30K_{size_px}px_fid_embeddings_{count}.npz"
