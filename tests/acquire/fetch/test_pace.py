"""Whatever the limit and however it counts, it is found, kept, and not overrun: on a clock of numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.acquire.fetch.pace import PATIENCE, Pace

from .simulated import Server, blocking, bucket, fixed, noisy, run, sliding

pytestmark = pytest.mark.slow

KINDS = {
    "sliding": sliding,
    "sliding, counting what it refuses": lambda limit: sliding(limit, counts_refused=True),
    "fixed": fixed,
    "bucket": lambda limit: bucket(limit, limit),
}
SETTLED = 180.0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("limit", [2, 20, 80])
@pytest.mark.parametrize(("latency", "jitter"), [(0.02, 0.002), (0.3, 0.02)])
def test_a_limit_is_found_and_kept(kind: str, limit: int, latency: float, jitter: float) -> None:
    done = run(KINDS[kind](limit), 600, latency=latency, jitter=jitter)
    assert done.rate(SETTLED, 600) >= 0.9 * limit
    assert done.refused(SETTLED, 600) < 0.01
    assert done.refused(0, SETTLED) < 0.1


@settings(max_examples=30)
@given(st.floats(1.5, 75), st.sampled_from(sorted(KINDS)), st.floats(0.005, 0.5))
def test_any_limit_is_found(limit: float, kind: str, latency: float) -> None:
    whole = kind in ("fixed", "sliding", "sliding, counting what it refuses")
    limit = max(2, int(limit)) if whole else limit
    done = run(KINDS[kind](limit), 420, latency=latency, jitter=0.01)
    assert done.rate(240, 420) >= 0.85 * limit
    assert done.refused(240, 420) < 0.015


def test_requests_are_evenly_spaced() -> None:
    done = run(sliding(20), 300)
    times = [at for at, _ in done.sent if at > SETTLED]
    gaps = [after - before for before, after in pairwise(times)]
    assert min(gaps) >= 1 / 20 - 0.021
    assert all(sum(begin <= at < begin + 0.5 for at in times) <= 11 for begin in range(181, 300))


def test_it_begins_at_two_a_second_and_rises() -> None:
    done = run(sliding(500), 60)
    assert done.rate(0, 2) <= 3
    assert done.rate(30, 60) == pytest.approx(80, rel=0.02)


def test_it_never_goes_faster_than_it_may() -> None:
    done = run(sliding(500), 60, fastest=5.0)
    assert 4.8 <= done.rate(30, 60) <= 5.1
    assert run(sliding(500), 60, fastest=1.0).rate(0, 60) <= 1.05


@pytest.mark.parametrize("inner", [lambda: bucket(10, 30), lambda: sliding(3, window=10)])
def test_a_host_that_blocks_for_long_is_coped_with(inner: object) -> None:
    done = run(blocking(inner(), 30), 1800)  # type: ignore[operator]
    assert done.refused(600, 1800) < 0.01
    assert done.rate(600, 1800) > 1.5


def test_a_block_is_waited_out_with_few_requests_and_never_in_bursts() -> None:
    def closed(now: float) -> float | None:
        return 0.0 if 50 <= now < 80 else None

    done = run(closed, 120)
    assert sum(refused for _, refused in done.sent) <= 14  # those under way, then one now and then
    assert done.rate(80, 84) < done.pace.allowed


def test_retry_after_is_obeyed() -> None:
    def closed(now: float) -> float | None:
        return 17.0 if 20 <= now < 20.5 else None

    done = run(closed, 60)
    first = next(at for at, refused in done.sent if refused)
    after = min(at for at, _ in done.sent if at > first + 0.2)
    assert after >= first + 17


def test_a_limit_that_rises_is_noticed() -> None:
    low, high = sliding(5), sliding(40)
    done = run(lambda now: low(now) if now < 200 else high(now), 2400)
    assert done.rate(100, 200) > 4
    assert done.rate(2300, 2400) > 30


def test_a_limit_that_falls_is_noticed() -> None:
    high, low = sliding(40), sliding(5)
    done = run(lambda now: high(now) if now < 200 else low(now), 900)
    assert done.rate(700, 900) > 4
    assert done.refused(700, 900) < 0.01


@pytest.mark.parametrize(("share", "wanted"), [(0.001, 40), (0.01, 5)])
def test_refusals_at_random_do_not_stop_it(share: float, wanted: float) -> None:
    assert run(noisy(sliding(80), share), 600).rate(120, 600) > wanted


def test_a_host_that_grows_slow_is_spared() -> None:
    done = run(sliding(500), 120, slow=lambda now: 2.0 if now > 60 else 0.0)
    assert done.rate(70, 80) < 0.6 * done.rate(50, 60)


def test_nothing_is_proved_by_slots_that_were_not_used() -> None:
    done = run(sliding(500), 120, enough=0.3)
    assert done.pace.allowed < 5


def test_what_broke_off_says_nothing() -> None:
    pace = Pace(0.0, 80)
    first = pace.send(0.0)
    pace.refused(first, 0.1)
    assert pace.wait(0.2) > 0.8
    trying = pace.send(2.0)
    assert pace.wait(5.0) > 0  # until that one is back, no other
    pace.lost(trying)
    assert pace.wait(5.0) == 0


def test_a_host_that_only_refuses_is_given_up() -> None:
    pace, now, asked = Pace(0.0, 80), 0.0, 0
    while not pace.given_up(now) and now < 2 * PATIENCE:
        now += pace.wait(now)
        pace.refused(pace.send(now), now)
        asked += 1
    assert PATIENCE < now < 1.2 * PATIENCE
    assert asked < 30


def server_that_never_refuses(now: float) -> float | None:
    return None


def test_the_rates_are_told() -> None:
    server: Server = server_that_never_refuses
    pace = run(server, 60, fastest=10.0).pace
    assert pace.allowed == 10.0
    assert pace.measured(60.0) == pytest.approx(10, rel=0.05)
    assert Pace(0.0, 80).measured(1.0) == 0.0
