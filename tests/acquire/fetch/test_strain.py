from __future__ import annotations

from cartellino.acquire.fetch.strain import Strain


def feed(strain: Strain, latency: float, count: int) -> bool:
    return sum(strain.rises(latency) for _ in range(count)) > 0


def test_a_host_that_slows_down_is_noticed() -> None:
    strain = Strain()
    assert not feed(strain, 0.1, 100)
    assert feed(strain, 1.0, 32)


def test_single_slow_answers_and_small_latencies_are_nothing() -> None:
    strain = Strain()
    for _ in range(20):
        assert not feed(strain, 0.01, 10)
        assert not feed(strain, 5.0, 1)
    assert not feed(strain, 0.3, 64)  # thirty times as slow, but who waits for a third of a second?


def test_what_stays_slow_becomes_normal() -> None:
    strain = Strain()
    feed(strain, 0.5, 32)
    feed(strain, 1.6, 16 * 100)
    assert not feed(strain, 1.6, 160)
