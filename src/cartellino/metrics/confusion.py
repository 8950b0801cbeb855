"""Which class was taken for which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def matrix(truth: NDArray[np.integer], predicted: NDArray[np.integer], n: int) -> NDArray[np.int64]:
    """Count works by right class (row) and predicted class (column).

    Parameters
    ----------
    truth, predicted : ndarray (works,) of int
        Places of classes, from 0 to ``n - 1``.
    n : int
        Number of classes; those that never occur keep a row and a column of zeros.

    Returns
    -------
    ndarray (n, n) of int64
    """
    pairs = np.asarray(truth, np.int64) * n + np.asarray(predicted, np.int64)
    counts: NDArray[np.int64] = np.bincount(pairs, minlength=n * n).astype(np.int64)
    return counts.reshape(n, n)
