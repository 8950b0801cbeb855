"""What each member of an average should count, chosen by what the members said out of sample."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

_TINY = 1e-12


def mixture(chances: list[Floats], truth: NDArray[Any], weights: Floats) -> NDArray[np.float64]:
    """The weights, none negative, whose mean of probabilities has the least log loss.

    The loss is convex in them; expectation-maximisation for the proportions of a mixture (Dempster, Laird and
    Rubin, Journal of the Royal Statistical Society B 39, 1977) lowers it at every step and never leaves the
    simplex.

    Parameters
    ----------
    chances : list of ndarray (n, k)
        Calibrated probabilities out of sample, one table for each member.
    truth : ndarray (n,) of int, or (n, k) of 0 and 1
        What is so.
    weights : ndarray (n,)
        Weight of each row.

    Returns
    -------
    ndarray (members,) of float64
        They sum to 1; all are equal where there is no row.
    """
    right, rows = _right(chances, truth, weights)
    found = np.full(len(chances), 1 / len(chances))
    if rows.sum() <= 0:
        return found
    rows = rows / rows.sum()
    for _ in range(1000):
        before = found
        found = before * (rows @ (right / (right @ before)[:, None]))
        if np.abs(found - before).max() < 1e-7:
            break
    settled: NDArray[np.float64] = found / found.sum()
    return settled


def _right(chances: list[Floats], truth: NDArray[Any], weights: Floats) -> tuple[Floats, Floats]:
    """The probability (m, members) of what is so, and the weight (m,) of each."""
    if truth.ndim == 1:
        told = [table[np.arange(len(truth)), truth] for table in chances]
        rows = weights
    else:
        told = [np.where(truth > 0, table, 1 - table).ravel() for table in chances]
        rows = np.repeat(weights, truth.shape[1])
    return np.maximum(np.stack(told, axis=1), _TINY), np.asarray(rows, np.float64)
