"""The limits, by a clock of our own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from .limits import Burst, Window


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(1, 20), st.lists(st.floats(0, 0.7), max_size=120))
def test_no_second_holds_more_than_the_rate(rate: int, gaps: list[float]) -> None:
    clock = Clock()
    window = Window(rate, clock)
    served: list[float] = []
    for gap in gaps:
        clock.now += gap
        within = [at for at in served if at > clock.now - 1]
        assert window.allows() == (len(within) < rate)
        if len(within) < rate:
            served.append(clock.now)


def test_a_rate_below_one() -> None:
    clock = Clock()
    window = Window(0.25, clock)
    assert window.allows()
    clock.now += 3.9
    assert not window.allows()
    clock.now += 0.2
    assert window.allows()


def test_a_burst_is_shut_out_and_not_for_longer_by_asking_on() -> None:
    clock = Clock()
    burst = Burst(3, 2.0, clock)
    assert [burst.allows() for _ in range(5)] == [True, True, True, False, False]
    clock.now += 1.9
    assert not burst.allows()
    clock.now += 0.2
    assert burst.allows()
