"""The average of fold models: each learns without one fold, which it then speaks of out of sample."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.composed.bagging import left_out, mean_scorer
from cartellino.classify.composed.estimator import Composition
from cartellino.classify.composed.learning import learn
from cartellino.classify.composed.mean import MeanScorer
from cartellino.classify.composed.task import Task

Floats = NDArray[Any]


class FoldedClassifier(Composition):
    """The mean of k copies of a classifier, each learnt without one of k folds.

    What won the iMet challenge of 2019. A row is out of sample for the copy that its fold was kept from, and
    that copy's word calibrates; the mean of all is a little surer of itself than that, and as often right.

    Parameters
    ----------
    estimator : estimator
        What every fold learns.
    cv : int, splitter or iterable
        The folds, stratified, groups together. What is no number serves within the copies too.
    beta : float or None
        Several labels a row: thresholds are tuned for F-beta; None: one half for all.
    random_state : int, RandomState or None
        For the folds and the copies.
    """

    def __init__(
        self,
        estimator: Any = None,
        *,
        cv: Any = 5,
        beta: float | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.estimator = estimator
        self.cv = cv
        self.beta = beta
        self.random_state = random_state

    def _made_of(self) -> list[Any]:
        return [] if self.estimator is None else [self.estimator]

    def _compose(self, task: Task) -> tuple[MeanScorer, Floats, dict[str, Any]]:
        pairs = task.folds()
        if not pairs:  # too few rows to be split: one copy of them all, and nothing out of sample
            pairs = [(task.counted, np.zeros(0, np.int64))]
        learnt = [learn(self.estimator, task.only(rows)) for rows, _ in pairs]
        scorer = mean_scorer(task, learnt, np.full(len(pairs), 1 / len(pairs)))
        said, _ = left_out(task, learnt, [asked for _, asked in pairs])
        return scorer, said, {"fold models": len(pairs)}
