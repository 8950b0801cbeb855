"""Kernel ridge regression as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.kernel.likeness import Measure, distances, likeness
from cartellino.classify.heads.scorer import HeadScorer, finite
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]

_BLOCK = 1024
# Least squares tell a share of rows, which may lie below 0: it is bent upwards from about here.
_BEND = 0.1


@dataclass(frozen=True)
class KernelScorer(HeadScorer):
    """Log probabilities, or log odds of labels, from likeness to rows that were learnt from.

    Parameters
    ----------
    measure : Measure
        From features to where distances are reckoned.
    landmarks : ndarray (m, width)
        The rows, scaled.
    coefficients : ndarray (m, k)
        What likeness to each counts.
    intercepts : ndarray (k,)
        What is added.
    gamma : float
        How quickly likeness falls with the squared distance.
    several : bool
        Whether a column tells a label from its absence, not a class from the others.
    """

    family: ClassVar[str] = "kernel"

    measure: Measure
    landmarks: Floats
    coefficients: Floats
    intercepts: Floats
    gamma: float
    several: bool

    @property
    def width(self) -> int:
        """Numbers in a feature."""
        return int(self.landmarks.shape[1])

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return len(self.intercepts)

    def reckon(self, X: NDArray[Any]) -> NDArray[Any]:
        """Scores (n, k) of features (n, width), in the precision of X."""
        made = np.empty((len(X), self.columns), X.dtype)
        known = self.landmarks.astype(X.dtype, copy=False)
        for at in range(0, len(X), _BLOCK):
            rows = self.measure.apply(X[at : at + _BLOCK])
            alike = likeness(distances(rows, known), self.gamma)
            made[at : at + _BLOCK] = bent(alike @ self.coefficients + self.intercepts, self.several)
        return made

    def tensors(self) -> dict[str, NDArray[Any]]:
        """Scaling, landmarks and what they count; the last in double precision, for large numbers cancel."""
        told = {
            "mean": self.measure.mean,
            "factor": self.measure.factor,
            "landmarks": self.landmarks,
        }
        exact = {"coefficients": self.coefficients, "intercepts": self.intercepts}
        return {name: np.ascontiguousarray(each, np.float32) for name, each in told.items()} | {
            name: np.ascontiguousarray(each, np.float64) for name, each in exact.items()
        }

    def about(self) -> dict[str, Any]:
        """How likeness is reckoned."""
        return {"gamma": self.gamma, "several": self.several}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer with these numbers."""
        mean, factor, landmarks, coefficients, intercepts = (
            tensors[name] for name in ("mean", "factor", "landmarks", "coefficients", "intercepts")
        )
        finite(mean, factor, landmarks, coefficients, intercepts)
        if landmarks.ndim != 2 or mean.shape != factor.shape or mean.shape != landmarks.shape[1:]:
            raise ValueError("its landmarks do not fit its scaling")
        if coefficients.shape != (len(landmarks), len(intercepts)):
            raise ValueError("its coefficients do not fit its landmarks")
        gamma = float(about["gamma"])
        return cls(Measure(mean, factor), landmarks, coefficients, intercepts, gamma, bool(about["several"]))


def bent(told: Floats, several: bool) -> Floats:
    """Log probabilities, or log odds, from what was regressed: 1 for what is true, -1 for what is not."""
    share = (told + 1) / 2
    if several:
        return _log(share) - _log(1 - share)
    return _log(share)


def _log(share: Floats) -> Floats:
    logged: Floats = np.log(np.logaddexp(0, share / _BEND))
    return logged
