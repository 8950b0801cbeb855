"""Stacking: a linear head that learns from what members said of rows they had not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.composed.estimator import Composition
from cartellino.classify.composed.learning import Learnt, learn
from cartellino.classify.composed.members import Members
from cartellino.classify.composed.part import Composite, Part, log_chances, nested, ranges_of, under, unnested
from cartellino.classify.composed.task import Task
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]

_HEAD = "head/"


@dataclass(frozen=True)
class StackedScorer(Composite):
    """A head over what its parts believe.

    Parameters
    ----------
    head : Part
        Takes the scores of all parts side by side, and the features after them if it is so wide.
    kind, parts, across, classes
        As of `Composite`.
    """

    family: ClassVar[str] = "stacking"

    head: Part

    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Scores (n, k) of rows."""
        told = [part.chances(X, self.kind, self.classes) for part in self.parts]
        with_features = self.head.scorer.width > len(self.parts) * self.classes
        rows = _side_by_side(self.kind, told, X if with_features else None)
        return np.asarray(
            log_chances(self.kind, self.head.chances(rows, self.kind, self.classes)), np.float32
        )

    def tensors(self) -> dict[str, NDArray[Any]]:
        """The tensors of its parts, and of its head."""
        head, _ = nested((self.head,))
        return {**super().tensors(), **{_HEAD + name: each for name, each in head.items()}}

    def about(self) -> dict[str, Any]:
        """Its parts and its head."""
        return {**super().about(), "head": nested((self.head,))[1]}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The stack of these parts and this head."""
        told = cls.told(tensors, about)
        (head,) = unnested(under(tensors, _HEAD), about["head"])
        beliefs = len(told["parts"]) * told["classes"]
        if head.scorer.width not in (beliefs, beliefs + told["across"]):
            raise ValueError("its head does not fit its parts")
        return cls(**told, head=head)


class StackedClassifier(Members, Composition):
    """A linear classifier over the log probabilities of members (Wolpert, Neural Networks 5, 1992).

    The head learns from what members say out of sample. What calibrates the whole is nested: for each fold
    members and head learn anew without it, and are asked about it, so no row is calibrated by a head
    that has learnt from it, nor by one whose members have.

    Parameters
    ----------
    members : list of (str, estimator, columns)
        Name, classifier, and the columns that it sees: None (all), a slice, or places.
    head : estimator, optional
        What learns from them; a linear classifier or tagger if not given.
    with_features : bool
        Whether the head sees the features too.
    cv : int, splitter or iterable
        Folds, for members, head and calibration.
    beta : float or None
        Several labels a row: thresholds are tuned for F-beta; None: one half for all.
    random_state : int, RandomState or None
        For all of it.
    """

    def __init__(
        self,
        members: Sequence[tuple[str, Any, Any]] = (),
        *,
        head: Any = None,
        with_features: bool = False,
        cv: Any = 5,
        beta: float | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.members = members
        self.head = head
        self.with_features = with_features
        self.cv = cv
        self.beta = beta
        self.random_state = random_state

    def _compose(self, task: Task) -> tuple[StackedScorer, Floats, dict[str, Any]]:
        if self.with_features and task.X.ndim == 1:
            raise ValueError("members see pictures, of which a linear head has no features")
        scorer, learnt, head = self._stacked(task)
        said = np.full((len(task.weights), len(task.classes)), np.nan)
        for rows, asked in task.folds():
            without, _, _ = self._stacked(task.only(rows))
            said[asked] = _believed(without, task.X[asked])
        names = [name for name, _, _ in self.members]
        choices = {name: dict(each.choice) for name, each in zip(names, learnt, strict=True)}
        return scorer, said, {**head.choice, "members": choices}

    def _stacked(self, task: Task) -> tuple[StackedScorer, list[Learnt], Learnt]:
        """Members and head, learnt from the rows of a task."""
        learnt = [learn(each, task, ranges_of(columns, task.width)) for _, each, columns in self.members]
        chances = [each.chances(task) for each in learnt]
        told = ~np.isnan(np.sum(chances, axis=0)).any(axis=1)
        if not told.any():
            raise ValueError("there are too few rows: none could be kept out to learn a stack from")
        rows = _side_by_side(task.kind, [np.nan_to_num(each) for each in chances], self._features(task))
        asked = replace(task.weighing(np.where(told, task.weights, 0)), X=rows)
        head = learn(self._head(task.kind), asked)
        scorer = StackedScorer(
            kind=task.kind,
            parts=tuple(each.part for each in learnt),
            across=task.width,
            classes=len(task.classes),
            head=head.part,
        )
        return scorer, learnt, head

    def _features(self, task: Task) -> NDArray[Any] | None:
        return task.X if self.with_features else None

    def _head(self, kind: str) -> Any:
        from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger

        if self.head is not None:
            return self.head
        return LinearClassifier() if kind == "single" else LinearTagger(beta=None)


def _side_by_side(kind: str, chances: list[Floats], X: NDArray[Any] | None) -> Floats:
    logs = [log_chances(kind, each) for each in chances]
    return np.hstack(logs if X is None else [*logs, X])


def _believed(scorer: StackedScorer, X: NDArray[Any]) -> Floats:
    from cartellino.classify.calibrating import probabilities

    return probabilities(scorer.kind, scorer.scores(X).astype(np.float64))
