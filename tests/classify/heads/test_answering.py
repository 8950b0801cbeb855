from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cartellino.classify.heads.answering import OneLabel, SeveralLabels, places, table
from cartellino.classify.unseen import OutOfSample

SCORES = np.array([[2.0, 0.0, -1.0], [0.0, 0.5, 3.0]])


class Said(OneLabel):
    classes_ = np.array(["a", "b", "c"])

    def _scores(self, X: Any) -> Any:
        return SCORES


class Tagged(SeveralLabels):
    classes_ = np.arange(3)
    thresholds_ = np.array([0.5, 0.3, 0.99])
    temperature_ = 1.0

    def __init__(self, beta: float | None = None) -> None:
        self.beta = beta
        self.out_of_sample_ = OutOfSample(np.array([0, 1]), SCORES)

    def _scores(self, X: Any) -> Any:
        return SCORES


def test_the_likeliest_label_and_probabilities_that_add_up() -> None:
    assert Said().predict(None).tolist() == ["a", "c"]
    np.testing.assert_allclose(Said().predict_proba(None).sum(axis=1), 1)
    assert Said().decision_function(None).shape == (2, 3)


def test_labels_are_given_where_they_reach_their_thresholds() -> None:
    assert Tagged().predict(None).tolist() == [[1, 1, 0], [1, 1, 0]]
    assert Tagged()._tuned(np.eye(3)[:2], np.ones(2)).tolist() == [0.5, 0.5, 0.5]
    assert (Tagged(beta=2.0)._tuned(np.array([[1, 0, 0], [0, 0, 1]]), np.ones(2)) != 0.5).any()


def test_rows_of_no_weight_bring_no_class() -> None:
    classes, place = places(["b", "a", "z", "b"], np.array([1.0, 1, 0, 1]))
    assert (classes.tolist(), place.tolist()) == (["a", "b"], [1, 0, 1, 1])
    with pytest.raises(ValueError, match="only one class"):
        places(["a", "b"], np.array([1.0, 0.0]))


@pytest.mark.parametrize("told", [[0, 1], [[0, 2]], [["a"]]])
def test_several_labels_are_a_table_of_0_and_1(told: Any) -> None:
    with pytest.raises(ValueError, match="a table of 0 and 1"):
        table(told)
