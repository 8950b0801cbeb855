"""Pairs of models: known tests, and answers that do not depend on who is asked first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from cartellino.metrics.paired import difference, holm, mcnemar

BOOLS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


@given(BOOLS)
def test_mcnemar_is_the_binomial_test_of_those_who_differ(pairs: list[tuple[bool, bool]]) -> None:
    first, second = np.array(pairs).T
    told = mcnemar(first, second)
    n = told.first + told.second
    assert told.p == pytest.approx(binomtest(told.first, n).pvalue if n else 1.0)
    assert mcnemar(second, first) == (told.second, told.first, told.p)


def test_mcnemar_of_a_textbook() -> None:
    first = np.array([True] * 9 + [False] * 1 + [True] * 40)
    second = np.array([False] * 9 + [True] * 1 + [True] * 40)
    assert mcnemar(first, second).p == pytest.approx(0.02148, abs=1e-5)


def test_holm_of_known_probabilities() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_makes_less_of_chance_and_keeps_the_order(told: list[float]) -> None:
    corrected = holm(told)
    assert all(before <= after <= 1 for before, after in zip(told, corrected, strict=True))
    order = np.argsort(told, kind="stable")
    assert (np.diff(np.array(corrected)[order]) >= 0).all()


def test_a_difference_of_drawn_rounds() -> None:
    random = np.random.default_rng(0)
    shared = random.normal(0, 1, 999)
    clear = difference(0.5, shared + 0.5 + random.normal(0, 0.1, 999), shared)
    assert clear.low == pytest.approx(0.3, abs=0.05)
    assert clear.high == pytest.approx(0.7, abs=0.05)
    assert clear.p == pytest.approx(2 / 1000)
    even = difference(0.0, shared + random.normal(0, 0.1, 999), shared)
    assert even.low < 0 < even.high
    assert even.p > 0.5


def test_nothing_to_measure_is_no_difference() -> None:
    nothing = np.full(9, np.nan)
    assert difference(float("nan"), nothing, nothing).p == 1.0
