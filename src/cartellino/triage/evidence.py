"""What a model suggests for works, what a rule would file of it, and whether that would be wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

_SINGLE, _MULTI = 5, 10  # suggestions kept of each work
_LEAST = 0.05  # a tag below this is not suggested
NONE = -1


@dataclass(frozen=True)
class Suggested:
    """The likeliest labels of works, best first.

    Parameters
    ----------
    works : ndarray (n,) of int64
        Keys of the works.
    places : ndarray (n, m) of int64
        Places of their labels among the classes; `NONE` where there are fewer.
    probabilities : ndarray (n, m) of float64
        Their probabilities; 0 where there is none.
    """

    works: Places
    places: Places
    probabilities: Floats

    def among(self, rows: NDArray[np.bool_]) -> Suggested:
        """Those of some works."""
        return Suggested(self.works[rows], self.places[rows], self.probabilities[rows])

    def may_file(self, kind: str, sensitive: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which suggestions a rule may file at all; (n, m).

        Of a single-label set the first, of several labels every one; never a sensitive one.
        """
        allowed: NDArray[np.bool_] = (self.places != NONE) & ~sensitive[self.places]
        if kind == "single":
            allowed[:, 1:] = False
        return allowed


@dataclass(frozen=True)
class Evidence:
    """For each of n works, from which threshold down a rule files it, and from which on it files it wrongly.

    A rule with threshold t files a work if ``confidence >= t`` and is wrong if ``mistake >= t``. With several
    labels a work may be right at a high threshold and wrong at a lower one, where a wrong tag joins the right
    ones.

    Parameters
    ----------
    confidence, mistake : ndarray (n,) of float64
        -inf where never.
    """

    confidence: Floats
    mistake: Floats

    @classmethod
    def of(
        cls, suggested: Suggested, kind: str, sensitive: NDArray[np.bool_], right: NDArray[np.bool_]
    ) -> Evidence:
        """Evidence from suggestions.

        Parameters
        ----------
        suggested : Suggested
            What the model suggests for n works.
        kind : str
            'single' or 'multi'.
        sensitive : ndarray (k,) of bool
            Which classes are never filed.
        right : ndarray (n, k) of bool
            Which classes are true of each work.
        """
        allowed = suggested.may_file(kind, sensitive)
        true = np.take_along_axis(right, np.maximum(suggested.places, 0), axis=1)
        return cls(
            _highest(suggested.probabilities, allowed), _highest(suggested.probabilities, allowed & ~true)
        )

    @classmethod
    def single(cls, confidence: NDArray[np.floating], correct: NDArray[np.bool_]) -> Evidence:
        """Evidence of works with one label each: its probability, and whether it is the right one."""
        told = np.asarray(confidence, np.float64)
        return cls(told, np.where(np.asarray(correct, bool), -np.inf, told))

    def __len__(self) -> int:
        return len(self.confidence)

    def joined(self, other: Evidence) -> Evidence:
        """Both together."""
        return Evidence(np.r_[self.confidence, other.confidence], np.r_[self.mistake, other.mistake])

    def counted(self, thresholds: Floats) -> tuple[Places, Places]:
        """Works that each threshold files, and how many of them wrongly."""
        return at_or_above(self.confidence, thresholds), at_or_above(self.mistake, thresholds)


def best(
    works: Places,
    probabilities: NDArray[np.floating],
    kind: str,
    withheld: NDArray[np.bool_] | None = None,
) -> Suggested:
    """The suggestions of some works, from all their (n, k) probabilities; equals in the order of classes.

    Classes that are `withheld`, (k,) of bool, are suggested to nobody: where one would stand, nothing does.
    """
    most = min(_SINGLE if kind == "single" else _MULTI, probabilities.shape[1])
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :most]
    chosen = np.take_along_axis(probabilities, order, axis=1).astype(np.float64)
    if kind == "multi":
        low = chosen < _LEAST
        order, chosen = np.where(low, NONE, order), np.where(low, 0.0, chosen)
    if withheld is not None and withheld.any():
        hidden = withheld[order] & (order != NONE)
        order, chosen = np.where(hidden, NONE, order), np.where(hidden, 0.0, chosen)
    return Suggested(np.asarray(works, np.int64), order.astype(np.int64), chosen)


def gathered(batches: Iterable[Suggested]) -> Suggested:
    """Suggestions of all batches."""
    parts = list(batches)
    if not parts:
        return Suggested(np.empty(0, np.int64), np.empty((0, 1), np.int64), np.empty((0, 1)))
    columns = ([getattr(part, name) for part in parts] for name in ("works", "places", "probabilities"))
    return Suggested(*(np.concatenate(column) for column in columns))


def _highest(probabilities: Floats, chosen: NDArray[np.bool_]) -> Floats:
    highest: Floats = np.where(chosen, probabilities, -np.inf).max(axis=1, initial=-np.inf)
    return highest


def at_or_above(values: Floats, thresholds: Floats) -> Places:
    """How many of `values` each threshold lets through."""
    return (len(values) - np.searchsorted(np.sort(values), thresholds, side="left")).astype(np.int64)
