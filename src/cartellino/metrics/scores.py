"""Precision, recall, F1 and F2: by class, and averaged in the four usual ways.

F-beta is van Rijsbergen's (Information Retrieval, 1979, chapter 7); beta 2 counts a missed label four
times as much as one too many. A ratio of nothing to nothing counts as 0, as in scikit-learn's
``zero_division=0``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]


def single(truth: NDArray[np.integer], predicted: NDArray[np.integer], n_classes: int) -> dict[str, Any]:
    """Scores of one label a work.

    Parameters
    ----------
    truth, predicted : ndarray (n,) of int
        Places of classes.
    n_classes : int
        Number of classes; one that never occurs counts 0 in the macro average.

    Returns
    -------
    dict
        As `multi`; 'accuracy' is the share of works labelled rightly.
    """
    places = np.arange(n_classes)
    return multi(np.asarray(truth)[:, None] == places, np.asarray(predicted)[:, None] == places)


def multi(truth: NDArray[Any], predicted: NDArray[Any]) -> dict[str, Any]:
    """Scores of several labels a work.

    Parameters
    ----------
    truth, predicted : ndarray (n, k) of bool or 0/1
        Which classes each work has, and which were predicted.

    Returns
    -------
    dict
        'accuracy' (share of works whose labels are all right), 'works', 'classes' (lists of 'precision',
        'recall', 'f1', 'f2', 'support' and 'predicted', one entry for each class), and 'macro', 'micro',
        'weighted' (by support) and 'samples' (mean over works), each with 'precision', 'recall', 'f1'
        and 'f2'. Plain numbers, ready for JSON.
    """
    truth, predicted = np.asarray(truth, bool), np.asarray(predicted, bool)
    both = truth & predicted
    right, given, had = (table.sum(axis=0, dtype=np.float64) for table in (both, predicted, truth))
    by_class = _ratios(right, given, had)
    by_work = _ratios(*(table.sum(axis=1, dtype=np.float64) for table in (both, predicted, truth)))
    micro = _ratios(*(np.atleast_1d(counts.sum()) for counts in (right, given, had)))
    return {
        "works": len(truth),
        "accuracy": _mean((truth == predicted).all(axis=1).astype(np.float64)),
        "classes": {name: values.tolist() for name, values in by_class.items()}
        | {"support": had.astype(int).tolist(), "predicted": given.astype(int).tolist()},
        "macro": {name: _mean(values) for name, values in by_class.items()},
        "micro": {name: _mean(values) for name, values in micro.items()},
        "weighted": {name: _mean(values, had) for name, values in by_class.items()},
        "samples": {name: _mean(values) for name, values in by_work.items()},
    }


def f_beta(right: Counts, given: Counts, had: Counts, beta: float) -> Counts:
    """F-beta from counts of labels rightly given, given, and had; 0 where there is nothing to count."""
    return _over((1 + beta**2) * right, beta**2 * had + given)


def _ratios(right: Counts, given: Counts, had: Counts) -> dict[str, Counts]:
    return {
        "precision": _over(right, given),
        "recall": _over(right, had),
        "f1": f_beta(right, given, had, 1.0),
        "f2": f_beta(right, given, had, 2.0),
    }


def _over(part: Counts, whole: Counts) -> Counts:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _mean(values: Counts, weights: Counts | None = None) -> float:
    if len(values) == 0 or (weights is not None and weights.sum() == 0):
        return 0.0
    return float(np.average(values, weights=weights))
