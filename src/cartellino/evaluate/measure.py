"""Every figure of an evaluation, each with its interval, from what a model said."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.evaluate.believed import believed
from cartellino.evaluate.resample import intervals
from cartellino.evaluate.said import Said
from cartellino.metrics import confusion, scores
from cartellino.metrics.intervals import wilson

TOPS = (1, 3, 5)
AVERAGES = ("macro", "micro", "weighted", "samples")
MEASURES = ("precision", "recall", "f1", "f2")
ROUNDS = 1000
LEVEL = 0.95
_HARDEST = 10


def measured(said: Said, seed: int, rounds: int = ROUNDS) -> dict[str, Any]:
    """Measure what a model said.

    Parameters
    ----------
    said : Said
        Probabilities and truth of the works.
    seed : int
        For intervals by drawing.
    rounds : int
        How often works are drawn.

    Returns
    -------
    dict
        'figures' (name to value, low, high, of), 'classes' (a list), 'confusion' and 'hardest' (None and []
        for several labels a work), 'calibration'. Plain numbers, None where there is nothing to measure.
    """
    true = said.true
    ends = intervals(true, said.chosen, said.kin, seed=seed, rounds=rounds, level=LEVEL)
    matrix = (
        confusion.matrix(said.truth, said.chosen.argmax(axis=1), len(said.classes)) if said.single else None
    )
    return {
        "figures": {**_shares(said), **_averages(true, said.chosen, ends)},
        "classes": _classes(said, ends["classes"]),
        "confusion": None if matrix is None else matrix.tolist(),
        "hardest": [] if matrix is None else hardest(said.classes, matrix),
        "calibration": believed(said, seed, LEVEL),
    }


def hardest(classes: tuple[str, ...], matrix: NDArray[np.int64]) -> list[dict[str, Any]]:
    """The confusions that cost most works, with the share of the class that they take."""
    wrong = matrix - np.diag(np.diag(matrix))
    order = np.argsort(-wrong, axis=None, kind="stable")[:_HARDEST]
    pairs = [divmod(int(place), len(classes)) for place in order]
    return [
        {
            "label": classes[row],
            "taken_for": classes[column],
            "works": int(wrong[row, column]),
            "of": int(matrix[row].sum()),
        }
        for row, column in pairs
        if wrong[row, column]
    ]


def share(k: int, n: int) -> dict[str, Any]:
    """`k` among `n` with Wilson's interval."""
    low, high = wilson(k, n, LEVEL)
    return {"value": k / n if n else None, "low": low, "high": high, "count": k, "of": n}


def _shares(said: Said) -> dict[str, Any]:
    """Proportions of works: the right label among the first few, and all labels right."""
    true = said.true
    held = true.any(axis=1)  # a work without any label cannot have one among the first
    order = np.argsort(-said.probabilities[held], axis=1, kind="stable")
    ranked = np.take_along_axis(true[held], order, axis=1)
    tops = {
        f"top_{k}": share(int(ranked[:, :k].any(axis=1).sum()), int(held.sum()))
        for k in TOPS
        if k == 1 or k < len(said.classes)
    }
    if said.single:
        return tops
    right = true == said.chosen
    # Label by label, as multi-label networks print it; no interval, since a work's labels hang together.
    cells = {
        "value": float(right.mean()) if right.size else None,
        "low": None,
        "high": None,
        "of": right.size,
    }
    return {**tops, "exact": share(int(right.all(axis=1).sum()), len(said)), "labels_right": cells}


def averages(true: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> dict[str, dict[str, float]]:
    """The averages of `scores.multi`, that over classes being over those that were tested."""
    tested = true.any(axis=0)
    values = scores.multi(true, chosen)
    values["macro"] = scores.multi(true[:, tested], chosen[:, tested])["macro"]
    return {average: values[average] for average in AVERAGES}


def _averages(true: NDArray[np.bool_], chosen: NDArray[np.bool_], ends: dict[str, Any]) -> dict[str, Any]:
    values = averages(true, chosen)
    of = dict.fromkeys(AVERAGES, len(true)) | {"macro": int(true.any(axis=0).sum())}
    return {
        f"{measure}_{average}": _figure(values[average][measure], ends[average][measure], of[average])
        for average in AVERAGES
        for measure in MEASURES
    }


def _classes(said: Said, ends: dict[str, Any]) -> list[dict[str, Any]]:
    true = said.true
    right, given, had = (table.sum(axis=0) for table in (true & said.chosen, said.chosen, true))
    values = scores.multi(true, said.chosen)["classes"]
    return [
        {
            "label": label,
            "works": int(had[place]),
            "predicted": int(given[place]),
            "precision": share(int(right[place]), int(given[place])),
            "recall": share(int(right[place]), int(had[place])),
            "f1": _figure(values["f1"][place], ends["f1"][place], int(had[place])),
            "f2": _figure(values["f2"][place], ends["f2"][place], int(had[place])),
        }
        for place, label in enumerate(said.classes)
    ]


def _figure(value: float, ends: tuple[float, float], of: int) -> dict[str, Any]:
    """A value with its interval; no value where nothing was tested."""
    if of == 0 or np.isnan(ends).any():
        return {"value": None, "low": None, "high": None, "of": of}
    low, high = min(ends[0], value), max(ends[1], value)  # few works pull redrawn means to one side
    return {"value": value, "low": low, "high": high, "of": of}
