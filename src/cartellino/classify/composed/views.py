"""One classifier asked about several views of a picture, and believed on the average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.composed.bagging import units
from cartellino.classify.composed.estimator import Composition
from cartellino.classify.composed.learning import Learnt, learn
from cartellino.classify.composed.part import Composite, Part, Ranges, log_chances, ranges_of, seen
from cartellino.classify.composed.task import Task
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]


@dataclass(frozen=True)
class ViewsScorer(Composite):
    """Scores that stand for the mean of what one part believes of several views.

    Parameters
    ----------
    views : tuple of ranges, or of None
        Where the columns of each view lie; None: all of a row.
    kind, parts, across, classes
        As of `Composite`; it has one part.
    """

    family: ClassVar[str] = "views"

    views: tuple[Ranges | None, ...]

    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Scores (n, k) of rows."""
        mean = _mean(self.parts[0], self.views, X, self.kind, self.classes)
        return np.asarray(log_chances(self.kind, mean), np.float32)

    def about(self) -> dict[str, Any]:
        """Its part, and where its views lie."""
        return {**super().about(), "views": [None if each is None else list(each) for each in self.views]}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer of these views."""
        views = tuple(
            None if each is None else tuple((int(start), int(stop)) for start, stop in each)
            for each in about["views"]
        )
        told = cls.told(tensors, about)
        wide = {_wide(each, told["across"]) for each in views}
        if wide != {told["parts"][0].scorer.width}:
            raise ValueError("its views are not as wide as what it learnt from")
        return cls(**told, views=views)


class ViewsClassifier(Composition):
    """The mean of what one classifier believes of several views of a row.

    Parameters
    ----------
    estimator : estimator
        What learns.
    views : sequence of columns
        The columns of each view: None (all), a slice, or places; all of one width and layout.
    learn_from : 'first' or 'all'
        Whether it learns from the first view only, or from every view as a row of its own, at an equal share
        of the row's weight.
    cv : int, splitter or iterable
        Folds; views of one row, and of one group, share one.
    beta : float or None
        Several labels a row: thresholds are tuned for F-beta; None: one half for all.
    random_state : int, RandomState or None
        For the folds and the estimator.
    """

    def __init__(
        self,
        estimator: Any = None,
        *,
        views: Sequence[Any] = (None,),
        learn_from: str = "first",
        cv: Any = 5,
        beta: float | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.estimator = estimator
        self.views = views
        self.learn_from = learn_from
        self.cv = cv
        self.beta = beta
        self.random_state = random_state

    def _made_of(self) -> list[Any]:
        return [] if self.estimator is None else [self.estimator]

    def _compose(self, task: Task) -> tuple[ViewsScorer, Floats, dict[str, Any]]:
        views = tuple(ranges_of(columns, task.width) for columns in self.views)
        if len({_wide(each, task.width) for each in views}) != 1:
            raise ValueError("views should be as wide as each other")
        if self.learn_from not in ("first", "all"):
            raise ValueError(f"learn_from should be 'first' or 'all', not {self.learn_from!r}")
        told = self._from_first(task, views) if self.learn_from == "first" else self._from_all(task, views)
        learnt, said = told
        scorer = ViewsScorer(
            kind=task.kind,
            parts=(replace(learnt.part, ranges=views[0]),),
            across=task.width,
            classes=len(task.classes),
            views=views,
        )
        return scorer, said, dict(learnt.choice)

    def _from_first(self, task: Task, views: tuple[Ranges | None, ...]) -> tuple[Learnt, Floats]:
        """Learn from one view; copies that learn without a fold are asked about all views of it."""
        k = len(task.classes)
        said = np.full((len(task.weights), k), np.nan)
        for rows, asked in task.folds():
            part = learn(self.estimator, task.only(rows), views[0]).part
            said[asked] = _mean(part, views, task.X[asked], task.kind, k)
        return learn(self.estimator, task, views[0]), said

    def _from_all(self, task: Task, views: tuple[Ranges | None, ...]) -> tuple[Learnt, Floats]:
        """Learn from every view as a row, and take the mean of what is said of them out of sample."""
        many, n = len(views), len(task.weights)
        rows = replace(
            task,
            X=np.concatenate([seen(task.X, each) for each in views]),
            target=np.concatenate([task.target] * many),
            weights=np.tile(task.weights / many, many),
            groups=np.tile(units(task), many),
            validation=None if task.validation is None else np.tile(task.validation, many),
            cv=self._folds(task, many),
        )
        learnt = learn(self.estimator, rows)
        said: Floats = learnt.chances(rows).reshape(many, n, -1).mean(axis=0)
        return learnt, said

    def _folds(self, task: Task, many: int) -> Any:
        """The folds of rows that hold each view after the other."""
        if isinstance(self.cv, (int, np.integer)):
            return self.cv
        n = len(task.weights)
        steps = np.arange(many)[:, None] * n
        return [((steps + rows).ravel(), (steps + asked).ravel()) for rows, asked in task.folds()]


def _mean(part: Part, views: Sequence[Ranges | None], X: NDArray[Any], kind: str, k: int) -> Floats:
    told = [part.believed(part.scorer.scores(seen(X, each)), kind, k) for each in views]
    mean: Floats = np.mean(told, axis=0)
    return mean


def _wide(ranges: Ranges | None, width: int) -> int:
    return width if ranges is None else sum(stop - start for start, stop in ranges)
