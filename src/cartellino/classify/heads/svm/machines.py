"""Machines that tell two kinds of rows apart: every pair of classes, or each label from its absence."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.material import Material
from cartellino.classify.heads.sigmoids import pairs
from cartellino.classify.heads.svm.kernel import Kernel

Floats = NDArray[Any]

_TABLE = 8000  # rows whose likeness to each other is reckoned once and kept: half a gigabyte
_BLOCK = 1024


@dataclass(frozen=True)
class Machines:
    """Machines that share their vectors.

    Parameters
    ----------
    kernel : Kernel
        How likeness is reckoned.
    vectors : ndarray (v, c)
        The rows that support one of them.
    coefficients : ndarray (v, m)
        What likeness to each counts for each machine.
    offsets : ndarray (m,)
        What is added.
    """

    kernel: Kernel
    vectors: Floats
    coefficients: Floats
    offsets: Floats

    def decisions(self, X: Floats) -> Floats:
        """Decisions (n, m) of rows (n, c); above 0: the first of a pair, or that the label is there."""
        vectors, coefficients = (
            each.astype(X.dtype, copy=False) for each in (self.vectors, self.coefficients)
        )
        made = np.empty((len(X), coefficients.shape[1]), X.dtype)
        for at in range(0, len(X), _BLOCK):
            rows = slice(at, at + _BLOCK)
            made[rows] = self.kernel.between(X[rows], vectors) @ coefficients
        made += self.offsets.astype(X.dtype)
        return made


def built(material: Material, kernel: Kernel, strengths: Iterable[float], tolerance: float) -> list[Machines]:
    """Machines for all pairs of classes, or for all labels, once for each strength.

    Parameters
    ----------
    material : Material
        Projected rows.
    kernel : Kernel
        How likeness is reckoned.
    strengths : iterable of float
        What a row on the wrong side costs (C).
    tolerance : float
        The solver stops where no pair of rows breaks its conditions by more.
    """
    rows = np.ascontiguousarray(material.X, np.float64)
    shown = kernel.between(rows, rows) if len(rows) <= _TABLE else rows
    solve = _several if material.several else _single
    jobs = [(material, kernel, shown, float(strength), tolerance) for strength in strengths]
    return [_sparse(material, kernel, *solve(*job)) for job in jobs]


def _single(
    material: Material, kernel: Kernel, shown: Floats, strength: float, tolerance: float
) -> tuple[Floats, Floats]:
    first, second = pairs(material.columns)
    present = np.unique(material.target)
    coefficients = np.zeros((len(material), len(first)))
    offsets = np.isin(first, present).astype(float) - np.isin(second, present)  # unless both are there
    if len(present) > 1:
        told = _solved(kernel, shown, material.target, material.stressed, strength, tolerance)
        place = {pair: at for at, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True))}
        columns = [place[present[i], present[j]] for i, j in zip(*pairs(len(present)), strict=True)]
        coefficients[:, columns], offsets[columns] = told
    return coefficients, offsets


def _several(
    material: Material, kernel: Kernel, shown: Floats, strength: float, tolerance: float
) -> tuple[Floats, Floats]:
    def label(column: int) -> tuple[Floats, Floats]:
        has = material.target[:, column] > 0
        if has.all() or not has.any():
            return np.zeros((len(has), 1)), np.array([1.0 if has.all() else -1.0])
        # The first of the pair is the label's presence.
        return _solved(kernel, shown, (~has).astype(int), stress[:, column], strength, tolerance)

    stress = np.asfortranarray(material.stressed)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        told = list(pool.map(label, range(material.columns)))
    return np.hstack([each[0] for each in told]), np.concatenate([each[1] for each in told])


def _solved(
    kernel: Kernel, shown: Floats, place: NDArray[Any], weights: Floats, strength: float, tolerance: float
) -> tuple[Floats, Floats]:
    """Coefficients (n, pairs) and offsets (pairs,) of all classes there are, by libsvm."""
    from sklearn.svm import SVC

    table = shown.shape[0] == shown.shape[1] and len(shown) <= _TABLE
    name = "precomputed" if table else kernel.name
    machine = SVC(C=strength, kernel=name, gamma=kernel.gamma, tol=tolerance, cache_size=500)
    machine.fit(shown, place, sample_weight=weights)
    first, second = pairs(len(machine.classes_))
    of = np.repeat(np.arange(len(machine.classes_)), machine.n_support_)
    coefficients = np.zeros((len(shown), len(first)))
    for column, (one, other) in enumerate(zip(first, second, strict=True)):
        coefficients[machine.support_[of == one], column] = machine.dual_coef_[other - 1, of == one]
        coefficients[machine.support_[of == other], column] = machine.dual_coef_[one, of == other]
    # Of two classes scikit-learn turns the sign, so that the second is above 0.
    sign = -1 if len(machine.classes_) == 2 else 1
    return sign * coefficients, sign * machine.intercept_


def _sparse(material: Material, kernel: Kernel, coefficients: Floats, offsets: Floats) -> Machines:
    support = np.flatnonzero((coefficients != 0).any(axis=1))
    support = support if len(support) else np.zeros(1, np.int64)
    precision = material.X.dtype
    return Machines(
        kernel, material.X[support], coefficients[support].astype(precision), offsets.astype(precision)
    )
