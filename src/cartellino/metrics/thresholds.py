"""From which probability on a label is given, where a work may have several."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

# A label's own best cut counts as much as everyone's once it was seen this often.
_TRUST = 25.0
_TINY = 1e-6


def tune(
    probabilities: Floats,
    truth: NDArray[Any],
    beta: float,
    weights: Floats | None = None,
    trust: float = _TRUST,
) -> NDArray[np.float64]:
    """Choose for each label the threshold of the best F-beta, drawn towards the one that is best for all.

    The best cut of a label that few works have is mostly chance; so each label's own log odds and those
    of the cut that is best for all labels together (micro-averaged) are averaged, by how many works have
    it against `trust`.

    Parameters
    ----------
    probabilities : ndarray (n, k)
        Out-of-sample probabilities.
    truth : ndarray (n, k) of bool or 0/1
        Which labels each work has.
    beta : float
        What recall weighs against precision; 2 counts a missed label four times.
    weights : ndarray (n,), optional
        Weight of each row; equal if not given.
    trust : float
        Works at which a label's own cut and the common one weigh the same.

    Returns
    -------
    ndarray (k,) of float64
        A label is given where its probability reaches its threshold.
    """
    chances = np.clip(np.asarray(probabilities, np.float64), _TINY, 1 - _TINY)
    had = np.asarray(truth, bool)
    shares = np.ones(len(chances)) if weights is None else np.asarray(weights, np.float64)
    common = best_cut(chances.ravel(), had.ravel(), beta, np.repeat(shares, chances.shape[1]))
    own = np.array([best_cut(chances[:, j], had[:, j], beta, shares) for j in range(chances.shape[1])])
    seen = shares @ had
    odds = (seen * _log_odds(own) + trust * _log_odds(np.array(common))) / (seen + trust)
    thresholds: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return thresholds


def best_cut(chances: Floats, had: NDArray[np.bool_], beta: float, weights: Floats) -> float:
    """The threshold with the best F-beta on these rows, midway between the last one taken and the next.

    Without any row that has the label every cut is as good; then it is one half.
    """
    if not (weights * had).sum() > 0:
        return 0.5
    order = np.argsort(-chances, kind="stable")
    sorted_chances = chances[order]
    right = np.cumsum((weights * had)[order])
    score = (1 + beta**2) * right / (beta**2 * right[-1] + np.cumsum(weights[order]))
    ends = np.append(sorted_chances[1:] < sorted_chances[:-1], True)
    best = int(np.argmax(np.where(ends, score, -1.0)))
    below = sorted_chances[best + 1] if best + 1 < len(chances) else 0.0
    return float((sorted_chances[best] + below) / 2)


def _log_odds(chances: Floats) -> Floats:
    clipped = np.clip(chances, _TINY, 1 - _TINY)
    odds: Floats = np.log(clipped / (1 - clipped))
    return odds
