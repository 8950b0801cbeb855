from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.calibrating import probabilities
from cartellino.classify.composed.folded import FoldedClassifier
from cartellino.classify.heads.splits import folds
from classify.composed.world import complementary, linear, tagger, tags

X, Y = complementary(200)
FRESH, TRUE = complementary(seed=1)


def test_it_is_the_mean_of_models_that_each_miss_a_fold() -> None:
    splits = folds(4, Y, None, np.arange(len(Y)), 5)
    model = FoldedClassifier(linear(strengths=(30.0,)), cv=splits).fit(X, Y)
    alone = []
    for learn, _ in splits:
        weights = np.isin(np.arange(len(Y)), learn).astype(float)
        alone.append(
            linear(strengths=(30.0,), cv=splits).fit(X, Y, sample_weight=weights).predict_proba(FRESH)
        )
    mean = probabilities("single", model.scorer_.scores(FRESH))
    assert mean == pytest.approx(np.mean(alone, axis=0), abs=0.01)
    assert len(model.out_of_sample_.rows) == len(Y)
    assert model.score(FRESH, TRUE) > 0.75


def test_groups_share_a_fold() -> None:
    model = FoldedClassifier(linear(), cv=3).fit(X, Y, groups=np.arange(len(Y)) // 5)
    assert len(model.scorer_.parts) == 3


def test_several_labels_are_folded_too() -> None:
    T, truth = tags(200)
    fresh, true = tags(seed=1)
    model = FoldedClassifier(tagger(), cv=3, beta=1.0).fit(T, truth)
    assert (model.predict(fresh) == true).mean() > 0.85
