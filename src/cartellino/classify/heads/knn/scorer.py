"""A nearest-neighbour head as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.knn.neighbours import Neighbours, laid
from cartellino.classify.heads.projected import ProjectedScorer
from cartellino.classify.heads.projection import Projection
from cartellino.classify.heads.scorer import finite
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]

_DOUBT = 1.0  # what the classes' frequencies weigh against votes
_RARE = 1e-6


@dataclass(frozen=True)
class KnnScorer(ProjectedScorer):
    """Log votes of the nearest rows, doubted a little.

    Parameters
    ----------
    projection : Projection
        From features to where distances are measured.
    neighbours : Neighbours
        The rows that vote.
    target : ndarray (n,) of int32, or (n, k) of uint8
        What they vote for: places of classes, or which labels they have.
    emphasis : ndarray (k,)
        What a vote for each counts.
    many : int
        Neighbours that vote.
    metric : str
        As of `laid`, by which the rows were laid, too.
    """

    family: ClassVar[str] = "knn"

    neighbours: Neighbours
    target: NDArray[Any]
    emphasis: Floats
    many: int
    metric: str = "cosine"

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return len(self.emphasis)

    def within(self, X: Floats) -> Floats:
        """Scores (n, k) of projected features (n, c)."""
        return self.at(X, [self.many])[0]

    def at(self, X: Floats, each: Sequence[int], kin: NDArray[Any] | None = None) -> list[Floats]:
        """Scores (n, k) of projected features (n, c) by so many neighbours, for each number of them."""
        X = laid(X, self.metric)
        said = [np.empty((len(X), self.columns), X.dtype) for _ in each]
        for block, places, far in self.neighbours.near(X, max(each), kin):
            for scores, many in zip(said, each, strict=True):
                scores[block] = self._said(places, self.neighbours.votes(places, far, many))
        return said

    def _said(self, places: Floats, votes: Floats) -> Floats:
        usual = np.clip(self._usual(), _RARE, 1 - _RARE)
        plain = self._counted(places, votes)
        had = plain * self.emphasis + _DOUBT * usual
        if self.target.ndim == 1:
            return np.asarray(np.log(had))
        against = np.maximum(votes.sum(axis=1, keepdims=True) - plain, 0) + _DOUBT * (1 - usual)
        return np.asarray(np.log(had) - np.log(against))

    def _counted(self, places: Floats, votes: Floats) -> Floats:
        """Votes (m, k) for each class."""
        from scipy.sparse import csr_array

        ends = np.arange(len(places) + 1) * places.shape[1]
        cast = csr_array((votes.ravel(), places.ravel(), ends), (len(places), len(self.target)))
        return np.asarray((cast @ self._table).toarray())

    @cached_property
    def _table(self) -> Any:
        """Which classes each row has, (n, k), sparse."""
        from scipy.sparse import csr_array

        if self.target.ndim == 2:
            return csr_array(self.target, dtype=np.float64)
        n = len(self.target)
        return csr_array((np.ones(n), self.target, np.arange(n + 1)), (n, self.columns))

    def _usual(self) -> Floats:
        weights = self.neighbours.weights
        if self.target.ndim == 1:
            counted = np.bincount(self.target, weights, self.columns) * self.emphasis
            return np.asarray(counted / counted.sum())
        return np.asarray(weights @ self.target / weights.sum())

    def beyond(self) -> dict[str, NDArray[Any]]:
        """The rows, what they vote for, and what votes count."""
        told = {"rows": self.neighbours.rows, "weights": self.neighbours.weights, "emphasis": self.emphasis}
        singles = {name: np.ascontiguousarray(each, np.float32) for name, each in told.items()}
        return singles | {"target": np.ascontiguousarray(self.target)}

    def about(self) -> dict[str, Any]:
        """How many vote, and how far they are taken to be."""
        return {"neighbours": self.many, "metric": self.metric}

    @classmethod
    def behind(cls, projection: Projection, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer behind this projection."""
        rows, weights, target, emphasis = (
            tensors[name] for name in ("rows", "weights", "target", "emphasis")
        )
        finite(rows, weights, emphasis)
        if not len(rows) == len(weights) == len(target) or rows.shape[1:] != (projection.columns,):
            raise ValueError("its rows, their weights, their labels and their projection do not fit together")
        many, metric = int(about["neighbours"]), str(about["metric"])
        return cls(projection, Neighbours(rows, weights), target, emphasis, many, metric)
