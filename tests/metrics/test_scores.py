from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import fbeta_score, precision_score, recall_score

from cartellino.metrics import scores

AVERAGES = ("macro", "micro", "weighted", "samples")
tables = arrays.arrays(np.bool_, st.tuples(st.integers(1, 8), st.integers(1, 5)))


def expected(truth: Any, predicted: Any, average: str, **told: Any) -> dict[str, float]:
    told |= {"average": average, "zero_division": 0}
    return {
        "precision": precision_score(truth, predicted, **told),
        "recall": recall_score(truth, predicted, **told),
        "f1": fbeta_score(truth, predicted, beta=1, **told),
        "f2": fbeta_score(truth, predicted, beta=2, **told),
    }


@settings(max_examples=15)
@given(st.data())
def test_several_labels_agree_with_scikit_learn(data: st.DataObject) -> None:
    truth = data.draw(tables)
    predicted = data.draw(arrays.arrays(np.bool_, truth.shape))
    if truth.shape[1] < 2:  # scikit-learn takes one column for one label
        return
    found = scores.multi(truth, predicted)
    for average in AVERAGES:
        assert found[average] == pytest.approx(expected(truth, predicted, average))
    assert found["accuracy"] == pytest.approx((truth == predicted).all(axis=1).mean())


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_one_label_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    truth, predicted = np.array(pairs).T
    found = scores.single(truth, predicted, 5)
    for average in ("macro", "micro", "weighted"):
        assert found[average] == pytest.approx(expected(truth, predicted, average, labels=range(5)))
    assert found["accuracy"] == found["micro"]["f1"] == pytest.approx(np.mean(truth == predicted))
    assert found["samples"]["f1"] == pytest.approx(found["accuracy"])


def test_by_class_with_support() -> None:
    found = scores.single(np.array([0, 0, 1]), np.array([0, 1, 1]), 3)["classes"]
    assert found["recall"] == [0.5, 1.0, 0.0]
    assert found["precision"] == [1.0, 0.5, 0.0]
    assert found["support"] == [2, 1, 0]
    assert found["predicted"] == [1, 2, 0]


def test_a_missed_label_costs_more_f2_than_one_too_many() -> None:
    truth = np.array([[1, 1, 0, 0]])
    missed = scores.multi(truth, np.array([[1, 0, 0, 0]]))["micro"]
    extra = scores.multi(truth, np.array([[1, 1, 1, 0]]))["micro"]
    assert missed["f2"] < extra["f2"]


def test_plain_numbers_even_without_works() -> None:
    found = scores.single(np.zeros(0, int), np.zeros(0, int), 2)
    assert json.loads(json.dumps(found)) == found
    assert found["accuracy"] == 0.0
