"""A linear head as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.linear.losses import logits
from cartellino.classify.scorer import Scorer, Tensors


@dataclass(frozen=True)
class LinearScorer(Scorer):
    """Scores that are sums of features.

    Parameters
    ----------
    coefficients : ndarray (width + 1, k) of float32
        For features as the backbone gives them; last row: intercepts.
    """

    family: ClassVar[str] = "linear"

    coefficients: NDArray[np.float32]

    @property
    def width(self) -> int:
        """Numbers in a feature."""
        return len(self.coefficients) - 1

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return int(self.coefficients.shape[1])

    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Scores (n, k) of features (n, width)."""
        return np.asarray(logits(X, self.coefficients), np.float32)

    def tensors(self) -> dict[str, NDArray[Any]]:
        """The coefficients."""
        return {"coefficients": np.ascontiguousarray(self.coefficients, np.float32)}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer with these coefficients."""
        coefficients = tensors["coefficients"]
        if coefficients.ndim != 2 or not np.isfinite(coefficients).all():
            raise ValueError("its coefficients are not those of a trained model")
        return cls(coefficients)
