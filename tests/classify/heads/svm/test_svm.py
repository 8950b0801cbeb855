from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cartellino.classify.heads.svm.svm import SvmClassifier, SvmTagger
from classify.estimators import assert_passes_every_check
from classify.world import features

N = 150
Y = np.arange(N) % 3
X = features(Y, np.arange(N))
TAGS = (np.random.default_rng(0).random((N, 3)) < 0.35).astype(int)
T = features(TAGS, np.arange(N))
ROWS = np.random.default_rng(0).normal(size=(300, 2)).astype(np.float32)
INSIDE = (np.linalg.norm(ROWS, axis=1) < 1.2).astype(int)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [SvmClassifier(tolerance=1e-12), SvmTagger(tolerance=1e-12, beta=None)])
def test_it_is_an_estimator_as_scikit_learn_understands_it(kind: Any) -> None:
    assert_passes_every_check(kind)


def test_it_learns_what_no_straight_line_tells() -> None:
    round_, straight = (SvmClassifier(kernel=each).fit(ROWS, INSIDE) for each in ("rbf", "linear"))
    assert np.mean(round_.out_of_sample_.logits.argmax(axis=1) == INSIDE) > 0.9
    assert np.mean(straight.out_of_sample_.logits.argmax(axis=1) == INSIDE) < 0.75


def test_a_tagger_learns() -> None:
    chances = SvmTagger().fit(T, TAGS).predict_proba(T)
    assert chances[TAGS == 1].mean() > chances[TAGS == 0].mean() + 0.3


def test_strength_and_width_are_chosen_out_of_sample() -> None:
    model = SvmClassifier(C=(0.001, 3.0), gammas=(1e-3, 1.0, 300.0)).fit(ROWS, INSIDE)
    assert (model.choice_["C"], model.choice_["gamma"]) == (3.0, 1.0)
    assert len(model.choice_["losses"]) == 6


def test_scores_are_calibrated_out_of_sample() -> None:
    """Labels that nothing tells: whoever is sure of them did not look out of sample."""
    told = np.random.default_rng(1).integers(0, 3, N)
    assert SvmClassifier().fit(X, told).predict_proba(features(Y, np.arange(N), seed=9)).max() < 0.7


def test_a_class_that_a_fold_does_not_know_is_no_obstacle() -> None:
    rare = np.where(np.arange(N) == 0, 2, Y % 2)
    model = SvmClassifier().fit(X, rare)
    assert model.predict_proba(X).shape == (N, 3)
    lonely = np.column_stack([TAGS[:, 0], np.arange(N) == 0, np.zeros(N, int)])
    assert SvmTagger().fit(T, lonely).predict_proba(T)[:, 2].max() < 0.1


def test_balanced_weights_find_more_of_a_rare_class() -> None:
    rare = np.flatnonzero((Y != 0) | (np.arange(N) < 20))
    plain, balanced = (
        SvmClassifier(class_weight=told).fit(X[rare], Y[rare]).predict_proba(X)[:, 0].mean()
        for told in (None, "balanced")
    )
    assert balanced > plain


def test_few_validation_rows_choose_and_folds_calibrate() -> None:
    model = SvmClassifier(C=(0.1, 3.0)).fit(X, Y, validation=np.arange(30))
    assert len(model.out_of_sample_.rows) == N
    assert len(model.choice_["losses"]) == 2


def test_an_unknown_kernel_is_refused() -> None:
    with pytest.raises(ValueError, match="'rbf' or 'linear'"):
        SvmClassifier(kernel="poly").fit(X, Y)
