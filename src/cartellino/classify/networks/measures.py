"""How an epoch went: loss, accuracy, the right label among the first few, F-measures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

# What may choose the best epoch, and whether more of it is better.
WATCHED = {"loss": False, "accuracy": True, "top-3": True, "top-5": True, "macro-f1": True, "f2": True}


def single(scores: Floats, place: Floats, weights: Floats) -> dict[str, float]:
    """Accuracy, top-3, top-5 and macro-F1 of scores (n, k) where `place` (n,) is the right class.

    A row is right among the first m where fewer than m classes score above the right one's score, or the same
    before it: ties do not flatter.
    """
    rows = np.arange(len(scores))
    right = scores[rows, place][:, None]
    before = np.arange(scores.shape[1])[None] < place[:, None]
    rank = ((scores > right) | ((scores == right) & before)).sum(axis=1)
    told = {
        name: float(np.average(rank < m, weights=weights))
        for name, m in (("accuracy", 1), ("top-3", 3), ("top-5", 5))
    }
    had = np.eye(scores.shape[1])[place]
    given = np.eye(scores.shape[1])[scores.argmax(axis=1)]
    return told | {"macro-f1": _f(given, had, weights, 1.0, macro=True)}


def several(scores: Floats, target: Floats, weights: Floats, cut: float) -> dict[str, float]:
    """Label-by-label accuracy, macro-F1, micro-F1 and micro-F2 where a label is given from `cut` up."""
    given, had = (scores >= cut).astype(float), (target > 0).astype(float)
    return {
        "accuracy": float(np.average((given == had).mean(axis=1), weights=weights)),
        "macro-f1": _f(given, had, weights, 1.0, macro=True),
        "f1": _f(given, had, weights, 1.0),
        "f2": _f(given, had, weights, 2.0),
    }


def _f(given: Floats, had: Floats, weights: Floats, beta: float, macro: bool = False) -> float:
    """F-beta over all labels together, or the mean over the labels that occur."""
    right, said, true = weights @ (given * had), weights @ given, weights @ had
    if not macro:
        right, said, true = (each.sum(keepdims=True) for each in (right, said, true))
    below = beta**2 * true + said
    scores = np.divide((1 + beta**2) * right, below, out=np.zeros_like(below), where=below > 0)
    occurring = below > 0
    return float(scores[occurring].mean()) if occurring.any() else 0.0
