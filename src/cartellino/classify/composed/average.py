"""The average of classifiers, each seeing its own columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.composed.estimator import Composition
from cartellino.classify.composed.learning import Learnt, learn
from cartellino.classify.composed.mean import MeanScorer, mean_of
from cartellino.classify.composed.members import Members
from cartellino.classify.composed.mixing import mixture
from cartellino.classify.composed.part import ranges_of
from cartellino.classify.composed.task import Task

Floats = NDArray[Any]


class AveragedClassifier(Members, Composition):
    """The mean of the calibrated probabilities of several classifiers.

    A row is out of sample where every member says so of it; members deal the same folds, as they are given
    the same `cv`, seed and groups. Chosen weights are few beside the rows that choose them, and are chosen by
    these rows, which then calibrate the mean.

    Parameters
    ----------
    members : list of (str, estimator, columns)
        Name, classifier, and the columns that it sees: None (all), a slice, or places.
    weights : 'equal', 'chosen', or sequence of float
        What each member counts; 'chosen': what gives the least log loss out of sample.
    cv : int, splitter or iterable, optional
        Folds for all members; None: each has its own.
    beta : float or None
        Several labels a row: thresholds are tuned for F-beta; None: one half for all.
    random_state : int, RandomState or None
        For all members.
    """

    def __init__(
        self,
        members: Sequence[tuple[str, Any, Any]] = (),
        *,
        weights: str | Sequence[float] = "equal",
        cv: Any = None,
        beta: float | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.members = members
        self.weights = weights
        self.cv = cv
        self.beta = beta
        self.random_state = random_state

    def _compose(self, task: Task) -> tuple[MeanScorer, Floats, dict[str, Any]]:
        learnt = [learn(each, task, ranges_of(columns, task.width)) for _, each, columns in self.members]
        chances = [each.chances(task) for each in learnt]
        weights = self._weights(chances, task)
        scorer = MeanScorer(
            kind=task.kind,
            parts=tuple(each.part for each in learnt),
            across=task.width,
            classes=len(task.classes),
            weights=tuple(weights.tolist()),
        )
        return scorer, mean_of(chances, weights), self._chosen(weights, learnt)

    def _weights(self, chances: list[Floats], task: Task) -> NDArray[np.float64]:
        """What each member counts, summing to 1."""
        many = len(chances)
        if isinstance(self.weights, str):
            if self.weights == "equal":
                return np.full(many, 1 / many)
            if self.weights != "chosen":
                raise ValueError(f"weights should be 'equal', 'chosen' or numbers, not {self.weights!r}")
            rows = np.flatnonzero(~np.isnan(np.sum(chances, axis=0)).any(axis=1))
            return mixture([each[rows] for each in chances], task.target[rows], task.weights[rows])
        told = np.asarray(self.weights, np.float64)
        if told.shape != (many,) or not (told >= 0).all() or not told.sum() > 0:
            raise ValueError(f"weights should be {many} numbers, none below 0 and not all 0, not {told}")
        given: NDArray[np.float64] = told / told.sum()
        return given

    def _chosen(self, weights: NDArray[np.float64], learnt: list[Learnt]) -> dict[str, Any]:
        names = [name for name, _, _ in self.members]
        counted = {f"weight of {name}": weight for name, weight in zip(names, weights.tolist(), strict=True)}
        choices = {name: dict(each.choice) for name, each in zip(names, learnt, strict=True)}
        return {**counted, "members": choices}
