"""The minimum of a regularised linear loss: L-BFGS in the features' precision, preconditioned by their cloud.

Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5, with the step of
`curvature.Axes.newton` as the first guess of the inverse Hessian. Preconditioned so, a few dozen passes
over the features suffice where plain L-BFGS takes hundreds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.linear.curvature import Axes
from cartellino.classify.heads.linear.losses import Loss
from cartellino.progress import Progress, Silent

Floats = NDArray[Any]
Pair = tuple[Floats, Floats, float]

_MEMORY = 12
_SUFFICIENT = 1e-4  # Armijo's constant
_HALVINGS = 20


@dataclass(frozen=True)
class Effort:
    """How long the solver may go on.

    Parameters
    ----------
    tolerance : float
        Stop once the step ahead promises to lower the mean loss by less than this.
    max_passes : int
        Stop after so many passes over the features anyway.
    progress : Progress
        Who is told of each pass.
    """

    tolerance: float
    max_passes: int
    progress: Progress = field(default_factory=Silent)


@dataclass(frozen=True)
class Solution:
    """Where the solver stopped.

    Parameters
    ----------
    coefficients : ndarray (d + 1, k)
        Last row: intercepts.
    value : float
        Mean loss with its penalty.
    passes : int
        Evaluations of the loss and its gradient.
    converged : bool
        Whether less than the tolerance was left to gain.
    """

    coefficients: Floats
    value: float
    passes: int
    converged: bool


def minimise(loss: Loss, strength: float, axes: Axes, *, start: Floats, effort: Effort) -> Solution:
    """Minimise ``mean loss + strength / (2 × weight) × |coefficients|²``; intercepts go free.

    Parameters
    ----------
    loss : Loss
        What to minimise.
    strength : float
        L2 penalty against the summed loss: the inverse of scikit-learn's ``C``.
    axes : Axes
        Shape of the features' cloud.
    start : ndarray (d + 1, k)
        First guess; a solution for a nearby strength saves passes.
    effort : Effort
        How long to go on.
    """
    objective = _penalised(loss, strength / loss.total)
    bend = np.maximum(loss.curvature(start), 1e-4).astype(start.dtype)
    here, passes = start.copy(), 1
    value, gradient = objective(here)
    pairs: deque[Pair] = deque(maxlen=_MEMORY)
    while True:
        step = -_direction(gradient, pairs, lambda slope: axes.newton(slope, bend, strength / loss.total))
        slope = _dot(gradient, step)
        if -slope / 2 < effort.tolerance or passes >= effort.max_passes:
            return Solution(here, value, passes, -slope / 2 < effort.tolerance)
        found = _search(objective, here, value, step, slope)
        passes += found[3]
        effort.progress.advance(found[3])
        if found[3] > _HALVINGS:  # rounding has the last word: nothing lower can be told apart
            return Solution(here, value, passes, True)
        pairs.append(_pair(found[0] - here, found[2] - gradient))
        here, value, gradient = found[:3]


def start(loss: Loss) -> Floats:
    """Coefficients that know nothing but how frequent each class is."""
    coefficients = np.zeros((loss.X.shape[1] + 1, loss.classes), loss.X.dtype)
    coefficients[-1] = loss.base()
    return coefficients


def _penalised(loss: Loss, strength: float) -> Callable[[Floats], tuple[float, Floats]]:
    def objective(coefficients: Floats) -> tuple[float, Floats]:
        value, gradient = loss.value_and_gradient(coefficients)
        inner = coefficients[:-1]
        gradient[:-1] += strength * inner
        return value + strength / 2 * _dot(inner, inner), gradient

    return objective


def _search(
    objective: Callable[[Floats], tuple[float, Floats]],
    here: Floats,
    value: float,
    step: Floats,
    slope: float,
) -> tuple[Floats, float, Floats, int]:
    """Halve the step, by the parabola through what is known, until it gains enough."""
    length = 1.0
    slack = 4 * float(np.finfo(here.dtype).eps) * abs(value)
    for tries in range(1, _HALVINGS + 1):
        there = here + here.dtype.type(length) * step
        reached, gradient = objective(there)
        if reached <= value + _SUFFICIENT * length * slope + slack:
            return there, reached, gradient, tries
        bottom = -slope * length**2 / (2 * (reached - value - slope * length))
        length = float(np.clip(bottom, 0.1 * length, 0.5 * length))
    return here, value, gradient, _HALVINGS + 1


def _pair(moved: Floats, turned: Floats) -> Pair:
    return moved, turned, _dot(moved, turned)


def _direction(gradient: Floats, pairs: deque[Pair], newton: Callable[[Floats], Floats]) -> Floats:
    """The two loops: the inverse Hessian as far as it is known, applied to the gradient."""
    known = [pair for pair in pairs if pair[2] > 0]
    slope, shares = gradient.copy(), []
    for moved, turned, both in reversed(known):
        share = _dot(moved, slope) / both
        slope -= gradient.dtype.type(share) * turned
        shares.append(share)
    step = newton(slope)
    if known:  # the bowl flattens on the way down: stretch the guess by what the last step met
        step *= gradient.dtype.type(known[-1][2] / _dot(known[-1][1], newton(known[-1][1])))
    for (moved, turned, both), share in zip(known, reversed(shares), strict=True):
        step += gradient.dtype.type(share - _dot(turned, step) / both) * moved
    return step


def _dot(first: Floats, second: Floats) -> float:
    return float(np.einsum("ij,ij->", first, second, dtype=np.float64))
