"""How far a figure may be from the truth, given how few works it was measured on."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Score interval of a proportion of `k` among `n`.

    Wilson, JASA 22 (1927); recommended for few works by Brown, Cai and DasGupta, Statistical Science 16
    (2001).

    Returns
    -------
    tuple of float
        Lower and upper end, within 0 and 1; (0, 1) where nothing was counted.
    """
    from scipy.special import ndtri

    if n == 0:
        return 0.0, 1.0
    z = float(ndtri(0.5 + level / 2))
    share, widened = k / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / widened
    half = z / widened * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (0.0 if k == 0 else max(0.0, middle - half), 1.0 if k == n else min(1.0, middle + half))


def bootstrap(
    statistic: Callable[..., float],
    *arrays: NDArray[Any],
    seed: int,
    rounds: int = 1000,
    level: float = 0.95,
) -> tuple[float, float]:
    """Percentile interval of a statistic when works are drawn again with replacement.

    Efron, Annals of Statistics 7 (1979).

    Parameters
    ----------
    statistic : callable
        Takes arrays like those given, and returns one number.
    *arrays : ndarray (n, ...)
        One row for each work, the same works in each.
    seed : int
        Of the drawing; the same seed gives the same interval.
    rounds : int
        How often to draw.
    level : float
        Coverage aimed at.

    Returns
    -------
    tuple of float
        Lower and upper end; draws for which the statistic is NaN are left out, and (NaN, NaN) where
        nothing is left.
    """
    n = len(arrays[0])
    random = np.random.default_rng(seed)
    values = np.full(rounds, np.nan)
    for place in range(rounds if n else 0):
        drawn = random.integers(0, n, n)
        values[place] = statistic(*(array[drawn] for array in arrays))
    values = values[~np.isnan(values)]
    if len(values) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
