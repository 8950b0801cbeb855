from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.heads.sigmoids import Sigmoids, coupled, pairs


@settings(max_examples=50)
@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=7))
def test_pairs_that_agree_give_the_probabilities_they_come_from(told: list[float]) -> None:
    chances = np.array(told) / np.sum(told)
    first, second = pairs(len(told))
    odds = np.log(chances[first] / chances[second])[None]
    assert np.exp(coupled(odds, len(told)))[0] == pytest.approx(chances, abs=1e-5)


@settings(max_examples=50)
@given(st.integers(0, 10_000))
def test_pairs_that_quarrel_still_give_probabilities(seed: int) -> None:
    odds = np.random.default_rng(seed).normal(0, 6, (4, 10))
    shares = np.exp(coupled(odds, 5))
    assert np.isfinite(shares).all()
    assert shares.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-4)


def test_a_sigmoid_is_found_and_few_rows_do_not_lead_it_astray() -> None:
    random = np.random.default_rng(0)
    decisions = random.normal(size=(8000, 1))
    truth = random.random((8000, 1)) < 1 / (1 + np.exp(-(2.5 * decisions + 1)))
    found = Sigmoids.learn(decisions, truth, np.ones((8000, 1)))
    assert (found.slopes[0], found.offsets[0]) == pytest.approx((2.5, 1.0), abs=0.2)
    few = Sigmoids.learn(decisions[:3], ~truth[:3], np.ones((3, 1)))
    assert 2 < few.slopes[0] < 5


def test_what_weighs_nothing_teaches_nothing() -> None:
    found = Sigmoids.learn(np.ones((9, 2)), np.ones((9, 2), bool), np.zeros((9, 2)))
    assert found.odds(np.array([[1.0, -1.0]])) == pytest.approx(
        Sigmoids.unlearnt(2).odds(np.array([[1.0, -1.0]]))
    )
