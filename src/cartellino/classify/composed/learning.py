"""A member of a composition learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone

from cartellino.classify.composed.part import Part, Ranges, seen
from cartellino.classify.composed.task import Task
from cartellino.classify.unseen import OutOfSample

Floats = NDArray[Any]


@dataclass(frozen=True)
class Learnt:
    """A member that has learnt.

    Parameters
    ----------
    part : Part
        What is kept of it.
    unseen : OutOfSample
        What it said of rows that it had not learnt from.
    choice : mapping
        What it chose, for the card.
    """

    part: Part
    unseen: OutOfSample
    choice: Mapping[str, Any]

    def chances(self, task: Task) -> Floats:
        """Calibrated probabilities (n, k) out of sample; NaN for rows of which nothing was said so."""
        told = np.full((len(task.weights), len(task.classes)), np.nan)
        scores = self.unseen.logits
        told[self.unseen.rows] = self.part.believed(scores, task.kind, len(task.classes))
        return told


def learn(estimator: Any, task: Task, ranges: Ranges | None = None, cv: Any = None) -> Learnt:
    """Let a copy of an estimator learn those rows of a task that weigh something.

    Parameters
    ----------
    estimator : Estimator
        Not fitted, and not touched.
    task : Task
        What there is to learn.
    ranges : tuple of (int, int), or None
        The columns that it sees; None: all.
    cv : int, splitter or iterable, optional
        Its folds; those of the task if not given.
    """
    member = _prepared(estimator, task, task.cv if cv is None else cv)
    member.fit(
        seen(task.X, ranges),
        task.target,
        sample_weight=task.weights,
        groups=task.groups,
        validation=task.validation,
        progress=task.progress,
    )
    k = len(task.classes)
    known = tuple(range(k)) if task.kind == "multi" else tuple(int(place) for place in member.classes_)
    part = Part(member.scorer_, float(member.temperature_), ranges, known)
    return Learnt(part, member.out_of_sample_, member.choice_)


def _prepared(estimator: Any, task: Task, cv: Any) -> Any:
    """A copy that deals the folds that all members deal, and that knows classes by their places."""
    made = clone(estimator)
    settings = made.get_params(deep=False)
    told: dict[str, Any] = {}
    if cv is not None and "cv" in settings:
        told["cv"] = cv
    if "random_state" in settings:
        told["random_state"] = task.seed
    if task.kind == "single" and isinstance(settings.get("class_weight"), Mapping):
        told["class_weight"] = _by_place(settings["class_weight"], task)
    return made.set_params(**told)


def _by_place(factors: Mapping[Any, float], task: Task) -> dict[int, float]:
    """What classes weigh by their places; of classes that these rows lack nothing need be said."""
    unknown = [label for label in factors if label not in task.classes]
    if unknown:
        raise ValueError(f"class_weight names classes that there are not: {unknown}")
    there = set(np.unique(task.target[task.weights > 0]).tolist())
    places = {task.classes.index(label): factor for label, factor in factors.items()}
    return {place: factor for place, factor in places.items() if place in there}
