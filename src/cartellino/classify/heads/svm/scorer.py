"""Support vector machines as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.projected import ProjectedScorer
from cartellino.classify.heads.projection import Projection
from cartellino.classify.heads.scorer import finite
from cartellino.classify.heads.sigmoids import Sigmoids, coupled
from cartellino.classify.heads.svm.kernel import KERNELS, Kernel
from cartellino.classify.heads.svm.machines import Machines
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]

_ARRAYS = ("vectors", "coefficients", "offsets", "slopes", "shifts")


@dataclass(frozen=True)
class SvmScorer(ProjectedScorer):
    """Log probabilities from machines of pairs, or log odds from machines of labels.

    Parameters
    ----------
    projection : Projection
        From features to where likeness is reckoned.
    machines : Machines
        What decides.
    sigmoids : Sigmoids
        What a decision is worth.
    classes : int
        How many there are.
    several : bool
        Whether a machine tells a label from its absence, not a class from another.
    """

    family: ClassVar[str] = "svm"

    machines: Machines
    sigmoids: Sigmoids
    classes: int
    several: bool

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return self.classes

    def within(self, X: Floats) -> Floats:
        """Scores (n, k) of projected features (n, c)."""
        return said(self.machines.decisions(X), self.sigmoids, self.classes, self.several)

    def beyond(self) -> dict[str, NDArray[Any]]:
        """Vectors, what they count, and the sigmoids."""
        machines, sigmoids = self.machines, self.sigmoids
        held = (
            machines.vectors,
            machines.coefficients,
            machines.offsets,
            sigmoids.slopes,
            sigmoids.offsets,
        )
        return {
            name: np.ascontiguousarray(each, np.float32) for name, each in zip(_ARRAYS, held, strict=True)
        }

    def about(self) -> dict[str, Any]:
        """The kernel, and what the machines tell apart."""
        kernel = self.machines.kernel
        told = {"kernel": kernel.name, "gamma": kernel.gamma}
        return told | {"classes": self.classes, "several": self.several}

    @classmethod
    def behind(cls, projection: Projection, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer behind this projection."""
        vectors, coefficients, offsets, slopes, shifts = (tensors[name] for name in _ARRAYS)
        finite(vectors, coefficients, offsets, slopes, shifts)
        classes, several = int(about["classes"]), bool(about["several"])
        many = classes if several else classes * (classes - 1) // 2
        if coefficients.shape != (len(vectors), many) or not len(offsets) == len(slopes) == len(shifts):
            raise ValueError("its machines are not as many as its classes need")
        if vectors.shape[1:] != (projection.columns,):
            raise ValueError("its vectors do not fit its projection")
        if about["kernel"] not in KERNELS:
            raise ValueError(f"there is no kernel '{about['kernel']}'")
        kernel = Kernel(str(about["kernel"]), float(about["gamma"]))
        machines = Machines(kernel, vectors, coefficients, offsets)
        return cls(projection, machines, Sigmoids(slopes, shifts), classes, several)


def said(decisions: Floats, sigmoids: Sigmoids, classes: int, several: bool) -> Floats:
    """Scores (n, k) that decisions (n, m) stand for."""
    odds = sigmoids.odds(decisions)
    return odds if several else coupled(odds, classes)
