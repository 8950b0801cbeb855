"""Ridge regression from sums over rows, so that what a fold takes away is subtracted, not learnt anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]


@dataclass(frozen=True)
class Sums:
    """What a weighted ridge regression needs to know of rows.

    Parameters
    ----------
    weight : float
        Sum of the weights.
    features : ndarray (m,)
        Weighted sum of the features.
    targets : ndarray (k,)
        Weighted sum of the targets.
    squares : ndarray (m, m)
        Weighted sum of the products of features.
    products : ndarray (m, k)
        Weighted sum of the products of features and targets.
    """

    weight: float
    features: Floats
    targets: Floats
    squares: Floats
    products: Floats

    @classmethod
    def over(cls, Z: Floats, Y: Floats, weights: Floats) -> Sums:
        """Sum features (n, m) and targets (n, k), each row counting by its weight (n,)."""
        weighted = Z * weights[:, None]
        return cls(float(weights.sum()), weighted.sum(axis=0), weights @ Y, weighted.T @ Z, weighted.T @ Y)

    def without(self, other: Sums) -> Sums:
        """The sums but for some of the rows."""
        return Sums(
            self.weight - other.weight,
            self.features - other.features,
            self.targets - other.targets,
            self.squares - other.squares,
            self.products - other.products,
        )

    def solved(self, strength: float) -> tuple[Floats, Floats]:
        """Coefficients (m, k) and intercepts (k,) with the least squared error plus `strength` × squares.

        These squares are of the coefficients: the intercepts are not held back.
        """
        from scipy.linalg import cho_factor, cho_solve

        weight = self.features.dtype.type(max(self.weight, 1e-30))
        mean, centre = self.features / weight, self.targets / weight
        table = self.squares - np.outer(self.features, mean)
        table.flat[:: len(table) + 1] += table.dtype.type(strength)
        factor = cho_factor(table, lower=True, overwrite_a=True, check_finite=False)
        coefficients: Floats = cho_solve(factor, self.products - np.outer(self.features, centre))
        return coefficients, centre - mean @ coefficients
