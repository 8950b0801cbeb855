"""Which rows stay out of sample, and when, so that a classifier can be judged by them."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Split = tuple[Rows, Rows]

# Validation rows as many as these calibrate well enough by themselves; fewer are helped by folds of all.
_ENOUGH = 2000


def asked(
    cv: Any, strata: Rows, groups: Any, validation: Any, kept: Rows, seed: int
) -> tuple[list[Split], list[Split]]:
    """What makes the choices; and what calibrates, where that is something else.

    Parameters
    ----------
    cv, groups, kept, seed
        As of `folds`, which deals by `strata` (n,).
    validation : array-like or None
        As of `held_out`; folds choose where it is None.
    """
    if validation is None:
        return folds(cv, strata, groups, kept, seed), []
    chosen = held_out(len(strata), validation, kept)
    return chosen, [] if len(chosen[0][1]) >= _ENOUGH else folds(cv, strata, groups, kept, seed)


def held_out(n: int, validation: Any, kept: Rows) -> list[Split]:
    """One split: the rows of `validation` out of sample, and all others to learn from.

    Parameters
    ----------
    n : int
        Number of rows.
    validation : array-like
        Places of rows, or a mask (n,).
    kept : ndarray (m,) of int64
        Those rows that count at all; places in the answer are places among these.
    """
    mask = np.zeros(n, bool)
    mask[np.asarray(validation)] = True
    mask = mask[kept]
    if mask.all() or not mask.any():
        raise ValueError("validation should name some of the rows, and leave others to learn from")
    return [(np.flatnonzero(~mask), np.flatnonzero(mask))]


def folds(cv: Any, y: NDArray[Any], groups: Any, kept: Rows, seed: int) -> list[Split]:
    """The splits that `cv` asks for.

    Parameters
    ----------
    cv : int, splitter or iterable
        A number of stratified folds (fewer where there are not as many rows or groups), a splitter of
        scikit-learn, or pairs of places.
    y : ndarray (n,)
        What to stratify by.
    groups : array-like (n,), optional
        Rows of one group share a fold.
    kept : ndarray (m,) of int64
        Those rows that count at all; places in the answer are places among these.
    seed : int
        Of the shuffle.

    Returns
    -------
    list of (ndarray, ndarray)
        Places to learn from, and places kept out; none where the data are too few to be split.
    """
    bound = None if groups is None else np.asarray(groups)
    if isinstance(cv, (int, np.integer)):
        return _stratified(int(cv), y[kept], None if bound is None else bound[kept], seed)
    from sklearn.model_selection import check_cv

    place = np.full(len(y), -1, np.int64)
    place[kept] = np.arange(len(kept))
    told = check_cv(cv, y, classifier=True).split(np.zeros((len(y), 1)), y, bound)
    pairs = ((place[np.asarray(learn)], place[np.asarray(ask)]) for learn, ask in told)
    return [(learn[learn >= 0], ask[ask >= 0]) for learn, ask in pairs]


def rarest(target: NDArray[Any]) -> NDArray[np.int64]:
    """Stratum (n,) of each row: the rarest label it has, by place; k where it has none."""
    counts = np.where(target > 0, target.sum(axis=0, dtype=np.int64), len(target) + 1)
    found: NDArray[np.int64] = np.where(target.any(axis=1), counts.argmin(axis=1), target.shape[1])
    return found


def _stratified(k: int, y: NDArray[Any], groups: NDArray[Any] | None, seed: int) -> list[Split]:
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    if k < 2:
        raise ValueError(f"cv should be at least 2 folds, not {k}")
    commonest = int(np.unique(y, return_counts=True)[1].max())
    many = min(k, commonest, len(y) if groups is None else len(np.unique(groups)))
    if many < 2:
        return []
    kind = StratifiedKFold if groups is None else StratifiedGroupKFold
    with warnings.catch_warnings():  # a class with fewer rows than folds is no news to a museum
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        return list(kind(many, shuffle=True, random_state=seed).split(np.zeros((len(y), 1)), y, groups))
