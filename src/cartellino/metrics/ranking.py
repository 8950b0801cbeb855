"""How high the right label stands among the suggestions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def ranks(probabilities: NDArray[np.floating], truth: NDArray[np.integer]) -> NDArray[np.int64]:
    """Rank of the right class for each work, 1 being the likeliest.

    Parameters
    ----------
    probabilities : ndarray (n, k)
        One row for each work; any score that grows with belief will do.
    truth : ndarray (n,) of int
        Place of the right class.

    Returns
    -------
    ndarray (n,) of int64
        Equal scores stand in the order of the classes, as a page would list them.
    """
    right = probabilities[np.arange(len(truth)), truth][:, None]
    before = np.arange(probabilities.shape[1]) < np.asarray(truth)[:, None]
    ahead = (probabilities > right) | ((probabilities == right) & before)
    places: NDArray[np.int64] = ahead.sum(axis=1, dtype=np.int64) + 1
    return places


def top_k(probabilities: NDArray[np.floating], truth: NDArray[np.integer], k: int) -> float:
    """Share of works whose right class is among the `k` likeliest; NaN without works."""
    if len(truth) == 0:
        return float("nan")
    return float(np.mean(ranks(probabilities, truth) <= k))
