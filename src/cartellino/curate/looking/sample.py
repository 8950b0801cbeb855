"""The works that are looked at: of each class some hundred, drawn by a seed, each by its best picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.catalogue.pictures import BestView
from cartellino.curate.labelset import LabelSet
from cartellino.curate.pairs import rows_of

MOST = 300  # works of a class: enough for a mean and a histogram, and soon decoded
MOST_IN_ALL = 6_000  # pictures: with many classes, fewer of each
FEWEST = 40


@dataclass(frozen=True)
class Sample:
    """Works that stand for their classes.

    Parameters
    ----------
    views : tuple of BestView
        One for each work, ascending by work.
    truth : ndarray (n, k) of bool
        Which classes each has.
    kin : ndarray (n,) of int64
        Works with the same number are kin.
    drawn : tuple of ndarray of int64
        For each class the places of the works drawn for it, in the order of the drawing.
    """

    views: tuple[BestView, ...]
    truth: NDArray[np.bool_]
    kin: NDArray[np.int64]
    drawn: tuple[NDArray[np.int64], ...]


def draw(catalogue: Catalogue, label_set: LabelSet, seed: int) -> Sample:
    """Draw works of every class; the same seed draws the same."""
    most = max(FEWEST, min(MOST, MOST_IN_ALL // len(label_set.classes)))
    by_class = [_drawn(label_set, place, most, seed) for place in range(len(label_set.classes))]
    rows = np.unique(np.concatenate(by_class))
    views = tuple(catalogue.pictures.best_views(label_set.works[rows].tolist()))
    rows = rows_of(label_set.works, np.array([view.work for view in views], dtype=np.int64))
    truth = np.stack([label_set.has(place)[rows] for place in range(len(label_set.classes))], axis=1)
    places = [rows_of(rows, drawn) for drawn in by_class]
    return Sample(views, truth, label_set.kin[rows], tuple(each[each >= 0] for each in places))


def largest(label_set: LabelSet, most: int) -> tuple[int, ...]:
    """Places of the classes with most works, the largest first; `most` of them at most."""
    works = [int(label_set.has(place).sum()) for place in range(len(label_set.classes))]
    return tuple(sorted(range(len(works)), key=lambda place: -works[place])[:most])


def _drawn(label_set: LabelSet, place: int, most: int, seed: int) -> NDArray[np.int64]:
    random = np.random.default_rng([seed, place])
    return random.permutation(np.flatnonzero(label_set.has(place)))[:most].astype(np.int64)
