from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.fetch.search import Search


def settle(limit: float, search: Search, now: float = 0.0) -> float:
    """Try rate after rate against a limit that refuses at once what is above it."""
    for _ in range(200):
        if search.settled:
            break
        now += 2
        if search.target > limit:
            search.refused(search.target, now, dear=False)
        else:
            for _ in range(5):
                search.answered(search.target)
            search.held(now)
    return now


@given(st.floats(1.2, 79))
def test_it_ends_just_under_what_was_refused(limit: float) -> None:
    search = Search(2.0, 80.0, 0.0)
    settle(limit, search)
    assert search.settled
    assert limit / 1.13 <= search.target <= limit
    assert search.good <= search.bad


@given(st.lists(st.sampled_from(["held", "refused", "dear", "answered"]), max_size=200))
def test_its_target_can_always_be_used(events: list[str]) -> None:
    search, now = Search(2.0, 80.0, 0.0), 0.0
    for event in events:
        now += 30
        if event == "held":
            search.held(now)
        elif event == "answered":
            search.answered(search.target)
        else:
            search.refused(search.target, now, dear=event == "dear")
        assert 0 < search.target <= 80


def test_a_refused_rate_is_tried_again_sooner_the_less_often_it_was() -> None:
    search = Search(2.0, 80.0, 0.0)
    now = settle(10, search)
    calms = []
    for _ in range(4):
        since = now
        while search.target < search.bad:
            now += 1
            for _ in range(10):
                search.answered(search.target)
            search.held(now)
        calms.append(now - since)
        search.refused(search.target, now, dear=False)
    assert calms == sorted(calms)
    assert calms[0] <= 15 < 100 < calms[-1]


def test_a_rate_that_is_not_refused_any_more_is_climbed_from() -> None:
    search = Search(2.0, 80.0, 0.0)
    now = settle(10, search)
    for _ in range(2000):
        now += 1
        search.answered(search.target)
        search.held(now)
    assert math.isinf(search.bad)
    assert search.target == 80


def test_a_dear_mistake_is_followed_by_caution() -> None:
    search = Search(2.0, 80.0, 0.0)
    settle(10, search)
    search.refused(search.target, 1e6, dear=True)
    assert search.good <= 0.5 * search.bad
    assert search.target < 0.75 * search.bad


def test_one_refusal_in_a_long_calm_is_forgiven() -> None:
    search = Search(2.0, 80.0, 0.0)
    now = settle(10, search)
    before = search.target
    for _ in range(300):
        search.answered(search.target)
    assert not search.refused(search.target, now + 100, dear=False)
    assert search.target == before
    assert search.refused(search.target, now + 101, dear=False)
