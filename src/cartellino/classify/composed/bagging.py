"""Bagging: one classifier learnt from many draws of the works, and averaged."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.composed.estimator import Composition
from cartellino.classify.composed.learning import Learnt, learn
from cartellino.classify.composed.mean import MeanScorer
from cartellino.classify.composed.task import Task
from cartellino.files import digest

Floats = NDArray[Any]

_TRIES = 100  # draws until one has two classes: of few rows the first may not


class BaggedClassifier(Composition):
    """The mean of copies of a classifier, each learnt from a bootstrap sample.

    Breiman, Machine Learning 24, 1996. Groups are drawn as wholes, and so are rows that are the same to the
    bit. What a bag left out is out of sample for it: the mean over the bags that left a row out calibrates.

    Parameters
    ----------
    estimator : estimator
        What every bag learns.
    bags : int
        How many.
    cv : int, splitter or iterable, optional
        Folds by which every bag's copy chooses; None: its own.
    beta : float or None
        Several labels a row: thresholds are tuned for F-beta; None: one half for all.
    random_state : int, RandomState or None
        For the draws and the copies.
    """

    def __init__(
        self,
        estimator: Any = None,
        *,
        bags: int = 10,
        cv: Any = None,
        beta: float | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.estimator = estimator
        self.bags = bags
        self.cv = cv
        self.beta = beta
        self.random_state = random_state

    def _made_of(self) -> list[Any]:
        return [] if self.estimator is None else [self.estimator]

    def _compose(self, task: Task) -> tuple[MeanScorer, Floats, dict[str, Any]]:
        drawn = _draws(task, self.bags)
        learnt = [learn(self.estimator, task.weighing(task.weights * times)) for times in drawn]
        weights = np.full(self.bags, 1 / self.bags)
        scorer = mean_scorer(task, learnt, weights)
        said, bags = left_out(task, learnt, [np.flatnonzero(times == 0) for times in drawn])
        return scorer, said, {"bags": self.bags, "bags that left a row out": float(np.mean(bags))}


def mean_scorer(task: Task, learnt: list[Learnt], weights: Floats) -> MeanScorer:
    """The weighted mean of what was learnt from a task."""
    return MeanScorer(
        kind=task.kind,
        parts=tuple(each.part for each in learnt),
        across=task.width,
        classes=len(task.classes),
        weights=tuple(np.asarray(weights, np.float64).tolist()),
    )


def left_out(
    task: Task, learnt: list[Learnt], rows: list[NDArray[np.int64]]
) -> tuple[Floats, NDArray[np.int64]]:
    """The mean (n, k) over those that left a row out, NaN where none did; and how many did (n,)."""
    k = len(task.classes)
    total, many = np.zeros((len(task.weights), k)), np.zeros(len(task.weights), np.int64)
    for each, out in zip(learnt, rows, strict=True):
        asked = out[task.weights[out] > 0]
        if len(asked):
            total[asked] += each.part.chances(task.X[asked], task.kind, k)
            many[asked] += 1
    return np.where(many[:, None] > 0, total / np.maximum(many, 1)[:, None], np.nan), many


def units(task: Task) -> NDArray[np.int64]:
    """What is drawn as a whole (n,): groups; without them, rows that are the same to the bit."""
    if task.groups is not None:
        return task.groups
    if task.X.ndim == 1:
        return np.arange(len(task.X))
    # By what a row holds and not by its place: given twice it is drawn as if given once at twice its weight.
    _, same = np.unique([digest(row.tobytes()) for row in task.X], return_inverse=True)
    return same.astype(np.int64)


def _draws(task: Task, bags: int) -> list[NDArray[np.int64]]:
    """How often each row is in each bag, (n,)."""
    if bags < 2:
        raise ValueError(f"bags should be 2 or more, not {bags}")
    random = np.random.default_rng(task.seed)
    whole, place = np.unique(units(task)[task.counted], return_inverse=True)
    return [_draw(task, place, len(whole), random) for _ in range(bags)]


def _draw(task: Task, place: NDArray[np.int64], many: int, random: np.random.Generator) -> NDArray[np.int64]:
    times = np.ones(len(task.weights), np.int64)
    for _ in range(_TRIES):
        drawn = np.bincount(random.integers(0, many, many), minlength=many)[place]
        if task.kind == "multi" or len(np.unique(task.target[task.counted[drawn > 0]])) > 1:
            times[task.counted] = drawn
            return times
    raise ValueError(
        "there is only one class in nearly every bag: bagging needs more groups of another class"
    )
