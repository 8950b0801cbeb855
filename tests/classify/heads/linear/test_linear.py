from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import BaggingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger
from classify.estimators import assert_passes_every_check
from classify.world import features

N = 150
Y = np.arange(N) % 3
X = features(Y, np.arange(N))
NAMES = np.array(["Asian Art", "Arms", "European Paintings"])[Y]
TAGS = (np.random.default_rng(0).random((N, 3)) < 0.35).astype(int)
T = features(TAGS, np.arange(N))
QUICK: dict[str, Any] = {"strengths": (30.0, 3.0), "cv": 3}


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [LinearClassifier(tolerance=1e-14), LinearTagger(tolerance=1e-14, beta=None)]
)
def test_it_is_an_estimator_as_scikit_learn_understands_it(kind: Any) -> None:
    assert_passes_every_check(kind)


def test_probabilities_and_labels_agree() -> None:
    model = LinearClassifier(**QUICK).fit(X, NAMES)
    chances = model.predict_proba(X)
    assert model.classes_.tolist() == ["Arms", "Asian Art", "European Paintings"]
    assert chances.sum(axis=1) == pytest.approx(np.ones(N), abs=1e-5)
    assert np.array_equal(model.predict(X), model.classes_[chances.argmax(axis=1)])
    assert model.score(X, NAMES) > 0.8


def test_at_one_strength_it_is_scikit_learns_logistic_regression() -> None:
    model = LinearClassifier(strengths=(5.0,), tolerance=1e-12, cv=3).fit(X.astype(float), Y)
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.2, tol=1e-10, max_iter=2000)).fit(X, Y)
    scores = model.decision_function(X.astype(float)) * model.temperature_
    wanted = pipeline.decision_function(X)
    centred = [each - each.mean(axis=1, keepdims=True) for each in (scores, wanted)]
    assert centred[0] == pytest.approx(centred[1], abs=5e-3)


def test_grids_folds_bags_and_calibrators_take_it() -> None:
    search = GridSearchCV(LinearClassifier(**QUICK), {"class_weight": [None, "balanced"]}, cv=2).fit(X, NAMES)
    assert search.best_score_ > 0.7
    assert cross_val_score(LinearTagger(**QUICK), T, TAGS, cv=2).shape == (2,)
    assert BaggingClassifier(LinearClassifier(**QUICK), 2, random_state=0).fit(X, Y).score(X, Y) > 0.7
    assert CalibratedClassifierCV(LinearClassifier(**QUICK), cv=2).fit(X, Y).score(X, Y) > 0.7


def test_balanced_weights_find_more_of_a_rare_class() -> None:
    rare = np.flatnonzero((Y != 0) | (np.arange(N) < 20))
    plain, balanced = (
        LinearClassifier(**QUICK, class_weight=told).fit(X[rare], Y[rare]) for told in (None, "balanced")
    )
    fresh = features(Y, np.arange(N), seed=0)
    assert (balanced.predict(fresh) == 0).sum() > (plain.predict(fresh) == 0).sum()


@pytest.mark.parametrize("kind", [LinearClassifier, LinearTagger])
def test_one_class_is_refused(kind: Any) -> None:
    with pytest.raises(ValueError, match="only one class"):
        kind().fit(X, np.zeros(N, int))


def test_blocks_give_narrow_stages_a_voice() -> None:
    """Labels that only a narrow block knows, beside a wide one that says nothing."""
    random = np.random.default_rng(0)
    narrow = features(Y, np.arange(N), width=5)[:, :4]
    noisy = np.hstack([narrow, random.normal(0, 1, (N, 400)).astype(np.float32)])
    fresh = np.hstack(
        [features(Y, np.arange(N), width=5, seed=0)[:, :4], random.normal(0, 1, (N, 400)).astype(np.float32)]
    )
    plain, balanced = (
        LinearClassifier(**QUICK, blocks=(4, 400), balance=told).fit(noisy, Y).score(fresh, Y)
        for told in (0.0, 0.5)
    )
    assert balanced > plain


def test_a_tagger_gives_labels_from_their_thresholds_up() -> None:
    model = LinearTagger(**QUICK).fit(T, TAGS)
    chances = model.predict_proba(T)
    assert chances.shape == (N, 3)
    assert np.array_equal(model.predict(T), chances >= model.thresholds_)
    assert model.predict(T).dtype.kind == "i"


def test_f2_gives_more_labels_than_f1() -> None:
    generous, strict = (LinearTagger(**QUICK, beta=beta).fit(T, TAGS).predict(T).sum() for beta in (2, 0.5))
    assert generous > strict


def test_tags_must_be_a_table_of_zero_and_one() -> None:
    with pytest.raises(ValueError, match="table of 0 and 1"):
        LinearTagger().fit(T, TAGS * 2)


def test_a_label_that_nobody_has_is_hardly_ever_given() -> None:
    none = np.hstack([TAGS, np.zeros((N, 1), int)])
    assert LinearTagger(**QUICK).fit(T, none).predict_proba(T)[:, 3].max() < 0.05


@pytest.mark.parametrize("loss", ["focal", "asymmetric", "softmax"])
def test_a_tagger_learns_by_every_loss(loss: str) -> None:
    model = LinearTagger(**QUICK, loss=loss).fit(T, TAGS)
    chances = model.predict_proba(T)
    assert chances[TAGS == 1].mean() > chances[TAGS == 0].mean() + 0.15
    assert model.scorer_.scores(T) / model.temperature_ == pytest.approx(model.decision_function(T), abs=1e-4)
    if loss != "softmax":  # shares are no frequencies
        assert chances.mean(axis=0) == pytest.approx(TAGS.mean(axis=0), abs=0.1)
