"""Finds how many requests a second a host bears: between a rate that held and one that was refused.

A limit is never announced, and what counts as a second differs: fixed windows, sliding ones, buckets. All of
them refuse the share of requests that is over the limit, so the search climbs until it is refused, then
halves what lies between the rate that held and the one that did not, and stays just under the latter.
Servers also refuse now and then for reasons of their own. Such refusals come at any rate, so the share of
requests that is refused at a rate is compared with the share at much lower ones, and a refused rate is soon
tried again; only one that is refused again and again is left alone for long.
"""

from __future__ import annotations

import math

_CLIMB, _GENTLY = 1.5, 1.1  # from one rate that held to the next: while none was refused, and after that
_CLOSE = 1.05  # bad / good at which the search ends: what holds is then at least 95 % of the limit
_NEAR = 1.3  # times what was refused: higher rates that were refused before are forgotten
_UNDER = 0.96  # of what was refused: a sliding second then forgives requests 40 ms out of their place
_BACK, _FAR_BACK = 0.95, 0.5  # of a rate that was refused although it had held before
_FLOOR = 1.0  # at this rate and below, only a fifth of all requests refused asks for less
_MANY = 0.2  # the share of refusals forgiven at the floor
_RARE_SECONDS, _RARE_ANSWERS = 60.0, 250  # without a refusal, after which one is forgiven
_SURE = 1.64  # standard deviations above the expected number (one-sided 95 %)
_DOUBT = 15  # answers to be had at lower rates before a refusal there says much
_LOWER = 0.6  # of a rate: what is refused below this is not refused for the rate
_STEP = 1.1  # from one rate that is counted to the next
_MEMORY = 4000  # requests after which what was counted at a rate weighs half
_CALM = (3.0, 15.0, 60.0, 120.0, 240.0, 480.0, 900.0)  # seconds until a refused rate is tried again
_BRIEFLY = (1.2, 4)  # seconds and requests for which a rate must hold: a whole second of it, not less
_A_WHILE = (5.0, 12)  # the same where that rate was refused before
_LONG = (20.0, 60)  # the same where trials have failed: a bucket that is full hides its limit for long
_CONFIRMED = 2  # failed trials after which a trial must be paid for
_PAYS = 250  # answers that pay for one refusal


class _Counts:
    """How many requests were answered and refused, by the rate at which they were sent."""

    def __init__(self) -> None:
        self._by_step: dict[int, list[float]] = {}

    def add(self, rate: float, *, refused: bool) -> None:
        counted = self._by_step.setdefault(_step(rate), [0.0, 0.0])
        counted[refused] += 1
        if sum(counted) >= _MEMORY:
            counted[:] = [each / 2 for each in counted]

    def at(self, rate: float) -> tuple[float, float]:
        """(requests, refusals) at a rate."""
        answered, refused = self._by_step.get(_step(rate), (0.0, 0.0))
        return answered + refused, refused

    def up_to(self, rate: float) -> tuple[float, float]:
        """(requests, refusals) at this rate and all below."""
        counted = [each for step, each in self._by_step.items() if step <= _step(rate)]
        return sum(map(sum, counted)), sum(each[1] for each in counted)


