from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.composed.mixing import mixture


def loss(chances: Any, truth: Any, shares: Any) -> float:
    mean = np.tensordot(shares, np.stack(chances), axes=1)
    return float(-np.log(mean[np.arange(len(truth)), truth]).mean())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 500), st.integers(2, 4))
def test_no_other_shares_lose_less(seed: int, members: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, 60)
    chances = [random.dirichlet(1 + 3 * random.random() * np.eye(3)[label], 1)[0] for label in truth]
    tables = [np.array(chances), *(random.dirichlet(np.ones(3), 60) for _ in range(members - 1))]
    found = mixture(tables, truth, np.ones(60))
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)
    others = [*np.eye(members), np.full(members, 1 / members), *random.dirichlet(np.ones(members), 10)]
    assert all(loss(tables, truth, found) <= loss(tables, truth, other) + 1e-4 for other in others)


def test_rows_count_by_their_weight_and_none_by_nothing() -> None:
    tables = [np.array([[0.9, 0.1], [0.9, 0.1]]), np.array([[0.1, 0.9], [0.1, 0.9]])]
    truth = np.array([0, 1])
    assert mixture(tables, truth, np.array([1.0, 0.0]))[0] > 0.99
    assert mixture(tables, truth, np.array([0.0, 1.0]))[1] > 0.99
    assert mixture(tables, truth, np.zeros(2)).tolist() == [0.5, 0.5]


def test_of_several_labels_each_counts() -> None:
    truth = np.array([[1, 0], [0, 1]])
    good = np.where(truth, 0.9, 0.1)
    assert mixture([good, 1 - good], truth, np.ones(2))[0] > 0.99
