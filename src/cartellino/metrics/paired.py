"""Whether two models differ, asked of the same works: what chance alone would do, and how sure that is.

McNemar, Psychometrika 12 (1947), in its exact form; Holm, Scandinavian Journal of Statistics 6 (1979);
percentile intervals of differences on the same drawn works: Efron and Tibshirani, An Introduction to the
Bootstrap (1993), chapters 13 and 15.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Discordant(NamedTuple):
    """Works about which two models differ, one being right and the other wrong.

    Parameters
    ----------
    first, second : int
        Works for which only the one, or only the other, is right.
    p : float
        Probability of a split at least so uneven if both were equally good; two-sided.
    """

    first: int
    second: int
    p: float


class Difference(NamedTuple):
    """By how much a figure of one model exceeds that of another.

    Parameters
    ----------
    value, low, high : float
        The difference, first less second, and its interval.
    p : float
        How often works drawn again would have it the other way round, twice over; never below
        ``2 / (rounds + 1)``.
    """

    value: float
    low: float
    high: float
    p: float


def mcnemar(first: NDArray[Any], second: NDArray[Any]) -> Discordant:
    """Exact test of two models on the same works.

    Parameters
    ----------
    first, second : ndarray (n,) of bool
        For which works each is right. The works should not depend on each other.
    """
    from scipy.special import bdtr

    one, other = np.asarray(first, bool), np.asarray(second, bool)
    only_first, only_second = int((one & ~other).sum()), int((other & ~one).sum())
    n = only_first + only_second
    p = min(1.0, 2 * float(bdtr(min(only_first, only_second), n, 0.5))) if n else 1.0
    return Discordant(only_first, only_second, p)


def difference(
    value: float, first: NDArray[np.floating], second: NDArray[np.floating], level: float = 0.95
) -> Difference:
    """Interval and probability of a difference from rounds in which both models met the same drawn works.

    Parameters
    ----------
    value : float
        The difference on the works themselves.
    first, second : ndarray (rounds,) of float
        A figure of each model in each round; rounds in which one is NaN are left out.
    level : float
        Coverage aimed at.
    """
    apart = np.asarray(first, np.float64) - np.asarray(second, np.float64)
    apart = apart[~np.isnan(apart)]
    if len(apart) == 0 or np.isnan(value):
        return Difference(value, float("nan"), float("nan"), 1.0)
    low, high = np.quantile(apart, [(1 - level) / 2, (1 + level) / 2])
    beyond = min(int((apart <= 0).sum()), int((apart >= 0).sum()))
    p = min(1.0, 2 * (beyond + 1) / (len(apart) + 1))
    return Difference(value, min(float(low), value), max(float(high), value), p)


def holm(probabilities: Sequence[float]) -> list[float]:
    """Probabilities corrected for how many questions were asked, in their order.

    All that stay below a level are differences, and the chance that even one of them is none is below it.
    """
    n = len(probabilities)
    order = sorted(range(n), key=lambda place: probabilities[place])
    corrected, so_far = [1.0] * n, 0.0
    for rank, place in enumerate(order):
        so_far = max(so_far, min(1.0, (n - rank) * probabilities[place]))
        corrected[place] = so_far
    return corrected
