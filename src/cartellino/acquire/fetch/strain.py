"""Tells from rising latency that a host is at its limits, before it has to refuse."""

from __future__ import annotations

from collections import deque
from statistics import median

_ANSWERS = 16  # of which the median is taken: one slow picture says nothing
_TIMES, _SECONDS = 3.0, 0.5  # slower than at its best, by both of these
_FORGET = 1.02  # by which the best median grows with each that is worse, so that a slower host becomes normal


class Strain:
    """The latency of one host, in seconds to the first byte."""

    def __init__(self) -> None:
        self._latest: deque[float] = deque(maxlen=_ANSWERS)
        self._best = float("inf")

    def rises(self, latency: float) -> bool:
        """Note one answer's latency, and say whether the host has become much slower than it can be."""
        self._latest.append(latency)
        if len(self._latest) < _ANSWERS:
            return False
        now = median(self._latest)
        self._latest.clear()
        strained = now > self._best * _TIMES and now > self._best + _SECONDS
        self._best = min(now, self._best * _FORGET)
        return strained
