"""What more signed works would buy: how many more could be filed if more calibration works were signed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.triage.evidence import Evidence, at_or_above
from cartellino.triage.sequence import passes, plan

_OFFERS = (25, 50, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000)
_ROUNDS = 40  # imagined signings for each offer
_WORTH = 0.01  # of the backlog: less is not worth a sentence


@dataclass(frozen=True)
class More:
    """An expectation, not a promise: `signed` more works would let about `filed` more be filed.

    Both are 0 where more signatures would change little, since the model's own errors set the limit.
    """

    signed: int = 0
    filed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The same in JSON's terms."""
        return asdict(self)


def more(
    planning: Evidence,
    calibration: Evidence,
    filed: int,
    backlog: NDArray[np.float64],
    max_error: float,
    level: float,
) -> More:
    """The smallest offer that brings half of what could be gained at all.

    Each offer is imagined: so many works are drawn from all that is known (bootstrap), signed as they were,
    added to the calibration works there are, and the promise is made anew.

    Parameters
    ----------
    planning, calibration : Evidence
        What the sequence is planned from, and what the promise is measured on.
    filed : int
        Works of the backlog filed now.
    backlog : ndarray of float64
        The confidence of each work of the backlog; -inf where it is never filed.
    max_error, level : float
        What is to be promised.
    """
    known = planning.joined(calibration)
    if len(known) == 0:
        return More()
    random = np.random.default_rng(0)

    def gain(offer: int) -> float:
        sequence = plan(planning, len(calibration) + offer, max_error, level)
        return _imagined(known, calibration, offer, sequence, backlog, (max_error, level), random) - filed

    gains = {offer: gain(offer) for offer in _OFFERS}
    most = max(gains.values())
    if most < max(1, _WORTH * len(backlog)):
        return More()
    offer = next(offer for offer, gained in gains.items() if gained >= most / 2)
    return More(offer, round(gains[offer]))


def _imagined(
    known: Evidence,
    calibration: Evidence,
    offer: int,
    sequence: NDArray[np.float64],
    backlog: NDArray[np.float64],
    wanted: tuple[float, float],
    random: np.random.Generator,
) -> float:
    """Works of the backlog that would be filed, on average, with `offer` more works signed."""
    if len(sequence) == 0:
        return 0.0
    drawn = random.integers(0, len(known), (_ROUNDS, offer))
    works, errors = calibration.counted(sequence)
    works = works + _filed_by(known.confidence[drawn], sequence)
    errors = errors + _filed_by(known.mistake[drawn], sequence)
    passed = passes(errors, works, *wanted)
    certified = np.cumprod(passed, axis=1).sum(axis=1)
    filed = np.r_[0, at_or_above(backlog, sequence)]
    return float(filed[certified].mean())


def _filed_by(values: NDArray[np.float64], sequence: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many values of each row (rounds, n) each threshold lets through; (rounds, t)."""
    first = np.searchsorted(-sequence, -values, side="left")
    rows = np.arange(len(values))[:, None] * (len(sequence) + 1)
    counted = np.bincount((rows + first).ravel(), minlength=len(values) * (len(sequence) + 1))
    return counted.reshape(len(values), -1)[:, :-1].cumsum(axis=1)
