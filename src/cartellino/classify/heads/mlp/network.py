"""Fully connected layers with ReLU between them, and how they learn: plain numpy.

scikit-learn's own has neither the losses for several labels nor a stop by rows of other groups, and both
would be reached only through its private parts; what is left of it then is the few lines below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
# From scores (n, k) and the rows they are of to the derivative (n, k) of the loss, summed over rows.
Derive = Callable[[Floats, NDArray[np.int64]], Floats]

_FIRST, _SECOND, _SMALL = 0.9, 0.999, 1e-8  # Adam's usual constants (Kingma and Ba, ICLR 2015)


@dataclass
class Network:
    """Layers, each a matrix (in, out) and what is added (out,)."""

    matrices: list[Floats]
    shifts: list[Floats]

    @classmethod
    def drawn(cls, widths: Sequence[int], seed: int, precision: Any) -> Self:
        """A network that has learnt nothing (He et al., ICCV 2015); all its scores are small."""
        random = np.random.default_rng(seed)
        pairs = list(pairwise(widths))
        sizes = [np.sqrt(2 / pair[0]) for pair in pairs[:-1]] + [0.1 * np.sqrt(1 / pairs[-1][0])]
        matrices = [size * random.standard_normal(pair) for size, pair in zip(sizes, pairs, strict=True)]
        return cls(
            [each.astype(precision) for each in matrices],
            [np.zeros(pair[1], precision) for pair in pairs],
        )

    def scores(self, X: Floats) -> Floats:
        """Scores (n, k) of rows (n, d)."""
        return self.outputs(X)[-1]

    def outputs(self, X: Floats) -> list[Floats]:
        """The rows, and what each layer makes of them."""
        made = [X]
        for place, (matrix, shift) in enumerate(zip(self.matrices, self.shifts, strict=True)):
            out = made[-1] @ matrix
            out += shift
            if place < len(self.matrices) - 1:
                np.maximum(out, 0, out=out)
            made.append(out)
        return made

    def gradients(self, made: list[Floats], turn: Floats) -> list[Floats]:
        """Derivatives of the loss in matrices and shifts, layer by layer, from that in the scores."""
        found: list[Floats] = []
        for place in reversed(range(len(self.matrices))):
            found += [turn.sum(axis=0), made[place].T @ turn]
            if place:
                turn = turn @ self.matrices[place].T
                turn *= made[place] > 0
        return found[::-1]

    @property
    def numbers(self) -> list[Floats]:
        """Matrices and shifts, layer by layer."""
        return [each for pair in zip(self.matrices, self.shifts, strict=True) for each in pair]


@dataclass(frozen=True)
class Pace:
    """How a network learns.

    Parameters
    ----------
    rate : float
        Adam's step.
    batch : int
        Rows of a step.
    decay : float
        What matrices shrink by in a step, in units of its rate (AdamW, ICLR 2019).
    epochs : int
        Times that every row is seen.
    """

    rate: float
    batch: int
    decay: float
    epochs: int


def learn(
    network: Network, X: Floats, weights: Floats, derive: Derive, pace: Pace, seed: int
) -> Iterator[int]:
    """Let a network learn in place; yields the number of each epoch once it is over.

    Parameters
    ----------
    network : Network
        What learns.
    X : ndarray (n, d)
        Rows.
    weights : ndarray (n,)
        What each row counts in `derive`, by which sums become means.
    derive : callable
        From scores of a batch to their derivatives.
    pace : Pace
        How it learns.
    seed : int
        Of the order of the rows.
    """
    random = np.random.default_rng(seed)
    means = [np.zeros_like(each) for each in network.numbers]
    squares = [np.zeros_like(each) for each in network.numbers]
    steps = -(-len(X) // pace.batch)
    for epoch in range(pace.epochs):
        order = random.permutation(len(X)) if steps > 1 else np.arange(len(X))
        for step, rows in enumerate(np.array_split(order, steps)):
            done = epoch * steps + step
            made = network.outputs(X[rows])
            turn = derive(made[-1], rows) / X.dtype.type(weights[rows].sum())
            _step(network, network.gradients(made, turn), (means, squares), done + 1, pace)
        yield epoch + 1


def _step(
    network: Network,
    gradients: list[Floats],
    moments: tuple[list[Floats], list[Floats]],
    number: int,
    pace: Pace,
) -> None:
    size = pace.rate * np.sqrt(1 - _SECOND**number) / (1 - _FIRST**number)
    for value, slope, mean, square in zip(network.numbers, gradients, *moments, strict=True):
        mean += (1 - _FIRST) * (slope - mean)
        square *= _SECOND
        np.square(slope, out=slope)
        square += (1 - _SECOND) * slope
        if value.ndim == 2:
            value *= value.dtype.type(1 - pace.rate * pace.decay)
        np.sqrt(square, out=slope)
        slope += _SMALL
        np.divide(mean, slope, out=slope)
        slope *= value.dtype.type(size)
        value -= slope
