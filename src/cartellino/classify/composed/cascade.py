"""A cascade: one classifier tells broad classes apart, others the fine ones within each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone

from cartellino.classify.composed.bagging import units
from cartellino.classify.composed.estimator import Composition
from cartellino.classify.composed.learning import Learnt, learn
from cartellino.classify.composed.members import Members
from cartellino.classify.composed.part import Composite, ranges_of
from cartellino.classify.composed.task import Task
from cartellino.classify.scorer import Tensors
from cartellino.classify.tree import Node, Tree

Floats = NDArray[Any]
Branches = tuple[tuple[int, ...], ...]

FIRST, THEN = "first", "then"
_TINY = 1e-7


@dataclass(frozen=True)
class CascadeScorer(Composite):
    """Scores that stand for the product of what is believed along the way to each class.

    Parameters
    ----------
    steps : tuple of branches
        For each part, in order, the places of the classes that each of its branches leads to.
    kind, parts, across, classes
        As of `Composite`.
    """

    family: ClassVar[str] = "cascade"

    steps: tuple[Branches, ...]

    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Log probabilities (n, k) of rows."""
        logs = np.zeros((len(X), self.classes))
        for part, branches in zip(self.parts, self.steps, strict=True):
            along(logs, part.chances(X, "single", len(branches)), branches)
        return np.asarray(logs, np.float32)

    def about(self) -> dict[str, Any]:
        """Its parts, and where their branches lead."""
        return {**super().about(), "steps": [[list(branch) for branch in step] for step in self.steps]}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The cascade of these parts."""
        told = cls.told(tensors, about)
        steps = tuple(tuple(tuple(int(place) for place in each) for each in step) for step in about["steps"])
        led = {place for step in steps for branch in step for place in branch}
        if len(steps) != len(told["parts"]) or led != set(range(told["classes"])):
            raise ValueError("its steps do not lead to its classes")
        return cls(**told, steps=steps)


class CascadeClassifier(Members, Composition):
    """The product of calibrated probabilities along a tree of classes, one label a row.

    Each step learns from the rows of its own node only, what lies in the node directly being its classes; a
    class that lies in nothing is a leaf of the first step. A row of another node is out of sample for a step
    unless its group has rows there.

    Parameters
    ----------
    members : list of (str, estimator, columns)
        Steps by name: 'first' is for the root, one called as a node is for that, and 'then' for all others
        ('first', if there is none). Columns: None (all), a slice, or places.
    parents : mapping, optional
        What each class, and what each of those in turn, lies in. A factor of `class_weight` in a member is
        for what has that name: a class, or a node.
    cv : int, splitter or iterable, optional
        Folds of every step; None: each has its own.
    random_state : int, RandomState or None
        For all steps.
    """

    beta = None

    def __init__(
        self,
        members: Sequence[tuple[str, Any, Any]] = (),
        *,
        parents: Mapping[Any, Any] | None = None,
        cv: Any = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.members = members
        self.parents = parents
        self.cv = cv
        self.random_state = random_state

    def _compose(self, task: Task) -> tuple[CascadeScorer, Floats, dict[str, Any]]:
        if task.kind == "multi":
            raise ValueError("a cascade gives a row one label, and these steps are for several")
        tree = Tree.of(task.classes, self.parents or {})
        logs = np.zeros((len(task.weights), len(task.classes)))
        parts, steps, choices = [], [], {}
        for place, node in enumerate(tree.nodes):
            children = tree.children(place)
            if len(children) > 1:
                learnt, said = self._step(task, node, children)
                branches = tuple(child.leaves for child in children)
                along(logs, said, branches)
                parts.append(learnt.part)
                steps.append(branches)
                choices[FIRST if node.name is None else str(node.name)] = dict(learnt.choice)
        scorer = CascadeScorer(
            kind=task.kind,
            parts=tuple(parts),
            across=task.width,
            classes=len(task.classes),
            steps=tuple(steps),
        )
        return scorer, np.exp(logs), {"steps": len(steps), "by step": choices}

    def _step(self, task: Task, node: Node, children: list[Node]) -> tuple[Learnt, Floats]:
        """What a node's step has learnt, and what it says of all rows out of sample; NaN where it cannot."""
        _, estimator, columns = self._member(node)
        step, inside = _own(task, node, children)
        learnt = learn(_weighing(estimator, step.classes), step, ranges_of(columns, task.width))
        said = learnt.chances(step)
        kin = units(task)
        others = ~inside & ~np.isin(kin, kin[inside & (task.weights > 0)])
        if others.any():
            said[others] = learnt.part.chances(task.X[others], "single", len(children))
        return learnt, said

    def _member(self, node: Node) -> tuple[str, Any, Any]:
        named = {each[0]: each for each in self.members}
        order = [FIRST] if node.name is None else [str(node.name), THEN, FIRST]
        for name in order:
            if name in named:
                return named[name]
        raise ValueError(f"a cascade needs a step called '{FIRST}'")


def along(logs: Floats, chances: Floats, branches: Branches) -> None:
    """Add to the log probability (n, k) of each class that of the branch which leads to it, in place."""
    taken = np.log(np.maximum(chances, _TINY))
    for place, branch in enumerate(branches):
        logs[:, list(branch)] += taken[:, [place]]


def _own(task: Task, node: Node, children: list[Node]) -> tuple[Task, NDArray[np.bool_]]:
    """The task of a step, in which rows of other nodes weigh nothing; and which rows are its own."""
    branch = np.full(len(task.classes), -1)
    for place, child in enumerate(children):
        branch[list(child.leaves)] = place
    target = branch[task.target]
    inside = target >= 0
    step = replace(task, target=np.maximum(target, 0), classes=tuple(child.name for child in children))
    return step.weighing(np.where(inside, task.weights, 0)), inside


def _weighing(estimator: Any, names: tuple[Any, ...]) -> Any:
    """The estimator with those factors of its class_weight that are for what this step tells apart."""
    factors = estimator.get_params(deep=False).get("class_weight")
    if not isinstance(factors, Mapping):
        return estimator
    mine = {name: factor for name, factor in factors.items() if name in names}
    return clone(estimator).set_params(class_weight=mine)
