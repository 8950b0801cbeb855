"""Intervals of F-measures: works are drawn again with replacement, kin together.

Percentile intervals: Efron and Tibshirani, An Introduction to the Bootstrap (1993). Works that depend on each
other are drawn whole: Davison and Hinkley, Bootstrap Methods and their Application (1997), section 3.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.metrics.intervals import wilson
from cartellino.metrics.scores import f_beta

Floats = NDArray[np.float64]
Ends = tuple[float, float]

_CELLS = 4_000_000  # of the weights drawn at a time: 32 MB


def draws(kin: NDArray[np.int64], seed: int, rounds: int) -> Iterator[Floats]:
    """How often each work is drawn, in `rounds` rounds; blocks of shape (some rounds, n)."""
    groups, place = np.unique(kin, return_inverse=True)
    random = np.random.default_rng(seed)
    even = np.full(len(groups), 1 / max(1, len(groups)))
    step = max(1, _CELLS // max(1, len(kin)))
    for begun in range(0, rounds, step):
        times = random.multinomial(len(groups), even, size=min(step, rounds - begun))
        yield times[:, place].astype(np.float64)


def intervals(
    true: NDArray[np.bool_],
    chosen: NDArray[np.bool_],
    kin: NDArray[np.int64],
    *,
    seed: int,
    rounds: int = 1000,
    level: float = 0.95,
) -> dict[str, Any]:
    """Intervals of F1 and F2, by class and averaged.

    Parameters
    ----------
    true, chosen : ndarray (n, k) of bool
        Which labels each work has, and which it was given.
    kin : ndarray (n,) of int64
        Works with the same number are drawn together.
    seed, rounds : int
        Of the drawing.
    level : float
        Coverage aimed at.

    Returns
    -------
    dict
        'macro', 'micro', 'weighted', 'samples', each with 'precision', 'recall', 'f1', 'f2' as (low, high);
        and 'classes' with 'f1' and 'f2', a list of (low, high) by class.
    """
    blocks = [redrawn(true, chosen, weights) for weights in draws(kin, seed, rounds)]
    tail = [(1 - level) / 2, (1 + level) / 2]
    averages = {
        average: {
            measure: _ends(np.concatenate([block[average][measure] for block in blocks]), tail)
            for measure in ("precision", "recall", "f1", "f2")
        }
        for average in ("macro", "micro", "weighted", "samples")
    }
    by_class = {
        measure: [
            _wider(_ends(column, tail), _small_sample(true[:, place], chosen[:, place], beta, level))
            for place, column in enumerate(np.concatenate([block["classes"][measure] for block in blocks]).T)
        ]
        for measure, beta in (("f1", 1.0), ("f2", 2.0))
    }
    return {**averages, "classes": by_class}


def redrawn(true: NDArray[np.bool_], chosen: NDArray[np.bool_], weights: Floats) -> dict[str, Any]:
    """All measures for each of some rounds: averages by measure, each (rounds,), and classes (rounds, k).

    Parameters
    ----------
    true, chosen : ndarray (n, k) of bool
        Which labels each work has, and which it was given.
    weights : ndarray (rounds, n) of float64
        How often each work was drawn; see `draws`.
    """
    both = true & chosen
    right, given, had = (weights @ table.astype(np.float64) for table in (both, chosen, true))
    classes = _measures(right, given, had)
    seen = (had > 0) & true.any(axis=0)
    samples = _measures(*(table.sum(axis=1, dtype=np.float64) for table in (both, chosen, true)))
    sums = (counts.sum(axis=1) for counts in (right, given, had))
    return {
        "classes": {name: np.where(seen, values, np.nan) for name, values in classes.items()},
        "macro": {
            name: _share((values * seen).sum(axis=1), seen.sum(axis=1)) for name, values in classes.items()
        },
        "weighted": {
            name: _share((values * had).sum(axis=1), had.sum(axis=1)) for name, values in classes.items()
        },
        "micro": _measures(*sums),
        "samples": {name: _share(weights @ values, weights.sum(axis=1)) for name, values in samples.items()},
    }


def _measures(right: Floats, given: Floats, had: Floats) -> dict[str, Floats]:
    return {
        "precision": _share(right, given),
        "recall": _share(right, had),
        "f1": f_beta(right, given, had, 1.0),
        "f2": f_beta(right, given, had, 2.0),
    }


def _small_sample(true: NDArray[np.bool_], chosen: NDArray[np.bool_], beta: float, level: float) -> Ends:
    """Interval of one class's F from Wilson's: redrawing three works that are all right would say 1 to 1.

    With p the share of right ones among all works that have the label or were given it, F grows with p at a
    fixed mix of misses and false alarms; F1 is 2p / (1 + p).
    """
    right, missed, false = (
        int((true & chosen).sum()),
        int((true & ~chosen).sum()),
        int((chosen & ~true).sum()),
    )
    low, high = wilson(right, right + missed + false, level)
    mix = missed / (missed + false) if missed + false else 0.5
    cost = beta**2 * mix + 1 - mix
    gain = 1 + beta**2
    return gain * low / (gain * low + cost * (1 - low)), gain * high / (gain * high + cost * (1 - high))


def _wider(one: Ends, other: Ends) -> Ends:
    """Few works speak through the one, kin through the other: neither may be forgotten."""
    return float(np.nanmin([one[0], other[0]])), float(np.nanmax([one[1], other[1]]))


def _ends(values: Floats, tail: list[float]) -> Ends:
    held = values[~np.isnan(values)]
    if len(held) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(held, tail)
    return float(low), float(high)


def _share(part: Floats, whole: Floats) -> Floats:
    shares: Floats = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return shares
