"""Which labels a work is given, where it may have several: thresholds, caps by kind, and one at least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import InputError
from cartellino.metrics import thresholds

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe

Floats = NDArray[Any]

_BETWEEN = "::"  # as in 'culture::Dutch'


@dataclass(frozen=True)
class Giving:
    """How labels are given.

    Parameters
    ----------
    kinds : tuple of str
        The kind of each label, in the order of the columns; empty where it has none.
    beta : float
        Thresholds are tuned for F-beta.
    tune_for : str
        'labels': each label's own F-beta; 'works': the mean over works of theirs.
    fixed : mapping of str to float
        Thresholds of kinds that are not tuned.
    threshold : float
        That of all others; 0: tuned.
    before : bool
        Whether those two compare with probabilities before they are calibrated.
    most : mapping of str to int
        The most labels of a kind that a work is given.
    at_least_one : bool
        Whether the likeliest is given where none reaches its threshold.
    """

    kinds: tuple[str, ...]
    beta: float = 2.0
    tune_for: str = "labels"
    fixed: Mapping[str, float] = field(default_factory=dict)
    threshold: float = 0.0
    before: bool = False
    most: Mapping[str, int] = field(default_factory=dict)
    at_least_one: bool = False

    @classmethod
    def of(cls, recipe: Recipe, classes: Sequence[str]) -> Giving:
        """What a recipe says of these labels.

        Raises
        ------
        InputError
            If it names a label or a kind that there is not.
        """
        kinds = tuple(recipe.kinds.get(label, kind_of(label)) for label in classes)
        _refuse_unknown("kinds", recipe.kinds, classes)
        for key in ("thresholds", "most"):
            _refuse_unknown(key, getattr(recipe, key), sorted(set(kinds)))
        told = (recipe.beta, recipe.tune_for, recipe.thresholds, recipe.threshold)
        return cls(kinds, *told, recipe.threshold_of == "before", recipe.most, recipe.at_least_one)

    def thresholds(
        self, chances: Floats, truth: NDArray[Any], temperature: float = 1.0
    ) -> NDArray[np.float64]:
        """The threshold (k,) of each label, for calibrated probabilities.

        Parameters
        ----------
        chances : ndarray (n, k)
            Calibrated, out of sample.
        truth : ndarray (n, k) of 0 and 1
            Which labels each work has.
        temperature : float
            What calibrated them.
        """
        if self.threshold:
            found = np.full(len(self.kinds), self._told(self.threshold, temperature))
        elif self.tune_for == "works":
            found = thresholds.tune_works(chances, truth, self.beta)
        else:
            found = thresholds.tune(chances, truth, self.beta)
        fixed = {kind: self._told(each, temperature) for kind, each in self.fixed.items()}
        return np.array([fixed.get(kind, each) for kind, each in zip(self.kinds, found, strict=True)])

    def _told(self, threshold: float, temperature: float) -> float:
        return thresholds.calibrated(threshold, temperature) if self.before else threshold

    def chosen(self, chances: Floats, limits: Floats) -> NDArray[np.bool_]:
        """The labels (n, k) that works with these probabilities are given."""
        given: NDArray[np.bool_] = np.asarray(chances >= limits)
        for kind, most in self.most.items():
            columns = np.flatnonzero(np.array(self.kinds) == kind)
            given[:, columns] &= thresholds.among_first(chances[:, columns], most)
        if self.at_least_one:
            none = ~given.any(axis=1)
            given[none, chances[none].argmax(axis=1)] = True
        return given


def kind_of(label: str) -> str:
    """What stands before ``::`` in a label; empty if nothing does."""
    return label.partition(_BETWEEN)[0] if _BETWEEN in label else ""


def _refuse_unknown(key: str, told: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in told:
        if name not in known:
            raise InputError(f"there is no '{name}'", key, f"There are: {', '.join(map(repr, known[:12]))}.")
