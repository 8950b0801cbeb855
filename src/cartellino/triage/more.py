"""What more signed works would buy: how many more could be filed if more calibration works were signed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.triage.evidence import Evidence, at_or_above
from cartellino.triage.sequence import outlook

_OFFERS = (25, 50, 100, 150, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000)
_LIKELY = 0.5  # a threshold counts as reached when the test is as likely as not to pass there
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
    known: Evidence,
    calibration: int,
    filed: int,
    backlog: NDArray[np.float64],
    max_error: float,
    level: float,
) -> More:
    """The smallest offer that brings half of what could be gained at all.

    Parameters
    ----------
    known : Evidence
        All evidence there is; for an expectation it may be the calibration works themselves.
    calibration : int
        Calibration works there are now.
    filed : int
        Works of the backlog filed now.
    backlog : ndarray of float64
        The confidence of each work of the backlog; -inf where it is never filed.
    max_error, level : float
        What is to be promised.
    """
    expected = outlook(known)
    if len(expected.thresholds) == 0:
        return More()
    counts = at_or_above(backlog, expected.thresholds)

    def reached(offer: int) -> int:
        likely = expected.chances(calibration + offer, max_error, level) >= _LIKELY
        return int(counts[likely].max(initial=0))

    gains = {offer: reached(offer) - filed for offer in _OFFERS}
    most = max(gains.values())
    if most < max(1, _WORTH * len(backlog)):
        return More()
    offer = next(offer for offer, gain in gains.items() if gain >= most / 2)
    return More(offer, gains[offer])
