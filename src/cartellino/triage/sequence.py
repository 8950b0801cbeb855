"""The sequence of thresholds to test: where to begin, planned without the calibration works.

Where it begins decides what is filed. High up, few works are filed and one error ends it; far down, the error
itself is too large. docs/decisions/promise.md tells what was tried, and what each way files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.triage.evidence import Evidence

Floats = NDArray[np.float64]

STEP = 0.01  # of the works, from one threshold to the next
_BELIEF = 100  # works that the model's own calibrated probabilities count for, beside those that were counted
_UNSEEN = 1  # error taken to lie among the surest works though none was met: museums mislabel, too
_HOPELESS = 0.02  # the highest chance below which starts are not compared: noise would choose
_AS_GOOD = 0.1  # a start is as good as the best if its chance to fail is larger by no more than this part


@dataclass(frozen=True)
class Outlook:
    """What can be expected at each of t thresholds, from the highest down.

    Parameters
    ----------
    thresholds : ndarray (t,) of float64
        Each files about `STEP` more of the works than the one before.
    shares : ndarray (t,) of float64
        Share of works filed.
    errors, works : ndarray (t,) of float64
        Wrongly filed and filed works that the expectation rests on, the model's belief included.
    """

    thresholds: Floats
    shares: Floats
    errors: Floats
    works: Floats

    def chances(self, calibration: int, max_error: float, level: float) -> Floats:
        """Chance that each threshold passes the test with so many calibration works; (t,).

        The rate of errors is uncertain itself (beta), so that errors among n works are beta-binomial.
        """
        from scipy.special import betaln, gammaln

        filed = np.rint(calibration * self.shares)
        most = most_errors(filed, max_error, level)
        count = np.arange(most.max(initial=-1) + 1)
        n, a, b = (each[:, None] for each in (filed, self.errors, self.works - self.errors))
        left = np.maximum(n - count, 0)
        ways = gammaln(n + 1) - gammaln(count + 1) - gammaln(left + 1)
        likely = np.exp(ways + betaln(count + a, left + b) - betaln(a, b))
        chances: Floats = np.where(count <= most[:, None], likely, 0.0).sum(axis=1)
        return np.minimum(chances, 1.0)  # sums of rounded terms may exceed it


def outlook(planning: Evidence) -> Outlook:
    """What works that the model has not learnt from, and that are not for calibration, let expect."""
    eligible = np.sort(planning.confidence[np.isfinite(planning.confidence)])[::-1]
    if len(eligible) == 0:
        return Outlook(*(np.empty(0) for _ in range(4)))
    counts = np.unique(np.rint(np.arange(STEP, 1 + STEP, STEP) * len(planning)).astype(np.int64))
    counts = np.unique(np.clip(counts, 1, len(eligible)))
    # Rounded down, so that a sentence can state the very number that is applied.
    thresholds = np.unique(np.floor(eligible[counts - 1] * 1e4) / 1e4)[::-1]
    filed, wrong = planning.counted(thresholds)
    doubt = np.cumsum(1 - eligible)[filed - 1] / filed
    believed = np.clip(doubt, 1e-6, 1 - 1e-6) * _BELIEF
    works = filed + np.float64(_BELIEF + _UNSEEN)
    return Outlook(thresholds, filed / len(planning), wrong + believed + _UNSEEN, works)


def plan(planning: Evidence, calibration: int, max_error: float, level: float) -> Floats:
    """Thresholds in the order in which `promise.find` tests them.

    It begins where the test is likeliest to pass — of about equal chances at the one that files most — and
    goes down by equal steps of filed works.

    Parameters
    ----------
    planning : Evidence
        Out-of-sample evidence, independent of the calibration works.
    calibration : int
        How many calibration works there are.
    max_error, level : float
        What is to be promised.

    Returns
    -------
    ndarray (t,) of float64
        Descending; empty if there is nothing to plan from.
    """
    expected = outlook(planning)
    if len(expected.thresholds) == 0:
        return expected.thresholds
    chances = expected.chances(calibration, max_error, level)
    good = np.flatnonzero(1 - chances <= (1 + _AS_GOOD) * (1 - chances.max()))
    start = int(good[-1]) if chances.max() > _HOPELESS else int(chances.argmax())
    return expected.thresholds[start:]


def most_errors(works: NDArray[Any], max_error: float, level: float) -> Floats:
    """The most errors among so many works with which the test still passes; -1 where it cannot.

    The largest e whose binomial tail ``P(X <= e)`` is at most ``1 - level``.
    """
    from scipy.special import bdtrik

    n = np.asarray(works).astype(np.int64)
    # The continuous inverse is off by rounding at times: one more is tried, and taken back where it fails.
    most = np.nan_to_num(np.floor(bdtrik(1 - level, np.maximum(n, 1), max_error)), nan=-1.0) + 1
    for _ in range(2):
        fails = (most > n) | ~passes(np.maximum(most, 0), n, max_error, level)
        most = np.where((most >= 0) & fails, most - 1, most)
    return np.where(n > 0, most, -1.0)


def passes(errors: NDArray[Any], works: NDArray[Any], max_error: float, level: float) -> NDArray[np.bool_]:
    """Whether so few errors among so many works speak against an error above the limit."""
    from scipy.special import bdtr

    n = np.asarray(works).astype(np.int64)
    passed: NDArray[np.bool_] = (n > 0) & (bdtr(errors, np.maximum(n, 1), max_error) <= 1 - level)
    return passed
