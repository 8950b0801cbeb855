"""Points on a plane whose distances are, as nearly as a plane allows, those that are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.metrics.distances import pairwise

Matrix = NDArray[np.float64]

_ROUNDS, _ENOUGH = 2000, 1e-10


@dataclass(frozen=True)
class Placed:
    """Points on a plane.

    Parameters
    ----------
    points : ndarray (k, 2) of float64
        Around 0, the longest direction first; in the unit of the distances.
    stress : float
        Root of the squared errors of their distances over the squared distances (Kruskal, Psychometrika 29,
        1964): 0 where the plane holds them all, 0.1 where it errs by a tenth.
    """

    points: Matrix
    stress: float


def placed(distances: Matrix) -> Placed:
    """Place points by stress majorisation (De Leeuw 1977; for graphs Gansner, Koren and North, 2004).

    Unlike forces, which push and pull until a picture is even, it makes distances on paper mean distances. It
    starts from classical scaling, so that nothing is left to chance: the same distances, the same picture.

    Parameters
    ----------
    distances : ndarray (k, k) of float
        Symmetric, 0 on the diagonal, 0 or more elsewhere.
    """
    k = len(distances)
    if k < 2 or not distances.any():
        return Placed(np.zeros((k, 2)), 0.0)
    points = _classical(distances)
    before = np.inf
    for _ in range(_ROUNDS):
        drawn = pairwise(points)
        stress = _stress(drawn, distances)
        if before - stress <= _ENOUGH:
            break
        before = stress
        points = _moved(points, drawn, distances)
    return Placed(_turned(points), _stress(pairwise(points), distances))


def _classical(distances: Matrix) -> Matrix:
    """Torgerson's scaling: exact where the distances are those of a plane."""
    k = len(distances)
    centre = np.eye(k) - 1 / k
    values, axes = np.linalg.eigh(-0.5 * centre @ np.square(distances) @ centre)
    wide = np.zeros((k, 2))
    many = min(2, k)
    wide[:, :many] = axes[:, ::-1][:, :many] * np.sqrt(np.maximum(values[::-1][:many], 0.0))
    return wide


def _moved(points: Matrix, drawn: Matrix, distances: Matrix) -> Matrix:
    """Guttman's transform, after which the stress is never larger."""
    pull = np.divide(distances, drawn, out=np.zeros_like(drawn), where=drawn > 0)
    turn = np.diag(pull.sum(axis=1)) - pull
    moved: Matrix = turn @ points / len(points)
    return moved


def _stress(drawn: Matrix, distances: Matrix) -> float:
    return float(np.linalg.norm(drawn - distances) / np.linalg.norm(distances))


def _turned(points: Matrix) -> Matrix:
    """Around 0, the longest direction level, the farthest point of each direction to the right and above."""
    centred = points - points.mean(axis=0)
    across = np.linalg.svd(centred, full_matrices=False)[2]
    laid = centred @ across.T
    far = laid[np.abs(laid).argmax(axis=0), np.arange(2)]
    turned: Matrix = laid * np.where(far < 0, -1.0, 1.0)
    return turned
