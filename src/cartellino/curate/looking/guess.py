"""How well a small classifier guesses labels from a few numbers, beside how well chance does."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.metrics.intervals import bootstrap

Truth = NDArray[np.bool_]

FOLDS = 5
FEWEST = 40  # works; with fewer an interval says nothing
_ROUNDS = 400
_TREES, _DEPTH, _LEAF = 40, 8, 5


@dataclass(frozen=True)
class Guess:
    """What came of guessing, each work by a classifier that saw neither it nor its kin.

    Parameters
    ----------
    score, low, high : float
        One label a work: share of works named rightly. Several: balanced accuracy (mean of the share found
        and the share of others rightly not taken), the mean over labels. With its 95 % interval.
    frequent : float
        The same for a guesser that always names the most frequent class; 0.5 for several labels.
    shuffled : float
        The same for the guesses dealt out at random among works.
    by_luck : float
        What shuffled guesses reach one time in twenty.
    found, mistaken : ndarray (k,) of float
        Of the works of each class the share named so, and of the others the share taken for it.
    """

    score: float
    low: float
    high: float
    frequent: float
    shuffled: float
    by_luck: float
    found: NDArray[np.float64]
    mistaken: NDArray[np.float64]

    @property
    def chance(self) -> float:
        """The better of the two ways to guess without looking."""
        return max(self.frequent, self.shuffled)


def guess(columns: NDArray[np.float64], truth: Truth, kin: NDArray[np.int64], kind: str, seed: int) -> Guess:
    """Cross-validate shallow trees on `columns` with kin on one side.

    Parameters
    ----------
    columns : ndarray (n, d)
        What may be known of each work.
    truth : ndarray (n, k) of bool
        Which classes each work has.
    kin : ndarray (n,) of int64
        Works with the same number are kin.
    kind : str
        'single' or 'multi'.
    seed : int
        Of folds, trees and draws.
    """
    named = _named(columns, truth, kin, kind, seed)
    random = np.random.default_rng(seed)
    dealt = [_score(kind, *_tallies(named[random.permutation(len(named))], truth)) for _ in range(_ROUNDS)]
    tallies = [_by_kin(each, kin) for each in _tallies(named, truth)]
    low, high = bootstrap(lambda *drawn: _score(kind, *drawn), *tallies, seed=seed, rounds=_ROUNDS)
    right, had, wrong, had_not = (each.sum(axis=0) for each in tallies)
    return Guess(
        score=_score(kind, *tallies),
        low=low,
        high=high,
        frequent=float(truth.mean(axis=0).max()) if kind == "single" else 0.5,
        shuffled=float(np.mean(dealt)),
        by_luck=float(np.quantile(dealt, 0.95)),
        found=right / np.maximum(had, 1),
        mistaken=wrong / np.maximum(had_not, 1),
    )


def _named(columns: NDArray[np.float64], truth: Truth, kin: NDArray[np.int64], kind: str, seed: int) -> Truth:
    """The classes that each work is guessed to have."""
    named = np.zeros(truth.shape, bool)
    for learnt, asked in _folds(truth, kin, kind, seed):
        named[asked] = _of_fold(columns[learnt], truth[learnt], columns[asked], kind, seed)
    return named


def _folds(truth: Truth, kin: NDArray[np.int64], kind: str, seed: int) -> Iterator[tuple[Any, Any]]:
    from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

    folds = min(FOLDS, len(np.unique(kin)))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The least populated class")  # it then is guessed badly: honest
        if kind == "single":
            parted = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
            yield from parted.split(truth, truth.argmax(axis=1), kin)
        else:
            yield from GroupKFold(folds, shuffle=True, random_state=seed).split(truth, truth, kin)


def _of_fold(learnt: NDArray[Any], truth: Truth, asked: NDArray[Any], kind: str, seed: int) -> Truth:
    """Shallow trees: cues act by thresholds (a white backdrop is not 'more' than a grey one)."""
    from sklearn.ensemble import RandomForestClassifier

    trees = RandomForestClassifier(
        _TREES, max_depth=_DEPTH, min_samples_leaf=_LEAF, random_state=seed, n_jobs=1
    )
    if kind == "single":
        said = trees.fit(learnt, truth.argmax(axis=1)).predict(asked)
        return np.asarray(said[:, None] == np.arange(truth.shape[1]))
    varying = truth.any(axis=0) & ~truth.all(axis=0)
    named = np.zeros((len(asked), truth.shape[1]), bool)
    if varying.any():
        told = trees.fit(learnt, truth[:, varying].astype(int)).predict_proba(asked)
        shares = np.stack([each[:, 1] for each in (told if isinstance(told, list) else [told])], axis=1)
        named[:, varying] = shares > truth[:, varying].mean(axis=0)  # likelier than by its frequency
    return named


def _tallies(named: Truth, truth: Truth) -> tuple[NDArray[np.float32], ...]:
    """By work and class: rightly named, had, wrongly named, not had."""
    told = (named & truth, truth, named & ~truth, ~truth)
    return tuple(each.astype(np.float32) for each in told)


def _by_kin(tally: NDArray[np.float32], kin: NDArray[np.int64]) -> NDArray[np.float32]:
    """Sums over kin: an interval that counted copies as new works would be too short."""
    _, group = np.unique(kin, return_inverse=True)
    sums = np.zeros((int(group.max()) + 1, tally.shape[1]), np.float32)
    np.add.at(sums, group, tally)
    return sums


def _score(kind: str, *tallies: NDArray[np.float32]) -> float:
    if kind == "single":
        return float(tallies[0].sum() / max(1.0, tallies[1].sum()))
    sums = [each.sum(axis=0, dtype=np.float64) for each in tallies]
    told = (sums[1] > 0) & (sums[3] > 0)
    found, spared = sums[0][told] / sums[1][told], 1 - sums[2][told] / sums[3][told]
    return float(np.mean((found + spared) / 2)) if told.any() else float("nan")
