"""Classes that are taken for each other, side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def by_similarity(matrix: NDArray[np.generic]) -> list[int]:
    """Order classes so that those confused with each other are neighbours.

    Average-linkage clustering on how rarely two classes are taken for each other, its leaves turned to lie
    close (Bar-Joseph, Gifford and Jaakkola, Bioinformatics 17, 2001).

    Parameters
    ----------
    matrix : ndarray (n, n) of int
        Works by right class (row) and predicted class (column); or how alike each finds each other.

    Returns
    -------
    list of int
        Places of classes. Without a single confusion they stay as they are.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    counts = np.asarray(matrix, np.float64)
    taken = shares(counts)
    np.fill_diagonal(taken, 0.0)
    alike = taken + taken.T
    if len(counts) < 3 or not alike.any():
        return list(range(len(counts)))
    apart = 1.0 - alike / alike.max()
    np.fill_diagonal(apart, 0.0)
    return [int(place) for place in leaves_list(linkage(squareform(apart), "average", optimal_ordering=True))]


def shares(matrix: NDArray[np.generic]) -> NDArray[np.float64]:
    """Each row of a confusion matrix as shares of its works; a row without works stays zero."""
    counts = np.asarray(matrix, np.float64)
    totals = counts.sum(axis=1, keepdims=True)
    parts: NDArray[np.float64] = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    return parts
