"""Chains of classifiers: each label is learnt from the features and from what is believed of others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.composed.estimator import Composition
from cartellino.classify.composed.learning import Learnt, learn
from cartellino.classify.composed.part import Composite, Part, log_chances
from cartellino.classify.composed.task import Task
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]
Order = tuple[int, ...]


@dataclass(frozen=True)
class ChainScorer(Composite):
    """Scores that stand for the mean of what chains believe, each label told by a link of each chain.

    Parameters
    ----------
    parts : tuple of Part
        The links of the first chain in its order, then those of the second. A link knows one label, and sees
        the features and after them the probabilities of the labels before it.
    kind, across, classes
        As of `Composite`.
    """

    family: ClassVar[str] = "chain"

    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Log odds (n, k) of rows."""
        total = np.zeros((len(X), self.classes))
        chains = self._chains()
        for chain in chains:
            self._follow(chain, X, total)
        return np.asarray(log_chances(self.kind, total / len(chains)), np.float32)

    def _chains(self) -> list[tuple[Part, ...]]:
        starts = range(0, len(self.parts), self.classes)
        return [self.parts[start : start + self.classes] for start in starts]

    def _follow(self, chain: Sequence[Part], X: NDArray[Any], total: Floats) -> None:
        """Add to `total` what the links of a chain believe, each asked with the word of those before it."""
        rows = _room(X, self.classes)
        for place, link in enumerate(chain):
            width = self.seen(place, self.across, self.classes)
            said = replace(link, known=(0,)).chances(rows[:, :width], self.kind, 1)[:, 0]
            total[:, link.known[0]] += said
            rows[:, width] = said

    @staticmethod
    def seen(place: int, width: int, classes: int) -> int:
        """A link sees besides the features one number for each link before it in its chain."""
        return width + place % classes

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The chains of these links."""
        found = cls(**cls.told(tensors, about))
        orders = [sorted(label for link in chain for label in link.known) for chain in found._chains()]
        if found.kind != "multi" or any(each != list(range(found.classes)) for each in orders):
            raise ValueError("its links do not tell each label once a chain")
        return found


class ChainTagger(Composition):
    """The mean of classifier chains in random orders, for several labels a row.

    Read, Pfahringer, Holmes and Frank, Machine Learning 85, 2011 (ECML 2009). They learn a link from the true
    values of the labels before it, and ask it with predicted ones, which are never as sure. Here a link
    learns from what the links before it said of rows that they had not learnt from, calibrated: every head
    has this for nothing, as its own folds calibrate it. So what a link meets when it is asked is what it has
    learnt from, and what it says out of sample calibrates the whole without learning all of it anew for each
    fold. Only where nothing could be said out of sample does the true value stand in. Labels are handed on as
    probabilities: log odds would tell a linear link nothing that it could not make of the features itself.

    Parameters
    ----------
    estimator : estimator
        What every link learns: a head for several labels.
    chains : int
        How many orders, no two alike: fewer where there are not as many.
    cv : int, splitter or iterable
        Folds, the same for all links of all chains.
    beta : float or None
        Thresholds are tuned for F-beta; None: one half for all.
    random_state : int, RandomState or None
        For the orders, the folds and the links.
    """

    def __init__(
        self,
        estimator: Any = None,
        *,
        chains: int = 5,
        cv: Any = 5,
        beta: float | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.estimator = estimator
        self.chains = chains
        self.cv = cv
        self.beta = beta
        self.random_state = random_state

    def _made_of(self) -> list[Any]:
        return [] if self.estimator is None else [self.estimator]

    def _compose(self, task: Task) -> tuple[ChainScorer, Floats, dict[str, Any]]:
        if task.kind == "single":
            raise ValueError("a chain gives a row several labels, and what it is made of gives one")
        if task.X.ndim == 1:
            raise ValueError("a chain adds labels to features, and pictures have no room for them")
        orders = orders_of(len(task.classes), self.chains, task.seed)
        dealt = replace(task, cv=task.folds() or None)
        total = np.zeros(task.target.shape)
        links: list[Part] = []
        for order in orders:
            links += self._chain(dealt, order, total)
        scorer = ChainScorer(kind=task.kind, parts=tuple(links), across=task.width, classes=len(task.classes))
        return scorer, total / len(orders), {"chains": len(orders), "orders": [list(each) for each in orders]}

    def _chain(self, task: Task, order: Order, total: Floats) -> list[Part]:
        """The links of one order; what each says out of sample is added to `total`, NaN where nothing."""
        rows = _room(task.X, len(order))
        links = []
        for place, label in enumerate(order):
            width = task.width + place
            step = replace(
                task, X=rows[:, :width], target=task.target[:, [label]], classes=(task.classes[label],)
            )
            estimator = self._link(task, label, place)
            learnt = learn(estimator, step)
            said = _unseen(estimator, step, learnt)
            total[:, label] += said
            rows[:, width] = np.where(np.isnan(said), task.target[:, label], said)
            links.append(replace(learnt.part, known=(label,)))
        return links

    def _link(self, task: Task, label: int, place: int) -> Any:
        """What learns a label: it is told what rows with that one weigh, and where labels follow features."""
        from sklearn.base import clone

        made = clone(self.estimator)
        settings = made.get_params(deep=False)
        told: dict[str, Any] = {"beta": None} if "beta" in settings else {}
        if isinstance(settings.get("class_weight"), Mapping):
            told["class_weight"] = _of_label(settings["class_weight"], task, label)
        if place and "blocks" in settings:
            told["blocks"] = (*(settings["blocks"] or (task.width,)), place)
        return made.set_params(**told)


def orders_of(labels: int, many: int, seed: int) -> list[Order]:
    """So many orders of labels by lot, no two alike; all that there are if these are fewer.

    Raises
    ------
    ValueError
        If none is asked for.
    """
    if many < 1:
        raise ValueError(f"chains should be 1 or more, not {many}")
    random = np.random.default_rng(seed)
    found: dict[Order, None] = {}
    while len(found) < min(many, math.factorial(min(labels, 20))):
        found[tuple(random.permutation(labels).tolist())] = None
    return list(found)


def _unseen(estimator: Any, task: Task, learnt: Learnt) -> Floats:
    """What is said of a link's label (n,) out of sample; NaN where there is nothing.

    A head that many validation rows calibrate says nothing of the others: then folds ask copies of it.
    """
    said = learnt.chances(task)[:, 0]
    if task.validation is not None and np.isnan(said[task.counted]).any():
        pairs = task.folds()
        for rows, asked in pairs:
            without = learn(estimator, task.only(rows), cv=max(len(pairs), 2)).part
            said[asked] = without.chances(task.X[asked], task.kind, 1)[:, 0]
    return said


def _of_label(factors: Mapping[Any, float], task: Task, label: int) -> dict[int, float] | None:
    """What rows that have one label weigh, by its place in the link that learns it alone."""
    unknown = [each for each in factors if each not in task.classes]
    if unknown:
        raise ValueError(f"class_weight names classes that there are not: {unknown}")
    name = task.classes[label]
    return {0: factors[name]} if name in factors else None


def _room(X: NDArray[Any], labels: int) -> NDArray[Any]:
    """Rows with room for labels after their features."""
    rows = np.empty((len(X), X.shape[1] + labels), X.dtype)
    rows[:, : X.shape[1]] = X
    return rows
