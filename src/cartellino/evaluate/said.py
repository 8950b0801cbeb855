"""What a model said about works, and what is true of them: all that a measure needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cartellino.classify.giving import Giving


@dataclass(frozen=True)
class Said:
    """Probabilities beside the truth, one row for each work.

    Parameters
    ----------
    kind : str
        'single' or 'multi'.
    classes : tuple of str
        The labels, in the order of the columns.
    probabilities : ndarray (n, k) of float
        The mean over each work's pictures.
    truth : ndarray
        Single: (n,) int64, the place of each work's class. Multi: (n, k) uint8.
    kin : ndarray (n,) of int64
        Works that depend on each other (duplicates, one artist) share a number.
    chosen : ndarray (n, k) of bool
        The labels that the model gives: the likeliest, or those above their thresholds.
    """

    kind: str
    classes: tuple[str, ...]
    probabilities: NDArray[np.floating]
    truth: NDArray[Any]
    kin: NDArray[np.int64]
    chosen: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.probabilities)

    @property
    def single(self) -> bool:
        """Whether every work has exactly one label."""
        return self.kind == "single"

    @property
    def true(self) -> NDArray[np.bool_]:
        """Which labels each work has; (n, k)."""
        if self.single:
            held: NDArray[np.bool_] = self.truth[:, None] == np.arange(len(self.classes))
            return held
        return np.asarray(self.truth, bool)


def chosen_by(
    kind: str,
    probabilities: NDArray[np.floating],
    thresholds: NDArray[np.floating] | None,
    giving: Giving | None = None,
) -> NDArray[np.bool_]:
    """The labels given with these probabilities: the likeliest one, or those that `giving` says.

    Without `giving` these are all that reach their thresholds.
    """
    if kind == "single":
        likeliest = probabilities.argmax(axis=1)
        first: NDArray[np.bool_] = likeliest[:, None] == np.arange(probabilities.shape[1])
        return first
    limits = np.full(probabilities.shape[1], 0.5) if thresholds is None else np.asarray(thresholds)
    if giving is not None:
        return giving.chosen(probabilities, limits)
    above: NDArray[np.bool_] = probabilities >= limits
    return above
