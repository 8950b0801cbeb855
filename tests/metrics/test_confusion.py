from __future__ import annotations

import numpy as np
from sklearn.metrics import confusion_matrix

from cartellino.metrics import confusion


def test_agrees_with_scikit_learn_and_keeps_classes_that_never_occur() -> None:
    random = np.random.default_rng(1)
    truth, predicted = random.integers(0, 4, 300), random.integers(0, 4, 300)
    found = confusion.matrix(truth, predicted, 6)
    assert np.array_equal(found, confusion_matrix(truth, predicted, labels=range(6)))
    assert found[5].sum() == 0


def test_rows_are_the_truth() -> None:
    assert confusion.matrix(np.array([0]), np.array([1]), 2).tolist() == [[0, 1], [0, 0]]
