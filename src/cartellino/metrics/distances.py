"""How far the means of classes lie from each other: as measured, less what chance adds, and how sure that is.

The mean of few works lies off the true one, so that the distance of two such means is too long: squared, by
the variance of both. The corrected distance multiplies no work by itself: squared, it is the unbiased
estimate of Gretton et al. (JMLR 13, 2012, lemma 6) for a linear kernel. Its interval is a jackknife's (Efron
and Stein, Annals of Statistics 9, 1981). To both, kin, such as views of one painting, are one observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
Matrix = NDArray[np.float64]

FEWEST = 3  # unrelated works of a class: one of them left out, the others must still tell what chance adds


@dataclass(frozen=True)
class Apart:
    """How far classes are apart.

    Parameters
    ----------
    measured : ndarray (k, k) of float64
        L2 distances of the classes' means.
    corrected : ndarray (k, k) of float64
        Less what chance adds to them; 0 where chance alone may have done it all.
    low, high : ndarray (k, k) of float64
        Ends of an interval of the true distance; it reaches 0 where two classes may be one.
    spread : float
        Root mean square of the distance of a work from the mean of its class.
    """

    measured: Matrix
    corrected: Matrix
    low: Matrix
    high: Matrix
    spread: float


def means(X: Floats, places: NDArray[np.integer], k: int) -> Floats:
    """Mean (k, d) of the rows (n, d) of each class; NaN for a class without any."""
    with np.errstate(invalid="ignore"):
        return np.asarray(_sums(X, places, k) / np.bincount(places, minlength=k)[:, None].astype(X.dtype))


def pairwise(points: Floats) -> Matrix:
    """L2 distances (k, k) of points (k, d)."""
    from scipy.spatial.distance import cdist

    found = cdist(points, points)
    return np.asarray((found + found.T) / 2, np.float64)


def measurable(places: NDArray[np.integer], kin: NDArray[np.integer], k: int) -> NDArray[np.bool_]:
    """Which classes (k,) have enough unrelated works for `apart`."""
    once = np.unique(np.column_stack([places, kin]), axis=0)
    told: NDArray[np.bool_] = np.bincount(once[:, 0], minlength=k) >= FEWEST
    return told


def apart(
    X: Floats, places: NDArray[np.integer], kin: NDArray[np.integer], k: int, level: float = 0.95
) -> Apart:
    """Measure how far classes are apart.

    Parameters
    ----------
    X : ndarray (n, d) of float
        A row for each work.
    places : ndarray (n,) of int
        The class of each, from 0 to ``k - 1``.
    kin : ndarray (n,) of int
        Works of one number are kin, and count as one observation.
    k : int
        Classes, each with `FEWEST` unrelated works or more.
    level : float
        Coverage aimed at by each interval, taken by itself.

    Raises
    ------
    ValueError
        If a class has fewer.
    """
    from scipy.special import ndtri

    if not measurable(places, kin, k).all():
        raise ValueError(f"every class needs {FEWEST} works that are not kin")
    X = X - X.mean(axis=0)  # from afar, families of unlike size would make the lengths of means less sure
    squared, error = _squared(X, places, kin, k)
    z = float(ndtri(0.5 + level / 2))
    middle = means(X, places, k)
    within = float(np.einsum("ij,ij->", X, X)) - float(np.bincount(places) @ np.square(middle).sum(axis=1))
    corrected, low, high = (np.sqrt(np.maximum(0.0, squared + side * error)) for side in (0.0, -z, z))
    spread = float(np.sqrt(max(0.0, within) / max(1, len(X) - k)))
    return Apart(pairwise(middle), corrected, low, high, spread)


def similarity(distances: Matrix) -> Matrix:
    """Normalised similarity s(A, B) = d(A, B)⁻¹ / Σ d(A, C)⁻¹ over all C but A (Chen and Chen 2020).

    Parameters
    ----------
    distances : ndarray (k, k) of float
        Symmetric; its diagonal is not looked at.

    Returns
    -------
    ndarray (k, k) of float64
        Rows sum to 1, the diagonal is 0; it is not symmetric. Classes at distance 0, as the formula has it in
        the limit, share all of a row.
    """
    others = ~np.eye(len(distances), dtype=bool)
    nearest = np.where(others, distances, np.inf).min(axis=1, keepdims=True)
    # Relative to the nearest one, so that no inverse of a tiny distance overflows.
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(nearest > 0, nearest / distances, distances == 0) * others
    inverse[~others] = 0.0
    total = inverse.sum(axis=1, keepdims=True)
    found: Matrix = np.divide(inverse, total, out=np.zeros_like(inverse), where=total > 0)
    return found


def top_quarter(alike: Matrix) -> NDArray[np.bool_]:
    """Which of the pairs (k, k), each in both directions, are among the most similar quarter of all.

    Pairs that equal the last of them are among them too; there is always one.
    """
    others = ~np.eye(len(alike), dtype=bool)
    if len(alike) < 2:
        return np.zeros_like(others)
    values = np.sort(alike[others])[::-1]
    told: NDArray[np.bool_] = others & (alike >= values[max(1, len(values) // 4) - 1])
    return told


def _squared(
    X: Floats, places: NDArray[np.integer], kin: NDArray[np.integer], k: int
) -> tuple[Matrix, Matrix]:
    """Unbiased squared distances (k, k), and their standard errors.

    The product of two works, averaged over all pairs that are not kin, estimates the squared length of a
    class's true mean without bias; each class is then told again without each of its kin groups.
    """
    found, group = np.unique(np.column_stack([places, kin]), axis=0, return_inverse=True)
    owner, sums = found[:, 0], _sums(X, group.ravel(), len(found))
    sizes = np.bincount(group.ravel()).astype(np.float64)
    own = np.einsum("ij,ij->i", sums, sums).astype(np.float64)
    n, n_squared, own_all = (np.bincount(owner, each) for each in (sizes, sizes**2, own))
    middle = means(X, places, k)
    crossed = (sums @ middle.T).astype(np.float64)
    products = (middle @ middle.T).astype(np.float64)
    whole = np.diag(products) * n**2
    length = (whole - own_all) / (n**2 - n_squared)
    squared = length[:, None] + length - 2 * products

    at = np.arange(len(owner)), owner
    rest = n[owner] - sizes
    less = whole[owner] - 2 * n[owner] * crossed[at] + own - (own_all[owner] - own)
    less /= rest**2 - (n_squared[owner] - sizes**2)
    without = less[:, None] + length - 2 * (n[owner, None] * products[owner] - crossed) / rest[:, None]
    variance = np.array([_jackknifed(without[owner == place]) for place in range(k)])
    error = np.sqrt(variance + variance.T)
    np.fill_diagonal(squared, 0.0)
    np.fill_diagonal(error, 0.0)
    return squared, error


def _jackknifed(without: Matrix) -> Matrix:
    """Variance (k,) of figures that were told again (g, k) without each of g groups."""
    groups = len(without)
    found: Matrix = (groups - 1) / groups * np.square(without - without.mean(axis=0)).sum(axis=0)
    return found


def _sums(X: Floats, owner: NDArray[np.integer], k: int) -> Floats:
    """Sum (k, d) of the rows of each owner; rows are added in their order."""
    from scipy.sparse import csr_array

    ones = np.ones(len(X), X.dtype)
    member = csr_array((ones, (owner, np.arange(len(X)))), shape=(k, len(X)))
    return np.asarray(member @ X)
