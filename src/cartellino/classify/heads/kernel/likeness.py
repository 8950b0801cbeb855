"""How alike rows are: near or far, every block of their numbers having the same say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.linear.scaling import Scaling, say_of
from cartellino.classify.heads.material import Material

Floats = NDArray[Any]

_BLOCK = 1024  # rows at a time, so that what is in between stays small


@dataclass(frozen=True)
class Measure:
    """Features brought to one scale, in which distances are reckoned.

    Parameters
    ----------
    mean, factor : ndarray (d,)
        What to take from each feature, and what to multiply it by then.
    """

    mean: Floats
    factor: Floats

    @classmethod
    def learn(cls, material: Material, blocks: Sequence[int], balance: float) -> Measure:
        """Measure rows, so that two of them are 1 apart on average; labels are not looked at.

        Parameters
        ----------
        material : Material
            Rows and their weights.
        blocks, balance
            As of `say_of`.
        """
        X = material.X
        say = say_of(blocks, X.shape[1], balance)
        scaling = Scaling.learn(X, material.weights, say)
        # Rows drawn at random are twice their variance apart, squared.
        apart = 2.0 * float((say[scaling.factor > 0] ** 2).sum())
        factor = scaling.factor / np.sqrt(apart) if apart else scaling.factor
        return cls(scaling.mean.astype(X.dtype), factor.astype(X.dtype))

    def apply(self, X: Floats) -> Floats:
        """Scaled copy (n, d) in the precision of X."""
        scaled = X - self.mean.astype(X.dtype, copy=False)
        scaled *= self.factor.astype(X.dtype, copy=False)
        return np.asarray(scaled)


def distances(some: Floats, others: Floats) -> Floats:
    """Squared distances (n, m) of scaled rows (n, d) and (m, d), in their precision."""
    made = np.empty((len(some), len(others)), some.dtype)
    long = np.einsum("ij,ij->i", others, others)
    for at in range(0, len(some), _BLOCK):
        rows = some[at : at + _BLOCK]
        told = rows @ others.T
        told *= -2
        told += np.einsum("ij,ij->i", rows, rows)[:, None]
        told += long
        np.maximum(told, 0, out=made[at : at + _BLOCK])
    return made


def likeness(apart: Floats, gamma: float) -> Floats:
    """``exp(-gamma × squared distance)``, in double precision."""
    told: Floats = np.exp(-gamma * apart.astype(np.float64))
    return told


def landmarks(rows: Floats, most: int, seed: int) -> NDArray[np.int64]:
    """Places of rows that differ, `most` at most, in an order that does not hang on theirs.

    Equal rows stand for one another, so that a row twice is a row of twice the weight.
    """
    first: dict[bytes, int] = {}
    for place, row in enumerate(rows):
        first.setdefault(row.tobytes(), place)
    differing = np.array([first[told] for told in sorted(first)], np.int64)
    if len(differing) <= most:
        return differing
    drawn: NDArray[np.int64] = differing[np.random.default_rng(seed).permutation(len(differing))[:most]]
    return drawn
