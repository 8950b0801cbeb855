"""What a head learns from: rows that count, what is true of them, and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads import likelihood
from cartellino.classify.heads.splits import Rows
from cartellino.progress import Progress, Silent

if TYPE_CHECKING:
    from cartellino.classify.heads.projection import Projection

Floats = NDArray[Any]


@dataclass(frozen=True)
class Material:
    """Rows to learn from.

    Parameters
    ----------
    X : ndarray (n, d) of float32 or float64
        Features, one row for each picture; C-contiguous.
    target : ndarray
        One label a row: the place of its class (n,) of int. Several: (n, k) of 0 and 1.
    weights : ndarray (n,) of float64
        Weight of each row, above 0.
    emphasis : ndarray (k,) of float64
        What a row of each class (that has each label) weighs besides; 1 where classes count as they occur.
    several : bool
        Whether a row may have several labels.
    seed : int
        Where randomness comes from.
    groups : ndarray (n,), optional
        Rows of one group do not judge each other.
    progress : Progress
        Who is told.
    projection : Projection, optional
        What the rows were projected by, if they were.
    """

    X: Floats
    target: NDArray[Any]
    weights: Floats
    emphasis: Floats
    several: bool
    seed: int = 0
    groups: NDArray[Any] | None = None
    progress: Progress = field(default_factory=Silent)
    projection: Projection | None = None

    def __len__(self) -> int:
        return len(self.X)

    @property
    def columns(self) -> int:
        """Scores of a row: one for each class or label."""
        return len(self.emphasis)

    @property
    def table(self) -> NDArray[np.bool_]:
        """Which classes each row has, (n, k)."""
        held: NDArray[np.bool_] = self.target[:, None] == np.arange(self.columns)
        return np.asarray(self.target, bool) if self.several else held

    @property
    def stressed(self) -> Floats:
        """Weight (n,) of each row of one label, or (n, k) of each row for each label, with the emphasis."""
        if self.several:
            stress: Floats = self.weights[:, None] * np.where(self.target, self.emphasis, 1.0)
            return stress
        stressed: Floats = self.weights * self.emphasis[self.target]
        return stressed

    def part(self, rows: Rows) -> Material:
        """The same of some rows."""
        return replace(
            self,
            X=self.X[rows],
            target=self.target[rows],
            weights=self.weights[rows],
            groups=None if self.groups is None else self.groups[rows],
        )

    def log_losses(self, scores: Floats, rows: Rows) -> Floats:
        """Log loss (m,) of scores (m, k) of some rows; every class weighs the same."""
        return likelihood.log_losses(self.several, scores, self.target[rows])
