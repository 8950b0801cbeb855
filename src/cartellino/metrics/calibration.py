"""Whether 80 % means four times in five, and how to make it so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

# A temperature beyond these says that the logits carry no belief at all, not how strong it is.
_COLDEST, _HOTTEST = 0.05, 20.0


def reliability(confidence: Floats, correct: NDArray[Any], bins: int = 10) -> dict[str, list[float]]:
    """Confidence against success, in bins of equal width.

    Parameters
    ----------
    confidence : ndarray (n,)
        Probabilities from 0 to 1.
    correct : ndarray (n,) of bool or 0/1
        Whether each came true.
    bins : int
        Number of bins; 0.1 belongs to the second of ten.

    Returns
    -------
    dict
        'count', 'confidence' (mean) and 'accuracy' (share that came true), one entry for each bin; an
        empty bin has NaN means.
    """
    place = np.minimum((np.asarray(confidence, np.float64) * bins).astype(int), bins - 1)
    count = np.bincount(place, minlength=bins).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        believed = np.bincount(place, weights=confidence, minlength=bins) / count
        came_true = np.bincount(place, weights=np.asarray(correct, np.float64), minlength=bins) / count
    return {"count": count.tolist(), "confidence": believed.tolist(), "accuracy": came_true.tolist()}


def expected_error(confidence: Floats, correct: NDArray[Any], bins: int = 10) -> float:
    """Expected calibration error: mean distance between confidence and success over bins, by their works.

    Naeini, Cooper and Hauskrecht, AAAI 2015. A perfectly calibrated model has some too, by chance: see
    `error_by_chance`. NaN without works.
    """
    if len(confidence) == 0:
        return float("nan")
    table = reliability(confidence, correct, bins)
    gap = np.abs(np.subtract(table["accuracy"], table["confidence"]))
    return float(np.nansum(gap * table["count"]) / len(confidence))


def error_by_chance(confidence: Floats, seed: int, bins: int = 10, rounds: int = 200) -> float:
    """Expected calibration error that a perfect model with these confidences would show on average.

    Successes are drawn with the stated probabilities; the figure to hold `expected_error` against.
    """
    random = np.random.default_rng(seed)
    drawn = [
        expected_error(confidence, random.random(len(confidence)) < confidence, bins) for _ in range(rounds)
    ]
    return float(np.mean(drawn))


def log_losses(logits: Floats, truth: NDArray[np.integer]) -> Floats:
    """Loss (n,) in nats of softmax probabilities where ``truth`` (n,) holds the place of the right class."""
    from scipy.special import logsumexp

    right = logits[np.arange(len(logits)), truth]
    lost: Floats = logsumexp(logits, axis=1) - right
    return lost


def log_losses_sigmoid(logits: Floats, truth: NDArray[Any]) -> Floats:
    """Loss (n,) in nats of independent sigmoids, summed over classes; ``truth`` (n, k) is 0 or 1."""
    lost: Floats = np.logaddexp(0, np.where(np.asarray(truth, bool), -logits, logits)).sum(axis=1)
    return lost


def temperature(logits: Floats, truth: NDArray[np.integer], weights: Floats | None = None) -> float:
    """The number to divide logits by so that softmax probabilities fit what came true.

    Guo et al., On Calibration of Modern Neural Networks, ICML 2017: the minimiser of the log loss.

    Parameters
    ----------
    logits : ndarray (n, k)
        Out-of-sample scores.
    truth : ndarray (n,) of int
        Place of the right class.
    weights : ndarray (n,), optional
        Weight of each row; equal if not given.
    """
    scores = np.asarray(logits, np.float64)
    return fitted_temperature(lambda divisor: log_losses(scores / divisor, truth), _full(scores, weights))


def temperature_sigmoid(logits: Floats, truth: NDArray[Any], weights: Floats | None = None) -> float:
    """As `temperature`, for independent sigmoids and ``truth`` (n, k) of bool or 0/1."""
    scores = np.asarray(logits, np.float64)
    return fitted_temperature(
        lambda divisor: log_losses_sigmoid(scores / divisor, truth), _full(scores, weights)
    )


def fitted_temperature(losses: Callable[[float], Floats], weights: Floats) -> float:
    """The temperature with the least weighted loss, by Brent's method on its logarithm; 1 without weight.

    Parameters
    ----------
    losses : callable
        From a temperature to the loss (n,) of each row.
    weights : ndarray (n,)
        Weight of each row.
    """
    from scipy.optimize import minimize_scalar

    total = float(np.sum(weights))
    if total <= 0:
        return 1.0
    found = minimize_scalar(
        lambda log: float(weights @ losses(float(np.exp(log)))) / total,
        bounds=(np.log(_COLDEST), np.log(_HOTTEST)),
        method="bounded",
        options={"xatol": 1e-6},
    )
    return float(np.exp(found.x))


def _full(logits: Floats, weights: Floats | None) -> Floats:
    return np.ones(len(logits)) if weights is None else np.asarray(weights, np.float64)
