"""Servers and a clock that exist only in numbers: hours of fetching in a moment."""

from __future__ import annotations

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from cartellino.acquire.fetch.pace import Pace

Server = Callable[
    [float], float | None
]  # the time of arrival -> None if answered, else seconds of Retry-After


def sliding(limit: float, *, counts_refused: bool = False, window: float = 1.0) -> Server:
    """At most `limit` within any `window` seconds."""
    seen: deque[float] = deque()

    def serve(now: float) -> float | None:
        while seen and seen[0] <= now - window:
            seen.popleft()
        full = len(seen) >= limit * window
        if not full or counts_refused:
            seen.append(now)
        return 0.0 if full else None

    return serve


def fixed(limit: float) -> Server:
    """At most `limit` in each second of the clock."""
    second, count = -1, 0

    def serve(now: float) -> float | None:
        nonlocal second, count
        if int(now) != second:
            second, count = int(now), 0
        count += 1
        return 0.0 if count > limit else None

    return serve


def bucket(limit: float, size: float) -> Server:
    """A bucket of `size` tokens, filled at `limit` a second."""
    tokens, last = size, 0.0

    def serve(now: float) -> float | None:
        nonlocal tokens, last
        tokens, last = min(size, tokens + limit * (now - last)), now
        if tokens < 1:
            return 0.0
        tokens -= 1
        return None

    return serve


def blocking(inner: Server, seconds: float) -> Server:
    """Refuses everything for `seconds` once `inner` has refused."""
    until = -1.0

    def serve(now: float) -> float | None:
        nonlocal until
        if now < until:
            return 0.0
        if inner(now) is not None:
            until = now + seconds
            return 0.0
        return None

    return serve


def noisy(inner: Server, share: float, wait: float = 1.0, seed: int = 1) -> Server:
    """Refuses a share of requests for no reason."""
    chance = random.Random(seed)

    def serve(now: float) -> float | None:
        return wait if chance.random() < share else inner(now)

    return serve


@dataclass
class Run:
    """What came of a simulation: (time, whether refused) for each request, in the order of sending."""

    pace: Pace
    sent: list[tuple[float, bool]] = field(default_factory=list)

    def rate(self, begin: float, end: float) -> float:
        """Answers a second between two times."""
        return sum(begin <= at < end and not refused for at, refused in self.sent) / (end - begin)

    def refused(self, begin: float, end: float) -> float:
        """The share of requests between two times that was refused."""
        within = [refused for at, refused in self.sent if begin <= at < end]
        return sum(within) / max(1, len(within))


def run(
    server: Server,
    seconds: float,
    *,
    latency: float = 0.05,
    jitter: float = 0.0,
    fastest: float = 80.0,
    slow: Callable[[float], float] = lambda now: 0.0,
    enough: float = 1.0,
    seed: int = 1,
) -> Run:
    """Keep a pace busy against `server`.

    Parameters
    ----------
    latency, jitter : float
        Seconds for an answer, and by how much at most each way of a request takes longer.
    slow : callable
        Further seconds for an answer, by the time it was sent.
    enough : float
        The share of slots for which there is a request.
    """
    chance = random.Random(seed)
    pace = Pace(0.0, fastest)
    done, back, order = Run(pace), [], itertools.count()
    now = asker = 0.0  # the asker has its next request at that time
    while now < seconds:
        ready = max(now + pace.wait(now), asker)
        if back and back[0][0] <= ready:
            now, _, ticket, verdict, took = heapq.heappop(back)
            if verdict is None:
                pace.answered(ticket, now, took)
            else:
                pace.refused(ticket, now, verdict)
        elif ready > now:
            now = ready
        else:
            ticket = pace.send(now)
            asker = now + (1 / enough - 1) / pace.allowed
            verdict = server(now + latency / 2 + chance.random() * jitter)
            done.sent.append((now, verdict is not None))
            took = latency + slow(now) + chance.random() * jitter
            heapq.heappush(back, (now + took, next(order), ticket, verdict, took))
    return done
