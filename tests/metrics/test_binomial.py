from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from cartellino.metrics import binomial

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_bound_is_clopper_and_pearsons(told: tuple[int, int], confidence: float) -> None:
    errors, n = told
    wanted = binomtest(errors, n, alternative="less").proportion_ci(confidence, method="exact").high
    assert binomial.upper_bound(errors, n, confidence) == pytest.approx(wanted)


@given(counts, st.floats(0.01, 0.99))
def test_the_p_value_is_the_exact_tail(told: tuple[int, int], limit: float) -> None:
    errors, n = told
    assert binomial.p_value(errors, n, limit) == pytest.approx(binom.cdf(errors, n, limit))


@given(counts, st.floats(0.02, 0.5), st.sampled_from([0.9, 0.95]))
def test_bound_and_p_value_say_the_same(told: tuple[int, int], limit: float, confidence: float) -> None:
    errors, n = told
    bound = binomial.upper_bound(errors, n, confidence)
    if abs(bound - limit) > 1e-9:
        assert (bound < limit) == (binomial.p_value(errors, n, limit) < 1 - confidence)


def test_nothing_counted_says_nothing() -> None:
    assert binomial.upper_bound(0, 0, 0.95) == 1.0
    assert binomial.p_value(0, 0, 0.05) == 1.0


def test_all_wrong() -> None:
    assert binomial.upper_bound(7, 7, 0.95) == 1.0


def test_more_errors_than_works_are_refused() -> None:
    with pytest.raises(ValueError, match="8 errors among 7"):
        binomial.upper_bound(8, 7, 0.95)
