"""A linear head as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.likelihood import odds_of_shares
from cartellino.classify.heads.linear.losses import logits
from cartellino.classify.heads.scorer import HeadScorer
from cartellino.classify.scorer import Tensors


@dataclass(frozen=True)
class LinearScorer(HeadScorer):
    """Scores that are sums of features.

    Parameters
    ----------
    coefficients : ndarray (width + 1, k) of float32, or of float64 until it is saved
        For features as the backbone gives them; last row: intercepts.
    shared : bool
        Whether they are those of a softmax over labels of which a row may have several.
    """

    family: ClassVar[str] = "linear"

    coefficients: NDArray[Any]
    shared: bool = False

    @property
    def width(self) -> int:
        """Numbers in a feature."""
        return len(self.coefficients) - 1

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return int(self.coefficients.shape[1])

    def reckon(self, X: NDArray[Any]) -> NDArray[Any]:
        """Scores (n, k) of features (n, width), in the precision of X."""
        said = logits(X, self.coefficients.astype(X.dtype, copy=False))
        return odds_of_shares(said) if self.shared else said

    def tensors(self) -> dict[str, NDArray[Any]]:
        """The coefficients."""
        return {"coefficients": np.ascontiguousarray(self.coefficients, np.float32)}

    def about(self) -> dict[str, Any]:
        """Whether labels compete, if they do."""
        return {"shared": True} if self.shared else {}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer with these coefficients."""
        coefficients = tensors["coefficients"]
        if coefficients.ndim != 2 or not np.isfinite(coefficients).all():
            raise ValueError("its coefficients are not those of a trained model")
        return cls(coefficients, bool(about.get("shared", False)))
