"""Which rows have a label that few have: for augmentation and for drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]


def shares(target: Floats, weights: Floats) -> Floats:
    """How much each row should be drawn so that every label is shown as often, (n,), summing to one.

    Parameters
    ----------
    target : ndarray (n, k)
        Labels of each row; of several labels the rarest counts, and a row without any is as rare as the
        commonest.
    weights : ndarray (n,)
        Weight of each row.
    """
    had = np.maximum(weights @ target, 1e-12)
    wanted = weights * np.where(target > 0, 1 / had, 1 / had.max()).max(axis=1)
    drawn: Floats = wanted / wanted.sum()
    return drawn


def chosen(only: str | Sequence[Any], target: Floats, classes: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows augmentation is for, (n,).

    Parameters
    ----------
    only : 'all', 'rare' or sequence
        'rare': rows with a label that fewer rows have than an even share; or the labels themselves.
    target : ndarray (n, k)
        Labels of each row.
    classes : ndarray (k,)
        The labels.
    """
    if isinstance(only, str) and only == "all":
        return np.ones(len(target), bool)
    if isinstance(only, str):
        had = (target > 0).sum(axis=0)
        asked = had < had.mean()
    else:
        unknown = [label for label in only if label not in classes]
        if unknown:
            raise ValueError(f"augment_only names classes that there are not: {unknown}")
        asked = np.isin(classes, list(only))
    among: NDArray[np.bool_] = np.any(target[:, asked] > 0, axis=1)
    return among
