"""What a row of each class weighs, where classes should not count as often as they occur."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
Asked = str | Mapping[Any, float] | None


def single(asked: Asked, classes: NDArray[Any], place: NDArray[np.int64], weights: Floats) -> Floats:
    """Factors (k,) for the rows of each class.

    Parameters
    ----------
    asked : 'balanced', mapping of label to factor, or None
        'balanced': every class weighs the same in all (King and Zeng, Political Analysis 9, 2001).
    classes : ndarray (k,)
        The labels.
    place : ndarray (n,) of int
        Class of each row.
    weights : ndarray (n,)
        Weight of each row.
    """
    if asked is None:
        return np.ones(len(classes))
    if not isinstance(asked, str):
        return _told(asked, classes.tolist())
    _known(asked)
    had = np.bincount(place, weights=weights, minlength=len(classes))
    factors: Floats = weights.sum() / (len(classes) * had)
    return factors


def several(asked: Asked, classes: NDArray[Any], target: NDArray[Any], weights: Floats) -> Floats:
    """Factors (k,) for the rows that have each label, against those that have it not.

    Parameters
    ----------
    asked : 'balanced', mapping of label to factor, or None
        'balanced': those that have a label weigh as much in all as those that have it not.
    classes : ndarray
        The labels (k,); or, of a single label, its absence and its presence.
    target : ndarray (n, k) of 0 and 1
        Which labels each row has.
    weights : ndarray (n,)
        Weight of each row.
    """
    if asked is None:
        return np.ones(target.shape[1])
    if not isinstance(asked, str):
        told = _told(asked, classes.tolist())
        return told if len(told) == target.shape[1] else told[1:] / told[0]
    _known(asked)
    had = weights @ target
    factors: Floats = np.divide(weights.sum() - had, had, out=np.ones(target.shape[1]), where=had > 0)
    return factors


def _known(asked: str) -> None:
    if asked != "balanced":
        raise ValueError(f"class_weight should be 'balanced', a mapping or None, not {asked!r}")


def _told(asked: Mapping[Any, float], classes: list[Any]) -> Floats:
    unknown = [label for label in asked if label not in classes]
    if unknown:
        raise ValueError(f"class_weight names classes that there are not: {unknown}")
    return np.array([float(asked.get(label, 1.0)) for label in classes])
