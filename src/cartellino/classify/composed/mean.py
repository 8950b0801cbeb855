"""The mean of calibrated probabilities, as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.composed.part import Composite, log_chances
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]


@dataclass(frozen=True)
class MeanScorer(Composite):
    """Scores that stand for the mean of what its parts believe.

    Parameters
    ----------
    weights : tuple of float
        What each part counts; they sum to 1.
    kind, parts, across, classes
        As of `Composite`.
    """

    family: ClassVar[str] = "average"

    weights: tuple[float, ...]

    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Scores (n, k) of rows: the logarithm of the mean, or its log odds."""
        mean = np.zeros((len(X), self.classes))
        for part, weight in zip(self.parts, self.weights, strict=True):
            if weight > 0:
                mean += weight * part.chances(X, self.kind, self.classes)
        return np.asarray(log_chances(self.kind, mean), np.float32)

    def about(self) -> dict[str, Any]:
        """Its parts, and what each counts."""
        return {**super().about(), "weights": list(self.weights)}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The mean of these parts."""
        weights = tuple(float(each) for each in about["weights"])
        told = cls.told(tensors, about)
        if len(weights) != len(told["parts"]) or min(weights) < 0 or not np.isclose(sum(weights), 1):
            raise ValueError("its weights are not those of its parts")
        return cls(**told, weights=weights)


def mean_of(chances: list[Floats], weights: Floats) -> Floats:
    """The weighted mean of tables (n, k)."""
    mean: Floats = np.tensordot(np.asarray(weights, np.float64), np.stack(chances), axes=1)
    return mean
