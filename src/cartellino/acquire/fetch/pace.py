"""When the next request may be sent to a host: evenly spaced, slower when asked, never in bursts.

Pure logic without a clock: every method is told the time, so that hours can be tried out in a moment.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from cartellino.acquire.fetch.search import Search
from cartellino.acquire.fetch.strain import Strain

START = 2.0
_LATE = 0.02  # seconds by which a slot may be made up for; timers of Windows are late by 16 ms
_RECOVERY = (1.2, 2)  # seconds and requests at half the rate after a refusal
_USED = 0.85  # of the slots must have been used, or nothing is proved (as RFC 7661 asks of TCP)
_PAUSE, _LONGEST = 1.0, 120.0  # seconds after a first refusal, and after many
_LONG_BLOCK = 10.0  # seconds; a host that refuses for longer is not tried lightly again
_FORGIVEN = 300.0  # seconds without a refusal after which that is forgotten
_LOOK = 0.05  # seconds between looks whether the request that tries the host has come back
PATIENCE = 1800.0  # seconds of refusals only, after which a host is given up


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request that was let go: when, at what rate, and before how many refusals."""

    at: float
    rate: float
    refusals: int
    level: int


class Pace:
    """The pace of one host.

    Parameters
    ----------
    now : float
        The time in seconds, of any clock that only goes forward.
    fastest : float
        Requests a second, at most.
    start : float
        Requests a second to begin with.
    """

    def __init__(self, now: float, fastest: float, start: float = START) -> None:
        self._search = Search(start, fastest, now)
        self._strain = Strain()
        self._rate = self._search.target
        self._next, self._pause_until = now, now
        self._level, self._level_at, self._level_sent = 0, now, 0
        self._refusals, self._in_a_row = 0, 0
        self._refused_since: float | None = None  # while nothing was answered since a refusal
        self._trying: Ticket | None = None  # the one request that finds out whether the host answers again
        self._block = 0.0  # how long the host refused the last time
        self._answers_since = now
        self._sent: deque[float] = deque(maxlen=64)

    @property
    def allowed(self) -> float:
        """Requests a second that may be sent now."""
        return self._rate

    @property
    def _recovering(self) -> bool:
        """Whether the rate is below the target for a while, after a refusal."""
        return self._rate < self._search.target

    def measured(self, now: float) -> float:
        """Requests a second that were sent lately."""
        if len(self._sent) < 2:
            return 0.0
        return (len(self._sent) - 1) / max(now - self._sent[0], 1e-6)

    def given_up(self, now: float) -> bool:
        """Whether the host has refused everything for so long that waiting is no use."""
        return self._refused_since is not None and now - self._refused_since > PATIENCE

    def wait(self, now: float) -> float:
        """Seconds until it is worth asking again whether a request may be sent; 0 if one may."""
        if self._trying is not None:
            return _LOOK
        return max(0.0, self._next - now, self._pause_until - now)

    def send(self, now: float) -> Ticket:
        """Let a request go; :meth:`wait` must have said 0."""
        self._next = max(self._next, now - _LATE) + 1 / self._rate
        self._level_sent += 1
        self._sent.append(now)
        ticket = Ticket(now, self._rate, self._refusals, self._level)
        if self._refused_since is not None:
            self._trying = ticket
        return ticket

    def answered(self, ticket: Ticket, now: float, latency: float) -> None:
        """Note that a request was answered, its first byte after `latency` seconds."""
        self._search.answered(ticket.rate)
        if ticket.refusals < self._refusals:  # it was sent before the last refusal
            return
        if self._refused_since is not None:
            self._go_on(now)
        elif self._strain.rises(latency):
            self._search.lower(ticket.rate)
            self._slow_down(now)
        elif ticket.level == self._level and self._is_proved(ticket):
            if not self._recovering:
                self._search.held(now)
            self._set(self._search.target, now)

    def refused(self, ticket: Ticket, now: float, wait: float = 0.0) -> None:
        """Note that the host asked to slow down, for `wait` seconds if it said so (``Retry-After``)."""
        self._pause_until = max(self._pause_until, now + wait)
        if ticket.refusals < self._refusals:
            self._search.also_refused()
            return
        self._refusals += 1
        if self._refused_since is None:
            self._first_refusal(ticket, now)
        self._trying = None
        pause = min(_LONGEST, max(self._block if not self._in_a_row else 0.0, _PAUSE * 2.0**self._in_a_row))
        self._in_a_row += 1
        self._pause_until = max(self._pause_until, now + pause)

    def lost(self, ticket: Ticket) -> None:
        """Note that nothing can be learnt from a request: the connection broke, or it was called off."""
        if ticket is self._trying:
            self._trying = None

    def _first_refusal(self, ticket: Ticket, now: float) -> None:
        if now - self._answers_since > _FORGIVEN:
            self._block = 0.0
        self._refused_since = now
        if self._search.refused(ticket.rate, now, dear=self._block > _LONG_BLOCK):
            self._slow_down(now)

    def _slow_down(self, now: float) -> None:
        self._set(min(self._rate, self._search.target) / 2, now)

    def _go_on(self, now: float) -> None:
        """The host answers again: go on, at the rate that was set when it refused."""
        blocked = now - (self._refused_since or now)
        if self._in_a_row > 1:
            if blocked > _LONG_BLOCK >= self._block:
                self._search.lower(min(self._search.bad, self._search.target), dear=True)
                self._slow_down(now)
            self._block = blocked
        self._refused_since, self._trying, self._in_a_row = None, None, 0
        self._answers_since = now
        self._level_at += blocked  # a rate that was not to blame goes on being tried

    def _set(self, rate: float, now: float) -> None:
        self._rate = rate
        self._level += 1
        self._level_at, self._level_sent = now, 0

    def _is_proved(self, ticket: Ticket) -> bool:
        """Whether the rate was tried for long enough, and with as many requests as it allows."""
        tried = ticket.at - self._level_at
        seconds, requests = _RECOVERY if self._recovering else self._search.needs
        enough = max(seconds, requests / self._rate, self._block / 2)
        return tried >= enough and self._level_sent >= math.floor(_USED * self._rate * tried)
