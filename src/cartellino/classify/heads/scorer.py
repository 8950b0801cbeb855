"""What a head has learnt, as plain numbers."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.scorer import Scorer


class HeadScorer(Scorer):
    """A scorer of features that can also reckon in double precision.

    What is saved is of single precision, as features are. An estimator that was given doubles keeps them,
    so that it answers a row alone as it answers it among others.
    """

    @abstractmethod
    def reckon(self, X: NDArray[Any]) -> NDArray[Any]:
        """Scores (n, k) of features (n, width), in the precision of X."""

    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Scores (n, k) of features (n, width)."""
        return np.asarray(self.reckon(X), np.float32)


def finite(*tensors: NDArray[Any]) -> None:
    """Refuse numbers that cannot be those of a trained model.

    Raises
    ------
    ValueError
        If one is not finite.
    """
    if not all(np.isfinite(each).all() for each in tensors):
        raise ValueError("its numbers are not those of a trained model")
