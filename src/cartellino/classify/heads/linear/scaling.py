"""Features brought to one scale before anything is learnt from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.linear.parallel import blocks as cut
from cartellino.classify.heads.linear.parallel import in_parallel, shards

Floats = NDArray[Any]

# A channel that varies by less than this share of its own size says nothing, and would say it loudly
# once divided by so little.
_DEAD = 1e-5


@dataclass(frozen=True)
class Scaling:
    """What to take from each feature, and what to multiply it by then.

    Parameters
    ----------
    mean : ndarray (d,) of float64
        Mean of the rows it was learnt on.
    factor : ndarray (d,) of float64
        The inverse of their standard deviation, times the say of their block; 0 for a dead channel,
        which takes no part.
    """

    mean: Floats
    factor: Floats

    @classmethod
    def learn(cls, X: Floats, weights: Floats, say: Floats) -> Scaling:
        """Measure rows (n, d), each counting by its weight (n,); `say` (d,) as of `say_of`."""
        total = float(weights.sum())
        mean = _moment(X, weights, 0.0, 1) / total
        spread = np.sqrt(_moment(X, weights, mean, 2) / total)
        dead = spread <= _DEAD * np.maximum(np.abs(mean), np.finfo(X.dtype).tiny)
        return cls(mean, np.where(dead, 0.0, say / np.where(dead, 1.0, spread)))

    def apply(self, X: Floats) -> Floats:
        """Scaled copy (n, d) in the precision of X, C-contiguous."""
        scaled = np.empty(X.shape, X.dtype)
        mean, factor = self.mean.astype(X.dtype), self.factor.astype(X.dtype)

        def scale(shard: slice) -> None:
            for rows in cut(shard):
                np.subtract(X[rows], mean, out=scaled[rows])
                scaled[rows] *= factor

        list(in_parallel(scale, shards(len(X))))
        return scaled

    def unfold(self, coefficients: Floats) -> Floats:
        """Coefficients (d + 1, k) for features as they come, from those for scaled ones."""
        inner = coefficients[:-1].astype(np.float64) * self.factor[:, None]
        plain = np.vstack([inner, coefficients[-1] - self.mean @ inner])
        return plain.astype(coefficients.dtype)


def say_of(blocks: Sequence[int], width: int, balance: float) -> Floats:
    """What each feature counts, so that a block of many features does not drown a block of few.

    Under one penalty for all a block's say grows with its width; each feature of a block of width w is
    multiplied by ``w ** -balance``, and all by what keeps their mean square.

    Parameters
    ----------
    blocks : sequence of int
        Widths of the blocks, side by side (the stages of a network); none: all features are one block.
    width : int
        Number of features.
    balance : float
        0 leaves the widths their say; 0.5 gives every block the same.

    Returns
    -------
    ndarray (width,) of float64
    """
    widths = np.asarray(blocks if len(blocks) else [width])
    if widths.sum() != width:
        raise ValueError(f"blocks of {widths.sum()} features in all do not fit {width} features")
    say = np.repeat(widths.astype(np.float64) ** -balance, widths)
    even: Floats = say / np.sqrt(np.mean(say**2))
    return even


def _moment(X: Floats, weights: Floats, centre: Floats | float, power: int) -> Floats:
    """Weighted sum over the rows of ``(x - centre) ** power``, (d,), in float64."""

    def part(shard: slice) -> Floats:
        total = np.zeros(X.shape[1])
        for rows in cut(shard):
            total += weights[rows] @ ((X[rows].astype(np.float64) - centre) ** power)
        return total

    whole: Floats = np.sum(list(in_parallel(part, shards(len(X)))), axis=0)
    return whole
