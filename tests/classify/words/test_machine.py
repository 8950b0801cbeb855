"""Machines: LIBSVM's own answers, folded into one matrix."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.svm import SVC

from cartellino.classify.words.machine import fitted

RANDOM = np.random.default_rng(2)
Y = np.arange(90) % 3
X = RANDOM.normal(0, 1, (90, 5)) + np.eye(3, 5)[Y] * 2
VALUES = X @ X.T


def test_scores_of_two_classes_are_libsvms_margins() -> None:
    rows = Y < 2
    among = np.ascontiguousarray(VALUES[np.ix_(rows, rows)])
    scores = fitted(among, Y[rows], np.ones(60), 2, 0.5).scores(among)
    told = SVC(C=0.5, kernel="linear").fit(X[rows], Y[rows]).decision_function(X[rows])
    np.testing.assert_allclose(scores[:, 1], told, atol=1e-2)
    np.testing.assert_allclose(scores[:, 0], -scores[:, 1], atol=1e-9)


def test_the_mean_of_margins_decides_as_votes_do_where_they_agree() -> None:
    scores = fitted(VALUES, Y, np.ones(90), 3, 0.5).scores(VALUES)
    votes = SVC(C=0.5, kernel="linear").fit(X, Y).predict(X)
    assert (scores.argmax(axis=1) == votes).mean() > 0.95


def test_several_labels_have_a_machine_each() -> None:
    table = np.stack([Y == 0, Y != 2], axis=1).astype(np.uint8)
    scores = fitted(VALUES, table, np.ones((90, 2)), 2, 0.5).scores(VALUES)
    told = SVC(C=0.5, kernel="linear").fit(X, table[:, 1]).decision_function(X)
    np.testing.assert_allclose(scores[:, 1], told, atol=1e-2)


def test_a_row_that_weighs_double_counts_as_two() -> None:
    rows = np.concatenate([np.arange(90), np.arange(10)])
    weights = np.where(np.arange(90) < 10, 2.0, 1.0)
    doubled = fitted(np.ascontiguousarray(VALUES[np.ix_(rows, rows)]), Y[rows], np.ones(100), 3, 0.1)
    weighed = fitted(VALUES, Y, weights, 3, 0.1)
    np.testing.assert_allclose(doubled.scores(VALUES[:, rows]), weighed.scores(VALUES), atol=2e-2)


@pytest.mark.parametrize("several", [False, True])
def test_a_class_that_nothing_has_scores_below_what_has_one(several: bool) -> None:
    target = np.stack([Y == 0, Y == 9], axis=1).astype(np.uint8) if several else Y.copy()
    if not several:
        target[Y == 2] = 3
    k = 2 if several else 4
    machine = fitted(VALUES, target, np.ones((90, 2)) if several else np.ones(90), k, 1.0)
    absent = 1 if several else 2
    assert (machine.scores(VALUES)[:, absent] == -1).all()
