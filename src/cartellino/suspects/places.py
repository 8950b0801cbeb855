"""Works out of place: far from everything, or from all of their class; and what looks most like each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.dataset import works_mean
from cartellino.classify.heads.linear.scaling import say_of
from cartellino.show import words
from cartellino.suspects.reasons import Kind, Reason

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.curate.labelset import LabelSet

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]

NEIGHBOURS = 10
ALIKE = 3
_FAR = 2.5  # of a normal tail, six in a thousand; distances are bounded, and 3.5 is hardly ever reached
_FEWEST = 20  # works of a class, before its distances say what is usual
_PAIRS = 1 << 24  # compared at once: some 200 MB
_EVERYTHING, _CLASS = 0.3, 0.25  # of a hundred works that are merely unlike others, most are right


@dataclass(frozen=True)
class Near:
    """The nearest works of each work, kin left out.

    Parameters
    ----------
    places : ndarray (n, k) of int64
        Nearest first; -1 where there are no more.
    distances : ndarray (n, k)
        One minus the cosine; NaN where there are no more.
    """

    places: Places
    distances: Floats

    @property
    def mean(self) -> Floats:
        """Mean distance of each work to its neighbours; NaN where it has none."""
        there = np.isfinite(self.distances)
        sums = np.where(there, self.distances, 0.0).sum(axis=1)
        means: Floats = np.where(there.any(axis=1), sums / np.maximum(there.sum(axis=1), 1), np.nan)
        return means


def vectors_of(dataset: Dataset) -> Vectors:
    """One vector of length 1 for each work: the mean of its pictures, scaled as the recipes see them.

    Returns
    -------
    ndarray (n, width) of float32
        NaN for a work without a picture.
    """
    X = dataset.X
    say = say_of(dataset.blocks, X.shape[1], 0.25).astype(np.float32)
    spread = X.std(axis=0)
    scaled = (X - X.mean(axis=0)) * np.where(spread > 0, say / np.maximum(spread, 1e-12), 0)
    means = works_mean(scaled, dataset.owner, len(dataset.label_set.works))
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    unit: Vectors = (means / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit


def nearest(vectors: Vectors, kin: Places, k: int = NEIGHBOURS) -> Near:
    """Find the `k` nearest works of each, by the cosine of the angle; every one is looked at.

    Parameters
    ----------
    vectors : ndarray (n, d) of float32
        Of length 1; a work with NaN is nobody's neighbour and has none.
    kin : ndarray (n,) of int64
        Works with the same number are no neighbours: they would vouch for each other.
    k : int
        How many.
    """
    n, k = len(vectors), min(k, max(1, len(vectors) - 1))
    known: NDArray[np.bool_] = np.asarray(np.isfinite(vectors).all(axis=1))
    whole = np.where(known[:, None], vectors, 0).astype(np.float32)
    places, distances = np.full((n, k), -1, np.int64), np.full((n, k), np.nan)
    step = max(1, _PAIRS // max(1, n))
    for start in range(0, n, step):
        rows = slice(start, min(start + step, n))
        close = whole[rows] @ whole.T
        close[(kin[rows, None] == kin[None, :]) | ~known[None, :] | ~known[rows, None]] = -np.inf
        best = np.argpartition(close, n - k, axis=1)[:, n - k :]
        nearness = np.take_along_axis(close, best, axis=1)
        order = np.argsort(-nearness, axis=1, kind="stable")
        best, nearness = np.take_along_axis(best, order, axis=1), np.take_along_axis(nearness, order, axis=1)
        there = np.isfinite(nearness)
        places[rows] = np.where(there, best, -1)
        distances[rows] = np.where(there, 1 - nearness, np.nan)
    return Near(places, distances)


def out_of_place(label_set: LabelSet, vectors: Vectors, near: Near) -> dict[int, list[Reason]]:
    """Find works that are far from all others, or, for one label a work, from all of their class.

    How far is far is told by the logarithms of the distances: their median, and the median deviation from
    it (the modified z-score of B. Iglewicz and D. C. Hoaglin, 'How to Detect and Handle Outliers', 1993).

    Returns
    -------
    dict of int to list of Reason
        By the work's place in the label set.
    """
    found: dict[int, list[Reason]] = {}
    overall = near.mean
    for row in far(overall).tolist():
        sentence = f"It looks like nothing else here: {_times(overall, row)} from its nearest works."
        found[row] = [Reason(Kind.PLACE, sentence, _EVERYTHING)]
    if label_set.kind == "single":
        for place, label in enumerate(label_set.classes):
            _within(label_set, vectors, place, label, found)
    return found


def far(distances: Floats) -> Places:
    """Which of some distances are far beyond the usual; none of a handful."""
    known = np.flatnonzero(np.isfinite(distances))
    if len(known) < _FEWEST:
        return np.zeros(0, np.int64)
    logs = np.log(np.maximum(distances[known], 1e-6))
    middle = np.median(logs)
    spread = float(np.median(np.abs(logs - middle)))
    beyond = 0.6745 * (logs - middle) > _FAR * max(spread, 1e-9)
    found: Places = known[beyond].astype(np.int64)
    return found


def _within(
    label_set: LabelSet, vectors: Vectors, place: int, label: str, found: dict[int, list[Reason]]
) -> None:
    rows = np.flatnonzero(label_set.has(place))
    if len(rows) < _FEWEST:
        return
    distances = nearest(vectors[rows], label_set.kin[rows]).mean
    for row in far(distances).tolist():
        sentence = f"It looks like no other work of ‘{label}’: {_times(distances, row)} from the nearest."
        found.setdefault(int(rows[row]), []).append(Reason(Kind.PLACE, sentence, _CLASS))


def _times(distances: Floats, row: int) -> str:
    times = float(distances[row] / np.nanmedian(distances))
    return f"{times:.1f} times as far as is usual" if times < 100 else words.count(round(times), "time")
