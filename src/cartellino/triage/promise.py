"""A promise: the lowest threshold at which the error among filed works is surely under a limit."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import PromiseError
from cartellino.metrics.binomial import p_value, upper_bound
from cartellino.triage.evidence import Evidence


@dataclass(frozen=True)
class Step:
    """One threshold that was tested: calibration works that it files, errors among them, and the p-value."""

    threshold: float
    works: int
    errors: int
    p: float


@dataclass(frozen=True)
class Promise:
    """What can be promised, or why nothing can.

    Parameters
    ----------
    max_error, level : float
        The limit asked for, and the confidence.
    calibration : int
        Works that were used to test.
    threshold : float or None
        The lowest threshold certified; None if nothing can be promised.
    works, errors : int
        Calibration works filed at that threshold, and how many of them wrongly.
    bound : float
        Upper bound of the error rate there (Clopper and Pearson, one-sided, at `level`); at most `max_error`.
    reason : str
        Why nothing can be promised, as a clause; '' if something can.
    steps : tuple of Step
        What was tested, in order; the last one may have failed.
    """

    max_error: float
    level: float
    calibration: int
    threshold: float | None = None
    works: int = 0
    errors: int = 0
    bound: float = 1.0
    reason: str = ""
    steps: tuple[Step, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same in JSON's terms."""
        return asdict(self)


def find(evidence: Evidence, sequence: NDArray[np.float64], max_error: float, level: float) -> Promise:
    """Test thresholds one after the other and stop at the first that fails.

    Fixed sequence testing within Learn then Test (Angelopoulos, Bates, Candès, Jordan and Lei, Annals of
    Applied Statistics 2025; arXiv 2110.01052, section 2.3): each hypothesis 'more than `max_error` of what
    this threshold files is wrong' is tested at the full ``1 - level`` by the exact binomial tail. Because the
    first true one is rejected with at most that probability and testing stops there, so is any.

    Parameters
    ----------
    evidence : Evidence
        Of calibration works that neither the model nor `sequence` depends on.
    sequence : ndarray (t,) of float64
        Thresholds in the order of testing; see `sequence.plan`.
    max_error, level : float
        Between 0 and 1.

    Raises
    ------
    PromiseError
        If the limit or the confidence is not a share.
    """
    check_shares(max_error, level)
    steps: list[Step] = []
    passed: Step | None = None
    for threshold, works, errors in zip(
        sequence.tolist(), *map(list, evidence.counted(sequence)), strict=True
    ):
        step = Step(threshold, int(works), int(errors), p_value(int(errors), int(works), max_error))
        steps.append(step)
        if step.p > 1 - level:
            break
        passed = step
    told = Promise(max_error, level, len(evidence), steps=tuple(steps))
    return _made(told, passed) if passed else _none(told)


def fewest(max_error: float, level: float) -> int:
    """Works that must be filed without any error before `max_error` can be promised: 59 for 5 % at 95 %."""
    return math.ceil(math.log(1 - level) / math.log(1 - max_error) - 1e-9)


def _made(told: Promise, step: Step) -> Promise:
    bound = upper_bound(step.errors, step.works, told.level)
    return Promise(
        told.max_error,
        told.level,
        told.calibration,
        step.threshold,
        step.works,
        step.errors,
        bound,
        steps=told.steps,
    )


def _none(told: Promise) -> Promise:
    needed = fewest(told.max_error, told.level)
    works = max((step.works for step in told.steps), default=0)
    if max(works, told.calibration) < needed:
        reason = (
            f"{needed:,} works filed without an error are needed, "
            f"and there are {told.calibration:,} to test with"
        )
    elif not told.steps:
        reason = "there is no threshold from which it could begin"
    else:
        step = told.steps[0]
        reason = (
            f"at {step.threshold:.4g}, where it is likeliest to pass, {step.errors:,} of {step.works:,} "
            "works would be filed wrongly, which is too many to be sure"
        )
    return Promise(told.max_error, told.level, told.calibration, reason=reason, steps=told.steps)


def check_shares(max_error: float, level: float) -> None:
    """Refuse a limit or a confidence that is not a share between 0 and 1."""
    for name, share in (("the error limit", max_error), ("the confidence", level)):
        if not 0 < share < 1:
            raise PromiseError(
                f"{name} is {share:g}", "", "Give a share between 0 and 1, such as 5% or 0.05."
            )
