"""What scores stand for: one label a row (softmax), or several (independent sigmoids)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.metrics import calibration

Floats = NDArray[Any]


def softmax(scores: Floats) -> Floats:
    """Probabilities (n, k) of classes that exclude each other, in the precision of the scores."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances


def sigmoid(scores: Floats) -> Floats:
    """Probabilities (n, k) of labels of which a row may have several."""
    from scipy.special import expit

    chances: Floats = expit(scores)
    return chances


def odds_of_shares(scores: Floats) -> Floats:
    """Log odds (n, k) of the softmax of scores: what a label's share is against that of all others."""
    top = scores.max(axis=1, keepdims=True)
    raised = np.exp(scores - top)
    others = np.maximum(raised.sum(axis=1, keepdims=True) - raised, np.finfo(scores.dtype).tiny)
    odds: Floats = scores - top - np.log(others)
    return odds


def log_losses(several: bool, scores: Floats, target: NDArray[Any]) -> Floats:
    """Log loss (n,) in nats of scores (n, k): of places (n,), or summed over labels (n, k) of 0 and 1."""
    return (calibration.log_losses_sigmoid if several else calibration.log_losses)(scores, target)
