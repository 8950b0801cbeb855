"""Features brought to one scale before anything is learnt from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.parallel import blocks, in_parallel, shards

Floats = NDArray[Any]

# A channel that varies by less than this share of its own size says nothing, and would say it loudly once divided by so little.
_DEAD = 1e-5


@dataclass(frozen=True)
class Scaling:
    """What to take from each feature, and what to multiply it by then.

    Parameters
    ----------
    mean : ndarray (d,) of float64
        Mean of the rows it was learnt on.
    factor : ndarray (d,) of float64
        The inverse of their standard deviation; 0 for a dead channel, which then takes no part.
    """

    mean: Floats
    factor: Floats

    @classmethod
    def learn(cls, X: Floats, weights: Floats) -> Scaling:
        """Measure rows (n, d), each counting by its weight (n,)."""
        total = float(weights.sum())
        mean = sum(in_parallel(lambda rows: _moment(X, weights, rows, 0.0, 1), shards(len(X)))) / total
        square = sum(in_parallel(lambda rows: _moment(X, weights, rows, mean, 2), shards(len(X)))) / total
        spread = np.sqrt(square)
        dead = spread <= _DEAD * np.maximum(np.abs(mean), np.finfo(X.dtype).tiny)
        return cls(mean, np.where(dead, 0.0, 1 / np.where(dead, 1.0, spread)))

    def apply(self, X: Floats) -> Floats:
        """Scaled copy (n, d) in the precision of X, C-contiguous."""
        scaled = np.empty(X.shape, X.dtype)
        mean, factor = self.mean.astype(X.dtype), self.factor.astype(X.dtype)

        def scale(shard: slice) -> None:
            for rows in blocks(shard):
                np.subtract(X[rows], mean, out=scaled[rows])
                scaled[rows] *= factor

        list(in_parallel(scale, shards(len(X))))
        return scaled

    def unfold(self, coefficients: Floats) -> Floats:
        """Coefficients (d + 1, k) for features as they come, from those for scaled ones."""
        inner = coefficients[:-1].astype(np.float64) * self.factor[:, None]
        plain = np.vstack([inner, coefficients[-1] - self.mean @ inner])
        return plain.astype(coefficients.dtype)


def _moment(X: Floats, weights: Floats, shard: slice, centre: Floats | float, power: int) -> Floats:
    """Weighted sum over a slice of rows of ``(x - centre) ** power``, in float64."""
    total = np.zeros(X.shape[1])
    for rows in blocks(shard):
        total += weights[rows] @ ((X[rows].astype(np.float64) - centre) ** power)
    return total
