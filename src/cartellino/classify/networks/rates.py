"""A learning rate found by trying: raise it step by step and see where the loss falls fastest.

Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

LOWEST, HIGHEST, STEPS = 1e-7, 1.0, 100

_SMOOTH = 0.9  # share of the past in the smoothed loss
_BURST = 4.0  # a loss this many times the best ends the trial


@dataclass(frozen=True)
class Sweep:
    """What was tried.

    Parameters
    ----------
    rates : tuple of float
        Rising.
    losses : tuple of float
        Smoothed, one for each.
    """

    rates: tuple[float, ...]
    losses: tuple[float, ...]

    @property
    def suggested(self) -> float:
        """The rate at which the loss falls fastest, of those before its minimum."""
        low = int(np.argmin(self.losses))
        if low < 2:
            return self.rates[low] / 10
        slopes = np.gradient(np.array(self.losses[: low + 1]), np.log(self.rates[: low + 1]))
        return self.rates[int(np.argmin(slopes))]


def rising(steps: int = STEPS, low: float = LOWEST, high: float = HIGHEST) -> Sequence[float]:
    """Rates from `low` to `high`, each the same factor above the one before."""
    rates: list[float] = np.geomspace(low, high, steps).tolist()
    return rates


def swept(rates: Sequence[float], losses: Iterator[float]) -> Sweep:
    """Take one loss for each rate, until they are used up or the loss bursts."""
    mean = 0.0
    kept: list[float] = []
    for number, loss in enumerate(losses, 1):
        mean = _SMOOTH * mean + (1 - _SMOOTH) * loss
        smoothed = mean / (1 - _SMOOTH**number)
        if not np.isfinite(smoothed) or (kept and smoothed > _BURST * min(kept)):
            break
        kept.append(smoothed)
    return Sweep(tuple(rates[: len(kept)]), tuple(kept))
