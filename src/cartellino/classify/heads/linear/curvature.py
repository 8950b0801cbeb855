"""The shape of the features' cloud, by which the solver takes its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

_ROWS = 16_384  # enough to know the long axes; more would only cost time
_AXES = 384
_ROUNDS = 3


@dataclass(frozen=True)
class Axes:
    """The longest principal axes of a cloud of rows, and how wide it is elsewhere.

    Parameters
    ----------
    directions : ndarray (d, r)
        Orthonormal columns.
    widths : ndarray (r,)
        Mean square of the rows along each.
    rest : float
        Mean square along any other direction.
    """

    directions: Floats
    widths: Floats
    rest: float

    def newton(self, gradient: Floats, bend: Floats, strength: float) -> Floats:
        """The step that would undo `gradient` if the loss were a bowl of this shape.

        Parameters
        ----------
        gradient : ndarray (d + 1, k)
            Last row: intercepts, which no penalty holds.
        bend : ndarray (k,)
            Mean second derivative of the loss in each class's score.
        strength : float
            L2 penalty a unit of weight.
        """
        slope = gradient[:-1]
        beyond = 1 / (bend * self.rest + strength)
        along = 1 / (self.widths[:, None] * bend + strength) - beyond
        step = np.empty_like(gradient)
        step[:-1] = slope * beyond + self.directions @ ((self.directions.T @ slope) * along)
        step[-1] = gradient[-1] / bend
        return step


def principal_axes(X: Floats, weights: Floats, seed: int) -> Axes:
    """Find the longest axes of centred rows by randomised subspace iteration.

    Halko, Martinsson and Tropp, SIAM Review 53 (2011), algorithm 4.4; as a preconditioner: Frangella,
    Tropp and Udell, Randomized Nyström Preconditioning (2021).

    Parameters
    ----------
    X : ndarray (n, d)
        Features, centred; a regular sample of the rows stands for all.
    weights : ndarray (n,)
        Weight of each row.
    seed : int
        Of the starting directions.
    """
    every = max(1, len(X) // _ROWS)
    rows = X[::every] * np.sqrt(weights[::every], dtype=X.dtype)[:, None]
    gram = rows.T @ rows / max(float(np.sum(weights[::every])), np.finfo(X.dtype).tiny)
    width = gram.shape[0]
    rank = min(width, _AXES)
    basis = np.eye(width, dtype=X.dtype)
    if rank < width:
        basis = np.random.default_rng(seed).standard_normal((width, rank)).astype(X.dtype)
        for _ in range(_ROUNDS):
            basis = np.linalg.qr(gram @ basis)[0]
    widths, turn = np.linalg.eigh(basis.T @ gram @ basis)
    widths = np.maximum(widths, 0)
    rest = max(float(np.trace(gram) - widths.sum()), 0.0) / max(width - rank, 1)
    return Axes(basis @ turn, widths, rest)
