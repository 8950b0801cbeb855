"""Estimators over pictures: they learn, they keep scikit-learn's contract, and believe nothing unseen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.ensemble import BaggingClassifier
from sklearn.model_selection import GridSearchCV, cross_val_score

from cartellino.classify.words import vocabulary
from cartellino.classify.words.classifier import WordsClassifier
from cartellino.classify.words.tagger import WordsTagger
from cartellino.errors import ModelError, PictureError
from classify.words.gallery import Told

Gallery = tuple[Any, Any]


def quick(kind: Any, cache: Path | None, **changes: Any) -> Any:
    told: dict[str, Any] = {"words": 30, "strengths": (3.0,), "gammas": (1.0,), "cv": 2, "cache": cache}
    return kind(**told | changes)


def test_it_learns(gallery: Gallery, cache: Path) -> None:
    X, y = gallery
    asked = np.arange(len(X)) % 4 == 3
    model = quick(WordsClassifier, cache, strengths=(1.0, 10.0)).fit(X[~asked], y[~asked])
    chances = model.predict_proba(X[asked])
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (model.predict(X[asked]) == y[asked]).mean() > 0.75  # by chance a third
    assert -np.log(chances[np.arange(asked.sum()), y[asked]]).mean() < 0.7  # by chance 1.1
    assert model.choice_["strength"] in (1.0, 10.0)
    assert model.choice_["keypoints"] > 10


def test_labels_that_say_nothing_teach_nothing(gallery: Gallery, cache: Path) -> None:
    X, y = gallery
    shuffled = np.random.default_rng(1).permutation(y)
    model = quick(WordsClassifier, cache).fit(X, shuffled)
    told = model.out_of_sample_
    assert (told.logits.argmax(axis=1) == shuffled[told.rows]).mean() < 0.6


def test_it_tags(gallery: Gallery, cache: Path) -> None:
    X, y = gallery
    table = np.stack([y == 0, y != 2], axis=1).astype(int)
    asked = np.arange(len(X)) % 4 == 3
    model = quick(WordsTagger, cache).fit(X[~asked], table[~asked])
    assert model.predict_proba(X[asked]).shape == (asked.sum(), 2)
    assert (model.predict(X[asked]) == table[asked]).mean() > 0.75
    assert (quick(WordsTagger, cache, beta=None).fit(X, table).thresholds_ == 0.5).all()


def test_scikit_learns_tools_take_it(gallery: Gallery, cache: Path) -> None:
    X, y = gallery
    model = quick(WordsClassifier, cache)
    assert clone(model).get_params() == model.get_params()
    assert cross_val_score(model, X, y, cv=2).mean() > 0.6
    search = GridSearchCV(model, {"words": [5, 30]}, cv=2).fit(X, y)
    assert search.best_params_["words"] in (5, 30)
    bag = BaggingClassifier(model, n_estimators=2, random_state=0).fit(X[:, None], y)
    assert (bag.predict(X[:, None]) == y).mean() > 0.6
    tagger = quick(WordsTagger, cache)
    assert clone(tagger).get_params() == tagger.get_params()
    assert cross_val_score(tagger, X, np.stack([y == 0, y == 1], axis=1), cv=2).shape == (2,)


def test_the_same_seed_gives_the_same_bits(gallery: Gallery, cache: Path, tmp_path: Path) -> None:
    X, y = gallery
    first, second = (
        quick(WordsClassifier, where, random_state=3).fit(X[:24], y[:24]) for where in (cache, None)
    )
    for name, tensor in first.scorer_.tensors().items():
        np.testing.assert_array_equal(tensor, second.scorer_.tensors()[name])
    assert first.temperature_ == second.temperature_


def test_no_word_is_learnt_from_what_is_asked(
    gallery: Gallery, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    X, y = gallery
    learnt_from: list[set[str]] = []
    learn = vocabulary.learn

    def watched(described: Any, *told: Any) -> Any:
        learnt_from.append(set(described.keys))
        return learn(described, *told)

    monkeypatch.setattr(vocabulary, "learn", watched)
    quick(WordsClassifier, cache, cv=[(np.arange(12, 24), np.arange(12))]).fit(X[:24], y[:24])
    first, last = learnt_from
    assert len(first) == 12
    assert len(last) == 24


def test_kin_share_a_fold_and_validation_rows_choose(gallery: Gallery, cache: Path) -> None:
    X, y = gallery[0][:24], gallery[1][:24]
    held = quick(WordsClassifier, cache, strengths=(0.001, 10.0)).fit(X, y, validation=np.arange(9))
    assert len(held.choice_["losses"]) == 2
    assert len(held.out_of_sample_.rows) == 24  # nine rows do not calibrate
    alone = quick(WordsClassifier, cache).fit(X, y, groups=np.zeros(24))
    assert len(alone.out_of_sample_.rows) == 0
    assert alone.temperature_ == 1.0


def test_rows_of_no_weight_take_no_part(gallery: Gallery, cache: Path, tmp_path: Path) -> None:
    X, y = gallery[0][:24].copy(), gallery[1][:24]
    wanted = quick(WordsClassifier, cache).fit(X[:18], y[:18])
    X[18:] = str(tmp_path / "gone.png")  # not even looked at
    weighed = quick(WordsClassifier, cache).fit(X, y, sample_weight=(np.arange(24) < 18) * 5.0)
    np.testing.assert_array_equal(weighed.scorer_.support, wanted.scorer_.support)
    np.testing.assert_allclose(weighed.scorer_.coefficients, wanted.scorer_.coefficients)


def test_a_class_that_weighs_more_is_said_more_often(gallery: Gallery, cache: Path) -> None:
    X, y = gallery
    said = [
        (quick(WordsClassifier, cache, strengths=(0.03,), class_weight=told).fit(X, y).predict(X) == 0).sum()
        for told in (None, {0: 8.0})
    ]
    assert said[1] > said[0]


def test_two_classes_have_log_odds(gallery: Gallery, cache: Path) -> None:
    X, y = gallery
    model = quick(WordsClassifier, cache).fit(X[y < 2], np.array(["ink", "oil"])[y[y < 2]])
    odds, chances = model.decision_function(X), model.predict_proba(X)
    np.testing.assert_allclose(1 / (1 + np.exp(-odds)), chances[:, 1])
    assert set(model.predict(X)) <= {"ink", "oil"}


def test_one_is_told_of_pictures_and_vocabularies(gallery: Gallery) -> None:
    progress = Told()
    quick(WordsClassifier, None, detector="orb").fit(gallery[0][:24], gallery[1][:24], progress=progress)
    assert progress.tasks == [("Describing pictures", 24), ("Learning words", 3)]
    assert progress.advanced == 27


def test_what_cannot_be_learnt_is_said(gallery: Gallery, cache: Path, tmp_path: Path) -> None:
    X, y = gallery
    with pytest.raises(ValueError, match="only one class"):
        quick(WordsClassifier, cache).fit(X, np.zeros(len(X)))
    with pytest.raises(ValueError, match="inconsistent"):
        quick(WordsClassifier, cache).fit(X, y[:-1])
    with pytest.raises(ValueError, match="table of 0 and 1"):
        quick(WordsTagger, cache).fit(X, y)
    with pytest.raises(ModelError, match="keypoint"):
        quick(WordsClassifier, None, weakest=1e6).fit(X[:6], y[:6])
    with pytest.raises(PictureError, match=r"gone\.png"):
        quick(WordsClassifier, cache).fit([*X[:6], str(tmp_path / "gone.png")], [*y[:6], 0])
