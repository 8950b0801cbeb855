"""From scores of pictures to probabilities of works that can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.dataset import works_mean
from cartellino.classify.giving import Giving
from cartellino.classify.heads.likelihood import sigmoid, softmax
from cartellino.metrics.calibration import fitted_temperature

Floats = NDArray[Any]

_TINY = 1e-12


@dataclass(frozen=True)
class Calibration:
    """What makes scores believable, and what they then said of works out of sample.

    Parameters
    ----------
    temperature : float
        What scores of pictures are divided by.
    thresholds : ndarray (k,) of float64, or None
        Multi: where a label is given.
    grid, grid_correct : ndarray
        As of `TrainedModel`.
    """

    temperature: float
    thresholds: NDArray[np.float64] | None
    grid: NDArray[np.float32]
    grid_correct: NDArray[np.bool_]


def probabilities(kind: str, scores: Floats) -> Floats:
    """Probabilities (n, k) that scores stand for: softmax for one label, sigmoids for several."""
    return (softmax if kind == "single" else sigmoid)(scores)


def calibrate(
    kind: str, scores: Floats, owner: NDArray[np.int64], truth: NDArray[Any], giving: Giving
) -> Calibration:
    """Fit temperature and thresholds to works, whose probability is the mean over their pictures.

    Parameters
    ----------
    kind : str
        'single' or 'multi'.
    scores : ndarray (pictures, k)
        Out of sample.
    owner : ndarray (pictures,) of int64
        The work of each picture, an index into `truth`; every work has one.
    truth : ndarray (works,) of int64, or (works, k) of uint8
        What is so.
    giving : Giving
        Multi: how thresholds are found.
    """
    scores = scores.astype(np.float64)

    def chances(divisor: float) -> Floats:
        return works_mean(probabilities(kind, scores / divisor), owner, len(truth))

    temperature = fitted_temperature(lambda divisor: losses(chances(divisor), truth), np.ones(len(truth)))
    final = chances(temperature)
    if kind == "single":
        likeliest = final.argmax(axis=1)
        return Calibration(temperature, None, final.max(axis=1).astype(np.float32), likeliest == truth)
    limits = giving.thresholds(final, truth, temperature)
    return Calibration(temperature, limits, final.astype(np.float32), truth.astype(bool))


def losses(chances: Floats, truth: NDArray[Any]) -> Floats:
    """Log loss of each work, in nats."""
    if truth.ndim == 1:
        lost: Floats = -np.log(np.maximum(chances[np.arange(len(truth)), truth], _TINY))
        return lost
    right = np.where(truth, chances, 1 - chances)
    several: Floats = -np.log(np.maximum(right, _TINY)).sum(axis=1)
    return several
