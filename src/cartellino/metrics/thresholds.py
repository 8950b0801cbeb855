"""From which probability on a label is given, where a work may have several."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.metrics import scores

Floats = NDArray[Any]

# A label's own best cut weighs as much as everyone's once it was seen this often.
_TRUST = 50.0
# How far the model's own belief stands in for what came true, which of few works is mostly chance.
_BELIEF = 0.5
_TINY = 1e-6
# What is tried where works are averaged: even steps of log odds.
_CUTS = 1 / (1 + np.exp(-np.arange(-5.0, 3.01, 0.2)))


def calibrated(threshold: float, temperature: float) -> float:
    """What a threshold of probabilities becomes once their log odds are divided by a temperature.

    Parameters
    ----------
    threshold : float
        From 0 to 1.
    temperature : float
        Above 0.
    """
    if not 0 < threshold < 1:
        return threshold
    return float(1 / (1 + np.exp(-np.log(threshold / (1 - threshold)) / temperature)))


def tune(
    probabilities: Floats,
    truth: NDArray[Any],
    beta: float,
    weights: Floats | None = None,
    *,
    trust: float = _TRUST,
    belief: float = _BELIEF,
) -> NDArray[np.float64]:
    """Choose for each label the threshold of the best F-beta, so that few works do not lead it astray.

    Two things steady it. The F-beta of a cut is reckoned half from what came true and half from what the
    calibrated probabilities led one to expect (the expected F of Ye, Chai, Lee and Chieu, ICML 2012). And
    each label's own log odds are averaged with those of the cut that is best for all labels together, by how
    many works have it against `trust`.

    Parameters
    ----------
    probabilities : ndarray (n, k)
        Calibrated, out of sample.
    truth : ndarray (n, k) of bool or 0/1
        Which labels each work has.
    beta : float
        What recall weighs against precision; 2 counts a missed label four times.
    weights : ndarray (n,), optional
        Weight of each row; equal if not given.
    trust : float
        Works at which a label's own cut and the common one weigh the same; 0 leaves each label its own.
    belief : float
        Share of the expectation, from 0 to 1; 0 counts only what came true.

    Returns
    -------
    ndarray (k,) of float64
        A label is given where its probability reaches its threshold.
    """
    chances = np.clip(np.asarray(probabilities, np.float64), _TINY, 1 - _TINY)
    shares = np.ones(len(chances)) if weights is None else np.asarray(weights, np.float64)
    had = belief * chances + (1 - belief) * np.asarray(truth, np.float64)
    labels = chances.shape[1]
    common = best_cut(chances.ravel(), had.ravel(), beta, np.repeat(shares, labels))
    own = np.array([best_cut(chances[:, place], had[:, place], beta, shares) for place in range(labels)])
    seen = shares @ np.asarray(truth, np.float64)
    trusted = np.divide(seen, seen + trust, out=np.zeros(labels), where=seen > 0)
    odds = trusted * _log_odds(own) + (1 - trusted) * _log_odds(np.array(common))
    thresholds: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return thresholds


def tune_works(
    probabilities: Floats, truth: NDArray[Any], beta: float, *, trust: float = _TRUST
) -> NDArray[np.float64]:
    """Choose thresholds for the mean over works of their F-beta, as the iMet challenge counts.

    First the cut that is best for all labels together; then, label by label, the one that raises the mean
    most, its log odds averaged with the common ones by how many works have the label.

    Parameters
    ----------
    probabilities : ndarray (n, k)
        Calibrated, out of sample.
    truth : ndarray (n, k) of bool or 0/1
        Which labels each work has.
    beta : float
        What recall weighs against precision.
    trust : float
        Works at which a label's own cut and the common one weigh the same.

    Returns
    -------
    ndarray (k,) of float64
    """
    chances, had = np.asarray(probabilities, np.float64), np.asarray(truth, bool)
    if not had.any():
        return np.full(chances.shape[1], 0.5)
    held = had.sum(axis=1)

    def mean(right: Floats, given: Floats) -> float:
        return float(scores.f_beta(right.astype(float), given.astype(float), held.astype(float), beta).mean())

    tries = [(mean(((chances >= cut) & had).sum(axis=1), (chances >= cut).sum(axis=1)), cut) for cut in _CUTS]
    common = max(tries)[1]
    table = chances >= common
    right, given = (table & had).sum(axis=1), table.sum(axis=1)
    found = np.full(chances.shape[1], common)
    for label in range(chances.shape[1]):
        without = right - (table[:, label] & had[:, label]), given - table[:, label]
        taken = [chances[:, label] >= cut for cut in _CUTS]
        gains = [mean(without[0] + (each & had[:, label]), without[1] + each) for each in taken]
        trusted = had[:, label].sum() / (had[:, label].sum() + trust)
        odds = trusted * _log_odds(_CUTS[int(np.argmax(gains))]) + (1 - trusted) * _log_odds(common)
        found[label] = 1 / (1 + np.exp(-odds))
        table[:, label] = chances[:, label] >= found[label]
        right, given = without[0] + (table[:, label] & had[:, label]), without[1] + table[:, label]
    return found


def among_first(probabilities: Floats, many: int) -> NDArray[np.bool_]:
    """Which labels (n, k) are among the `many` likeliest of their work; of equals the first."""
    order = np.argsort(-np.asarray(probabilities), axis=1, kind="stable")[:, :many]
    first = np.zeros(np.shape(probabilities), bool)
    np.put_along_axis(first, order, True, axis=1)
    return first


def best_cut(chances: Floats, had: Floats, beta: float, weights: Floats) -> float:
    """The threshold with the best F-beta on these rows, midway between the last one taken and the next.

    Parameters
    ----------
    chances : ndarray (n,)
        Probability of each row.
    had : ndarray (n,)
        Whether it has the label: 0, 1, or how far it is believed to.
    beta : float
        As of `tune`.
    weights : ndarray (n,)
        Weight of each row.

    Returns
    -------
    float
        One half if no row has the label: every cut is then as good.
    """
    order = np.argsort(-chances, kind="stable")
    ranked = chances[order]
    right = np.cumsum((weights * had)[order])
    if len(order) == 0 or right[-1] <= 0:
        return 0.5
    score = (1 + beta**2) * right / (beta**2 * right[-1] + np.cumsum(weights[order]))
    ends = np.append(ranked[1:] < ranked[:-1], True)
    best = int(np.argmax(np.where(ends, score, -1.0)))
    below = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return float((ranked[best] + below) / 2)


def _log_odds(chances: Floats | float) -> Floats:
    clipped = np.clip(chances, _TINY, 1 - _TINY)
    odds: Floats = np.log(clipped / (1 - clipped))
    return odds
