"""How alike rows are, as a support vector machine sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

KERNELS = ("rbf", "linear")


@dataclass(frozen=True)
class Kernel:
    """A kernel with its width.

    Parameters
    ----------
    name : str
        'rbf': ``exp(-gamma × squared distance)``; 'linear': the product of two rows.
    gamma : float
        How quickly likeness falls; not used by 'linear'.
    """

    name: str
    gamma: float

    @classmethod
    def of(cls, name: str, times: float, X: Floats, weights: Floats) -> Kernel:
        """A kernel whose gamma is `times` what scikit-learn calls 'scale': one by all the rows' variance."""
        if name not in KERNELS:
            raise ValueError(f"kernel should be {' or '.join(map(repr, KERNELS))}, not {name!r}")
        mean = float(weights @ X.mean(axis=1, dtype=np.float64) / weights.sum())
        spread = float(weights @ ((X - mean) ** 2).mean(axis=1, dtype=np.float64) / weights.sum())
        return cls(name, times / (X.shape[1] * spread) if spread > 0 else times)

    def between(self, some: Floats, others: Floats) -> Floats:
        """Likeness (n, m) of rows (n, c) and (m, c), in their precision."""
        products = some @ others.T
        if self.name == "linear":
            return products
        products *= -2
        products += np.einsum("ij,ij->i", some, some)[:, None]
        products += np.einsum("ij,ij->i", others, others)
        np.maximum(products, 0, out=products)
        products *= -some.dtype.type(self.gamma)
        return np.asarray(np.exp(products, out=products))
