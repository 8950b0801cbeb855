"""Answers that stop at the level they are sure of: 'Asian', where 'Chinese' would be a guess."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.predict import predict_works
from cartellino.classify.tree import Tree, parents_of
from cartellino.curate.sensitive import AUDIT_ONLY, policy_of
from cartellino.errors import LabelError
from cartellino.records import Suggestion

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.classify.sight import Sight
    from cartellino.classify.trained import TrainedModel
    from cartellino.curate.labelset import LabelSet
    from cartellino.curate.merges import Edge

Floats = NDArray[Any]

# Sums of probabilities fall short of what they should be by this much at most.
_ROUNDING = 1e-6


def back_off(
    chances: Floats, tree: Tree, limits: float | Sequence[float], silent: Collection[Any] = ()
) -> NDArray[np.int64]:
    """The deepest node whose probability, the sum of its classes', reaches the limit of its level.

    Parameters
    ----------
    chances : ndarray (n, k)
        Calibrated probabilities of the tree's classes.
    tree : Tree
        What lies within what.
    limits : float, or sequence of float
        The limit of each level from 1 (right below the root) down; one for all if it is a number.
    silent : collection
        Names that are never said.

    Returns
    -------
    ndarray (n,) of int64
        Places of nodes; 0, the root, where nothing is sure enough. Of several on one level the likeliest.
    """
    levels = np.array([node.level for node in tree.nodes])
    sums = _sums(chances, tree)
    reached = sums + _ROUNDING >= _by_level(limits, levels)[levels]
    reached[:, [node.name in silent for node in tree.nodes]] = False
    reached[:, 0] = True
    # A level deeper is worth more than any probability.
    found: NDArray[np.int64] = np.where(reached, 2 * levels + sums, -1).argmax(axis=1)
    return found


def limits_for(
    chances: Floats, truth: NDArray[np.integer], tree: Tree, max_error: float
) -> tuple[float, ...]:
    """For each level the least limit from which on answers are wrong at most so often.

    The deepest level is settled first, each level above it on the works that are left. One error is added to
    those counted, as in conformal risk control (Angelopoulos, Bates, Fisch, Lei and Schuster, ICLR 2024), so
    that few works open no level; but an estimate it is, and no promise: those are triage's.

    Parameters
    ----------
    chances : ndarray (n, k)
        Calibrated probabilities, out of sample.
    truth : ndarray (n,) of int
        Place of the class of each work.
    tree : Tree
        What lies within what.
    max_error : float
        The largest share of answers on each level that may be wrong.

    Returns
    -------
    tuple of float
        One for each level from 1 down; infinity for a level on which nothing should be said.
    """
    levels = np.array([node.level for node in tree.nodes])
    sums, right = _sums(chances, tree), tree.membership()[:, truth].T > 0
    left = np.ones(len(chances), bool)
    limits = np.full(levels.max() + 1, np.inf)
    for level in range(int(levels.max()), 0, -1):
        here = np.flatnonzero(levels == level)
        best = here[sums[:, here].argmax(axis=1)]
        rows = np.arange(len(sums))
        likeliest, true = sums[rows, best], right[rows, best]
        limits[level] = _least(likeliest[left], true[left], max_error)
        left &= likeliest < limits[level]
    return tuple(limits[1:].tolist())


def backed_off(
    catalogue: Catalogue,
    seen: Sight,
    model: TrainedModel,
    works: Sequence[int],
    edges: Sequence[Edge],
    sure: float = 0.9,
    silent: Collection[str] = (),
) -> dict[int, Suggestion | None]:
    """What a model is sure of, of works by their keys: a class, or what it lies within.

    Parameters
    ----------
    catalogue, seen, model, works
        As of `predict_works`.
    edges : sequence of Edge
        What lies within what.
    sure : float
        The probability that is asked of an answer.
    silent : collection of str
        Classes, and what they lie within, that are suggested to nobody.

    Returns
    -------
    dict
        None for a work of which nothing is sure enough, or that has no picture.

    Raises
    ------
    LabelError
        If a work may have several labels, of which probabilities do not add up.
    InputError
        If the edges make no tree above the model's classes.
    """
    if model.kind != "single":
        raise LabelError(
            "probabilities of several labels a work do not add up, so there is nothing to back off to",
            model.name,
            "Take a model of one label a work.",
        )
    tree = Tree.of(model.classes, parents_of(model.classes, edges))
    found: dict[int, Suggestion | None] = dict.fromkeys(works)
    for keys, chances in predict_works(catalogue, seen, model, works):
        said = back_off(chances, tree, sure, silent)
        likely = _sums(chances, tree)[np.arange(len(said)), said]
        for key, place, chance in zip(keys.tolist(), said.tolist(), likely.tolist(), strict=True):
            found[key] = Suggestion(tree.nodes[place].name, min(chance, 1.0)) if place else None
    return found


def withheld(label_set: LabelSet, edges: Sequence[Edge]) -> frozenset[str]:
    """Classes of a label set, and what the edges put above them, that are suggested to nobody."""
    above = {edge.target for edge in edges}
    kept_back = {name for name in above if policy_of(name, policies=label_set.policies) == AUDIT_ONLY}
    return label_set.audit_only | kept_back


def _sums(chances: Floats, tree: Tree) -> Floats:
    """Probability (n, nodes) of every node."""
    sums: Floats = np.asarray(chances, np.float64) @ tree.membership().T
    return sums


def _by_level(limits: float | Sequence[float], levels: NDArray[np.int64]) -> NDArray[np.float64]:
    depth = int(levels.max())
    told = np.broadcast_to(np.asarray(limits, np.float64), (depth,))
    return np.concatenate([[0.0], told])


def _least(likeliest: Floats, right: Floats, max_error: float) -> float:
    """The least limit of those whose answers are wrong at most so often, one error more being counted."""
    order = np.argsort(-likeliest, kind="stable")
    ranked, wrong = likeliest[order], np.cumsum(~right[order])
    said = np.arange(1, len(order) + 1)
    ends = np.append(ranked[1:] < ranked[:-1], True) if len(ranked) else np.zeros(0, bool)
    good = np.flatnonzero(ends & ((wrong + 1) / (said + 1) <= max_error))
    return float(ranked[good[-1]]) if len(good) else float("inf")
