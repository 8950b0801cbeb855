"""Folds: every work in one of them, kin together, each class spread evenly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def deal(true: NDArray[np.bool_], kin: NDArray[np.int64], folds: int, seed: int) -> NDArray[np.int64]:
    """Give every work a fold.

    Iterative stratification (Sechidis, Tsoumakas and Vlahavas, ECML PKDD 2011) with kin in the place of
    examples: those with the rarest label first, each to the fold that has least of it.

    Parameters
    ----------
    true : ndarray (n, k) of bool
        Which labels each work has.
    kin : ndarray (n,) of int64
        Works with the same number go to one fold.
    folds : int
        How many.
    seed : int
        Of the order among equals.

    Returns
    -------
    ndarray (n,) of int64
        From 0 to ``folds - 1``.
    """
    groups, unit = np.unique(kin, return_inverse=True)
    held = np.zeros((len(groups), true.shape[1]))
    np.add.at(held, unit, true)
    sizes = np.bincount(unit, minlength=len(groups))
    rarest = _rarest(held)
    shuffled = np.random.default_rng(seed).permutation(len(groups))
    frequency = held.sum(axis=0)[rarest]
    order = shuffled[np.lexsort((-sizes[shuffled], frequency[shuffled]))]
    return _dealt(order, held, sizes, rarest, folds)[unit]


def _rarest(held: NDArray[np.float64]) -> NDArray[np.int64]:
    """The rarest label that each group of kin has; the first where it has none."""
    frequency = np.where(held > 0, held.sum(axis=0), np.inf)
    rarest: NDArray[np.int64] = frequency.argmin(axis=1)
    return rarest


def _dealt(
    order: NDArray[np.int64],
    held: NDArray[np.float64],
    sizes: NDArray[np.int64],
    rarest: NDArray[np.int64],
    folds: int,
) -> NDArray[np.int64]:
    has, full = np.zeros((folds, held.shape[1])), np.zeros(folds)
    fold = np.zeros(len(order), np.int64)
    for group in order.tolist():
        least = int(np.lexsort((full, has[:, rarest[group]]))[0])
        fold[group] = least
        has[least] += held[group]
        full[least] += sizes[group]
    return fold
