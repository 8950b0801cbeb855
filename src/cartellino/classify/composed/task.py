"""What a composition has to learn, in the form in which its members are given it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads import splits
from cartellino.classify.heads.splits import Split, rarest
from cartellino.progress import Progress

Floats = NDArray[Any]


@dataclass(frozen=True)
class Task:
    """Rows, what is so of them, and how they hang together.

    Parameters
    ----------
    X : ndarray (n, d), or (n,) of object
        Features, or pictures.
    target : ndarray (n,) of int64, or (n, k) of uint8
        Place of the label, or which labels each row has.
    weights : ndarray (n,)
        Rows of weight 0 take no part.
    classes : tuple
        The k labels, in the order of their places.
    groups : ndarray (n,) of int64, or None
        Rows of one group are never on two sides.
    validation : ndarray (n,) of bool, or None
        Rows that choose.
    cv : int, splitter or iterable, or None
        Folds for all members; None: each has its own.
    seed : int
        Where randomness comes from.
    progress : Progress, optional
        Who is told.
    """

    X: NDArray[Any]
    target: NDArray[Any]
    weights: Floats
    classes: tuple[Any, ...]
    groups: NDArray[np.int64] | None = None
    validation: NDArray[np.bool_] | None = None
    cv: Any = None
    seed: int = 0
    progress: Progress | None = None

    @property
    def kind(self) -> str:
        """'single' or 'multi'."""
        return "single" if self.target.ndim == 1 else "multi"

    @property
    def width(self) -> int:
        """Numbers in a row; 0 where rows are pictures."""
        return self.X.shape[1] if self.X.ndim == 2 else 0

    @cached_property
    def counted(self) -> NDArray[np.int64]:
        """Places of the rows that take part."""
        return np.flatnonzero(self.weights > 0)

    @property
    def strata(self) -> NDArray[np.int64]:
        """What folds are stratified by."""
        return self.target if self.kind == "single" else rarest(self.target)

    def weighing(self, weights: Floats) -> Task:
        """The same task with other weights; rows that choose do so only if they still take part."""
        chooses = None if self.validation is None else self.validation & (weights > 0)
        if chooses is not None and (not chooses.any() or chooses[weights > 0].all()):
            chooses = None
        return replace(self, weights=weights, validation=chooses)

    def only(self, rows: NDArray[np.int64]) -> Task:
        """The same task with some of its rows: the others weigh nothing."""
        kept = np.zeros_like(self.weights)
        kept[rows] = self.weights[rows]
        return self.weighing(kept)

    def folds(self, otherwise: Any = 5) -> list[Split]:
        """Its folds, as places of rows to learn from and to keep out; `otherwise` where it has no `cv`."""
        cv = otherwise if self.cv is None else self.cv
        found = splits.folds(cv, self.strata, self.groups, self.counted, self.seed)
        pairs = [(self.counted[learn], self.counted[ask]) for learn, ask in found]
        return [(learn, ask) for learn, ask in pairs if len(ask) and self._learnable(learn)]

    def _learnable(self, rows: NDArray[np.int64]) -> bool:
        return len(rows) > 0 and (self.kind == "multi" or len(np.unique(self.target[rows])) > 1)
