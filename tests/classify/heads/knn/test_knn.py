from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from cartellino.classify.heads.knn.knn import KnnClassifier, KnnTagger
from classify.estimators import assert_passes_every_check
from classify.world import features

N = 150
Y = np.arange(N) % 3
X = features(Y, np.arange(N))
FRESH = features(Y, np.arange(N), seed=0)
TAGS = (np.random.default_rng(0).random((N, 3)) < 0.35).astype(int)
T = features(TAGS, np.arange(N))


@pytest.mark.slow
@pytest.mark.parametrize("kind", [KnnClassifier(), KnnTagger(beta=None)])
def test_it_is_an_estimator_as_scikit_learn_understands_it(kind: Any) -> None:
    assert_passes_every_check(kind)


def test_it_learns() -> None:
    model = KnnClassifier().fit(X, Y)
    assert np.mean(model.out_of_sample_.logits.argmax(axis=1) == Y) > 0.75
    chances = KnnTagger().fit(T, TAGS).predict_proba(T)
    assert chances[TAGS == 1].mean() > chances[TAGS == 0].mean() + 0.15


def test_every_row_is_judged_by_all_but_itself() -> None:
    """Labels that nothing tells: by heart they would be known, and they must not be."""
    told = np.random.default_rng(1).integers(0, 2, N)
    model = KnnClassifier(neighbours=(1,)).fit(X, told)
    assert 0.35 < np.mean(model.out_of_sample_.logits.argmax(axis=1) == told) < 0.65


def test_kin_have_no_say() -> None:
    pairs = np.repeat(np.arange(N // 2), 2)
    told = np.random.default_rng(1).integers(0, 2, N // 2)[pairs]
    twins = np.random.default_rng(2).normal(size=(N // 2, 9)).astype(np.float32)[pairs]
    free, bound = (KnnClassifier(neighbours=(1,)).fit(twins, told, groups=each) for each in (None, pairs))
    right = [np.mean(each.out_of_sample_.logits.argmax(axis=1) == told) for each in (free, bound)]
    assert right[0] == 1.0
    assert right[1] < 0.7


def test_one_neighbour_is_scikit_learns() -> None:
    mine = KnnClassifier(neighbours=(1,), metric="euclidean", balance=0).fit(X, Y)
    spread = X.std(axis=0)
    scaled = (X - X.mean(axis=0)) / np.where(spread > 1e-4, spread, np.inf)
    asked = features(Y, np.arange(N), noise=2.0)
    theirs = KNeighborsClassifier(1).fit(scaled, Y)
    told = theirs.predict((asked - X.mean(axis=0)) / np.where(spread > 1e-4, spread, np.inf))
    assert np.array_equal(mine.predict(asked), told)


def test_a_weight_is_as_many_neighbours() -> None:
    weights = np.random.default_rng(0).integers(1, 4, N)
    cv = [(np.arange(0, N, 2), np.arange(1, N, 2))]
    weighted = KnnClassifier(neighbours=(7,), cv=cv).fit(X.astype(float), Y, sample_weight=weights)
    many = np.repeat(np.arange(N), weights)
    split = [(np.flatnonzero(many % 2 == 0), np.flatnonzero(many % 2 == 1))]
    repeated = KnnClassifier(neighbours=(7,), cv=split).fit(X[many].astype(float), Y[many])
    assert weighted.decision_function(FRESH) == pytest.approx(repeated.decision_function(FRESH), abs=1e-4)


def test_the_number_of_neighbours_is_chosen_out_of_sample() -> None:
    noisy = features(Y, np.arange(N), noise=4.0)
    model = KnnClassifier(neighbours=(1, 30)).fit(noisy, Y)
    assert model.choice_["neighbours"] == 30
    assert len(model.choice_["losses"]) == 2


def test_an_unknown_metric_is_refused() -> None:
    with pytest.raises(ValueError, match="'cosine' or 'euclidean'"):
        KnnClassifier(metric="taxi").fit(X, Y)
