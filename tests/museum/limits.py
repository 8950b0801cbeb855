"""How many requests a second are served."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable


class Window:
    """At most so many requests within any second; a rate below 1 is one request in 1/rate seconds.

    Parameters
    ----------
    rate : float
        Requests a second.
    clock : callable
        Tells the time in seconds.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = max(1, int(rate))
        self._span = max(1.0, 1.0 / rate)
        self._clock = clock
        self._served: deque[float] = deque()

    def allows(self) -> bool:
        """Whether this request is within the rate; those that are not do not count."""
        now = self._clock()
        while self._served and self._served[0] <= now - self._span:
            self._served.popleft()
        if len(self._served) >= self._most:
            return False
        self._served.append(now)
        return True


class Burst:
    """Whoever asks too quickly is shut out for a while.

    Parameters
    ----------
    most : int
        Requests a second that are served.
    seconds : float
        How long one who asks more is shut out.
    clock : callable
        Tells the time in seconds.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._window = Window(most, clock)
        self._seconds = seconds
        self._clock = clock
        self._until = float("-inf")

    def allows(self) -> bool:
        """Whether this request is served."""
        now = self._clock()
        if now < self._until:
            return False
        if self._window.allows():
            return True
        self._until = now + self._seconds
        return False