class Search:
    """The search for one host's rate, in requests a second.

    Parameters
    ----------
    start : float
        The first rate.
    fastest : float
        The highest ever tried.
    now : float
        The time, in seconds.

    Attributes
    ----------
    target : float
        The rate to use.
    good, bad : float
        The highest rate that held, 0 if none; the lowest that was refused, infinite if none.
    """

    def __init__(self, start: float, fastest: float, now: float) -> None:
        self.target, self.good, self.bad = min(start, fastest), 0.0, math.inf
        self._fastest, self._climb, self._best = fastest, _CLIMB, 0.0
        self._counts = _Counts()
        self._refused: list[float] = []  # rates, all but the lowest for when that is refused no more
        self._calm_since, self._refused_at = now, now
        self._trials, self._cost, self._paid = 0, 0, 0

    @property
    def needs(self) -> tuple[float, int]:
        """Seconds and requests for which the target must hold before it counts."""
        if self._trials:
            return _LONG
        return _A_WHILE if self.target >= self.bad else _BRIEFLY

    @property
    def settled(self) -> bool:
        """Whether no better rate is looked for."""
        if math.isinf(self.bad):
            return self.good >= self._fastest
        return self.target < self.bad <= self.good * _CLOSE

    def answered(self, rate: float) -> None:
        """Count an answer to a request that was sent at `rate`."""
        self._paid += 1
        self._counts.add(rate, refused=False)

    def also_refused(self) -> None:
        """Count a refusal that belongs to one told before: it was under way when that came."""
        self._cost += 1

    def refused(self, rate: float, now: float, *, dear: bool) -> bool:
        """Take a refusal at `rate` into account, and say whether the rate was the reason.

        Parameters
        ----------
        rate : float
            The rate at which it was sent.
        now : float
            The time, in seconds.
        dear : bool
            Whether this host takes long to forgive.
        """
        self._counts.add(rate, refused=True)
        rare = now - self._refused_at > _RARE_SECONDS and self._paid > _RARE_ANSWERS
        self._refused_at = now
        if self._is_forgiven(rate, rare=rare, dear=dear):
            return False
        if self.target >= self.bad:  # it was a trial
            self._trials = min(self._trials + 1, len(_CALM) - 1)
        elif rate <= self._best * _LOWER:  # what was found out before does not hold any more
            self._trials, self._best = 0, self.good
        self._calm_since, self._cost, self._paid = now, 1, 0
        self.lower(rate, dear=dear)
        return True

    def lower(self, rate: float, *, dear: bool = False) -> None:
        """Look for a rate below `rate`, which was too high; far below where that was a dear mistake."""
        self._refused = [each for each in self._refused if rate < each < rate * _NEAR] + [rate]
        self.bad = rate
        self.good = min(self.good or rate / 2, rate * (_FAR_BACK if dear else _BACK))
        self.target = self._between()
        if dear:
            self._trials = max(self._trials, _CONFIRMED)

    def held(self, now: float) -> None:
        """Take into account that the target held for its time, and aim for the next."""
        self.good = max(self.good, self.target)
        self._best = max(self._best, self.good)
        if self.good >= self.bad:  # it was refused once and is not any more
            self._refused = [each for each in self._refused if each > self.good]
            self.bad, self._climb = min(self._refused, default=math.inf), _GENTLY
            self._trials = max(0, self._trials - 1)
        self.target = self.bad if self._is_time_for_a_trial(now) else self._between()

    def _between(self) -> float:
        if math.isinf(self.bad):
            self._climb, climb = min(_CLIMB, self._climb * _GENTLY), self._climb
            return min(self._fastest, self.good * climb)
        if self.bad <= self.good * _CLOSE:
            return min(self.good, self.bad * _UNDER)
        return min(self._fastest, math.sqrt(self.good * self.bad))

    def _is_time_for_a_trial(self, now: float) -> bool:
        if self.bad > self.good * _CLOSE or now - self._calm_since < _CALM[self._trials]:
            return False
        return self._trials < _CONFIRMED or self._paid >= _PAYS * self._cost

    def _is_forgiven(self, rate: float, *, rare: bool, dear: bool) -> bool:
        if rate <= _FLOOR:
            return self._is_chance(rate)
        return not dear and (self._is_chance(rate) or (rare and self.target < self.bad))

    def _is_chance(self, rate: float) -> bool:
        """Whether so many refusals were to be expected if the rate were not their reason."""
        if rate <= _FLOOR:
            requests, refused = self._counts.up_to(_FLOOR)
            mean = _MANY * (requests + _DOUBT)
        else:
            requests, refused = self._counts.at(rate)
            lower, refused_there = self._counts.up_to(rate * _LOWER)
            mean = requests * refused_there / (lower + _DOUBT)
        return refused <= mean + _SURE * math.sqrt(mean)


def _step(rate: float) -> int:
    return round(math.log(rate) / math.log(_STEP))
