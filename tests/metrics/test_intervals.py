from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from cartellino.metrics import intervals

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, st.sampled_from([0.8, 0.95]))
def test_wilson_agrees_with_scipy(told: tuple[int, int], level: float) -> None:
    wanted = binomtest(*told).proportion_ci(level, method="wilson")
    assert intervals.wilson(*told, level) == pytest.approx((wanted.low, wanted.high), abs=1e-9)


def test_wilson_knows_nothing_of_nothing() -> None:
    assert intervals.wilson(0, 0) == (0.0, 1.0)


def test_the_bootstrap_of_a_mean_is_about_its_standard_error_wide() -> None:
    values = np.random.default_rng(0).normal(3, 1, 400)
    low, high = intervals.bootstrap(lambda drawn: float(drawn.mean()), values, seed=1)
    assert low < values.mean() < high
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.15)


def test_rows_of_several_arrays_stay_together() -> None:
    first = np.arange(50)

    def torn(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.abs(one - other).max())

    assert intervals.bootstrap(torn, first, first.copy(), seed=0, rounds=20) == (0.0, 0.0)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.arange(30.0)
    ends = [intervals.bootstrap(np.mean, values, seed=seed, rounds=50) for seed in (4, 4, 5)]
    assert ends[0] == ends[1] != ends[2]


def test_draws_without_an_answer_are_left_out() -> None:
    def sometimes(drawn: np.ndarray) -> float:
        return float("nan") if drawn.sum() % 2 else 1.0

    assert intervals.bootstrap(sometimes, np.arange(9), seed=0, rounds=50) == (1.0, 1.0)
    assert np.isnan(intervals.bootstrap(np.mean, np.zeros(0), seed=0)).all()
