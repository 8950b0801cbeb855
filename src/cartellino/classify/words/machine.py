"""Support vector machines on a matrix of kernel values, as one matrix of coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

# The score of a class that no row has: it lies beyond everybody's margin.
_ABSENT = -1.0


@dataclass(frozen=True)
class Machine:
    """What was learnt: scores are kernel values (n, rows) @ coefficients (rows, k) + intercepts (k,)."""

    coefficients: Values
    intercepts: Values

    def scores(self, values: Values) -> Values:
        """Scores (n, k) of rows of which these are the kernel's values (n, rows)."""
        told: Values = values @ self.coefficients + self.intercepts
        return told


def fitted(values: Values, target: NDArray[Any], weights: Values, classes: int, strength: float) -> Machine:
    """Fit support vector machines by LIBSVM (Chang and Lin, ACM TIST 2, 2011).

    One label a row: a machine for every pair of classes, as LIBSVM has it; a class's score is the mean of
    its margins against all others, which is smooth where LIBSVM's votes are not. Several labels: a machine
    for each.

    Parameters
    ----------
    values : ndarray (n, n) of float64
        The kernel among the rows.
    target : ndarray (n,) of int64, or (n, k) of 0 and 1
        Places of classes; or which labels each row has.
    weights : ndarray (n,), or (n, k)
        What each row weighs; of several labels, in the machine of each. Above 0.
    classes : int
        k.
    strength : float
        LIBSVM's C.
    """
    machine = Machine(np.zeros((len(values), classes)), np.full(classes, _ABSENT))
    if target.ndim == 2:
        for place in range(classes):
            weigh = np.ascontiguousarray(weights[:, place])
            found = _between(values, target[:, place].astype(bool), weigh, strength)
            machine.coefficients[:, place], machine.intercepts[place] = found
    else:
        _pairs(machine, values, target, weights, strength)
    return machine


def _pairs(machine: Machine, values: Values, target: NDArray[Any], weights: Values, strength: float) -> None:
    there = np.unique(target)
    machine.intercepts[there] = 0
    share = 1 / max(1, len(there) - 1)
    for first, second in combinations(there.tolist(), 2):
        rows = np.flatnonzero((target == first) | (target == second))
        among = np.ascontiguousarray(values[np.ix_(rows, rows)])
        dual, intercept = _between(among, target[rows] == first, weights[rows], strength)
        for place, sign in ((first, share), (second, -share)):
            machine.coefficients[rows, place] += sign * dual
            machine.intercepts[place] += sign * intercept


def _between(
    values: Values, has: NDArray[np.bool_], weights: Values, strength: float
) -> tuple[Values, float]:
    """Coefficients (n,) and intercept of the machine that tells rows that have something from the others."""
    from sklearn.svm import SVC

    dual = np.zeros(len(values))
    if has.all() or not has.any():
        return dual, 1.0 if has.all() else _ABSENT
    machine = SVC(C=strength, kernel="precomputed", cache_size=100)
    machine.fit(values, has, sample_weight=weights)
    dual[machine.support_] = machine.dual_coef_[0]
    return dual, float(machine.intercept_[0])
