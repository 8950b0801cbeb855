"""Rows laid out for kernel ridge regression, and what is learnt of them at one width of the kernel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.kernel.likeness import Measure, distances, landmarks, likeness
from cartellino.classify.heads.kernel.ridge import Sums
from cartellino.classify.heads.kernel.scorer import bent
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.splits import Split
from cartellino.classify.heads.teaching import Candidate

Floats = NDArray[Any]

# What a table of likeness needs to have a root where rows lie all but on one another, in last places.
_NUDGES = (1e2, 1e3, 1e4, 1e5)


@dataclass(frozen=True)
class Ground:
    """Rows to learn from, and their distances to the landmarks.

    Parameters
    ----------
    material : Material
        The rows.
    measure : Measure
        From features to where distances are reckoned.
    known : ndarray (m, d)
        The landmarks, scaled.
    apart : ndarray (n, m)
        Squared distances of the rows to the landmarks.
    between : ndarray (m, m)
        Squared distances of the landmarks to each other.
    """

    material: Material
    measure: Measure
    known: Floats
    apart: Floats
    between: Floats

    @classmethod
    def laid(cls, material: Material, blocks: Sequence[int], balance: float, most: int) -> Ground:
        """Scale rows, and choose `most` landmarks among them at most; blocks and balance as of `say_of`."""
        measure = Measure.learn(material, blocks, balance)
        rows = measure.apply(material.X)
        known = rows[landmarks(rows, most, material.seed)]
        return cls(material, measure, known, distances(rows, known), distances(known, known))

    def at(self, gamma: float) -> Map:
        """The rows as numbers whose products are their likeness at this gamma."""
        from scipy.linalg import solve_triangular

        root = _root(likeness(self.between, gamma), float(np.finfo(self.known.dtype).eps))
        alike = likeness(self.apart, gamma)
        Z = solve_triangular(root, alike.T, lower=True, overwrite_b=True, check_finite=False).T
        return Map(self, gamma, root, np.ascontiguousarray(Z, self.known.dtype))


@dataclass(frozen=True)
class Map:
    """Rows as numbers whose products are their likeness (Nyström's where not every row is a landmark).

    Parameters
    ----------
    ground : Ground
        The rows.
    gamma : float
        How quickly likeness falls with the squared distance.
    root : ndarray (m, m)
        The lower root of the landmarks' likeness to each other.
    Z : ndarray (n, m)
        The rows.
    """

    ground: Ground
    gamma: float
    root: Floats
    Z: Floats

    def tried(self, _: Material, split: Split, candidates: Sequence[Candidate]) -> list[Floats]:
        """Scores of the rows kept out at every strength."""
        several, Z = self.ground.material.several, self.Z[split[1]]
        told = [np.empty((len(Z), self.ground.material.columns)) for _ in candidates]
        for columns, sums in self._sums(split[0]):
            for place, candidate in enumerate(candidates):
                coefficients, intercepts = sums.solved(candidate["strength"])
                told[place][:, columns] = Z @ coefficients + intercepts
        return [bent(each, several) for each in told]

    def learnt(self, strength: float) -> tuple[Floats, Floats]:
        """What likeness to each landmark counts (m, k), and intercepts (k,)."""
        from scipy.linalg import solve_triangular

        k = self.ground.material.columns
        coefficients, intercepts = np.empty((len(self.root), k)), np.empty(k)
        exact = replace(self, Z=self.Z.astype(np.float64))
        for columns, sums in exact._sums(None):
            coefficients[:, columns], intercepts[columns] = sums.solved(strength)
        turned: Floats = solve_triangular(self.root, coefficients, lower=True, trans="T", check_finite=False)
        return turned, intercepts

    def _sums(self, learn: NDArray[np.int64] | None) -> Iterator[tuple[slice, Sums]]:
        """Sums over some rows, or all, for columns that share their weights."""
        material = self.ground.material
        precision = self.Z.dtype
        Y = np.where(material.table, 1.0, -1.0).astype(precision)
        stress = np.asarray(material.stressed, precision)
        left = np.zeros(0, np.int64) if learn is None else np.setdiff1d(np.arange(len(Y)), learn)
        for columns, weights in _alike(stress, material.columns):
            sums = Sums.over(self.Z, Y[:, columns], weights)
            if len(left):
                sums = sums.without(Sums.over(self.Z[left], Y[left][:, columns], weights[left]))
            yield columns, sums


def _alike(stress: Floats, columns: int) -> Iterator[tuple[slice, Floats]]:
    """Columns whose rows weigh the same, and these weights (n,)."""
    if stress.ndim == 1:
        yield slice(0, columns), stress
    elif (stress == stress[:, :1]).all():
        yield slice(0, columns), stress[:, 0]
    else:
        for place in range(columns):
            yield slice(place, place + 1), stress[:, place]


def _root(table: Floats, unit: float) -> Floats:
    """The lower root of a table of likeness, whose diagonal is raised by as little as will do."""
    table.flat[:: len(table) + 1] = 1.0
    for nudge in _NUDGES:
        try:
            return np.linalg.cholesky(table + nudge * unit * np.eye(len(table)))
        except np.linalg.LinAlgError:
            continue
    raise ValueError("the features are too alike to be told apart")
