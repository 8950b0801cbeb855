from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import top_k_accuracy_score

from cartellino.metrics import ranking


def test_agrees_with_scikit_learn_where_no_scores_are_equal() -> None:
    random = np.random.default_rng(0)
    probabilities, truth = random.random((200, 7)), random.integers(0, 7, 200)
    for k in (1, 3, 5):
        expected = top_k_accuracy_score(truth, probabilities, k=k, labels=range(7))
        assert ranking.top_k(probabilities, truth, k) == pytest.approx(expected)


def test_equal_scores_stand_in_the_order_of_classes() -> None:
    assert ranking.ranks(np.full((3, 3), 1 / 3), np.arange(3)).tolist() == [1, 2, 3]


@given(arrays.arrays(np.float64, (5, 4), elements=st.sampled_from([0.0, 0.25, 0.5, 1.0])))
def test_the_classes_of_a_work_take_every_rank_once(probabilities: np.ndarray) -> None:
    found = [ranking.ranks(probabilities, np.full(5, place)) for place in range(4)]
    assert np.array_equal(np.sort(found, axis=0), np.repeat([[1], [2], [3], [4]], 5, axis=1))


def test_without_works_there_is_no_figure() -> None:
    assert np.isnan(ranking.top_k(np.zeros((0, 3)), np.zeros(0, int), 1))
