"""Whether probabilities can be believed, held against what perfect ones would show on as few works."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.evaluate.said import Said
from cartellino.metrics import calibration

BINS = 10
# Of several labels, those below it are nobody's suggestion; counting them would flatter any model.
SHOWN = 0.1
_ROUNDS = 400


def believed(said: Said, seed: int, level: float = 0.95) -> dict[str, Any]:
    """Expected calibration error, the bins behind it, and what chance alone would make of them.

    The band and the error by chance come from drawing what comes true with the stated probabilities.

    Parameters
    ----------
    said : Said
        Single: the probability of the likeliest label counts. Multi: all probabilities from 0.1 up.
    seed : int
        Of the drawing.
    level : float
        Coverage of the band.

    Returns
    -------
    dict
        'error', 'by_chance' (mean) and 'by_chance_high' (19 times in 20 below it), 'leaning' (mean confidence
        less share that came true), 'unit', 'of', and 'bins'. Without a suggestion the numbers are None.
    """
    confidence, came_true = _pairs(said)
    unit = "work" if said.single else "suggestion"
    if len(confidence) == 0:
        return dict.fromkeys(("error", "by_chance", "by_chance_high", "leaning")) | {
            "unit": unit,
            "of": 0,
            "bins": [],
        }
    tables, errors = _by_chance(confidence, seed)
    tail = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(tables, tail, axis=0)
    return {
        "error": calibration.expected_error(confidence, came_true, BINS),
        "by_chance": float(errors.mean()),
        "by_chance_high": float(np.quantile(errors, level)),
        "leaning": float(confidence.mean() - came_true.mean()),
        "unit": unit,
        "of": len(confidence),
        "bins": _bins(confidence, came_true, low, high),
    }


def _pairs(said: Said) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    probabilities = np.asarray(said.probabilities, np.float64)
    asked = said.chosen if said.single else probabilities >= SHOWN
    return probabilities[asked], said.true[asked]


def _by_chance(confidence: NDArray[np.float64], seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share that comes true by bin (rounds, bins) and calibration error (rounds,) of a perfect model."""
    random = np.random.default_rng(seed)
    tables, errors = np.zeros((_ROUNDS, BINS)), np.zeros(_ROUNDS)
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    count = np.bincount(place, minlength=BINS)
    expected = np.bincount(place, weights=confidence, minlength=BINS)
    for turn in range(_ROUNDS):
        drawn = np.bincount(place, weights=random.random(len(confidence)) < confidence, minlength=BINS)
        tables[turn] = drawn / np.maximum(count, 1)
        errors[turn] = np.abs(drawn - expected).sum() / len(confidence)
    return tables, errors


def _bins(
    confidence: NDArray[np.float64],
    came_true: NDArray[np.bool_],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> list[dict[str, Any]]:
    table = calibration.reliability(confidence, came_true, BINS)
    return [
        {
            "from": place / BINS,
            "to": (place + 1) / BINS,
            "count": int(count),
            "confidence": table["confidence"][place] if count else None,
            "came_true": table["accuracy"][place] if count else None,
            "low": float(low[place]) if count else None,
            "high": float(high[place]) if count else None,
        }
        for place, count in enumerate(table["count"])
    ]
