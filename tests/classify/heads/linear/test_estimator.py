from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.base import clone

from cartellino.classify.heads import splits
from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger
from classify.world import features

N = 150
Y = np.arange(N) % 3
X = features(Y, np.arange(N))
QUICK: dict[str, Any] = {"strengths": (30.0, 3.0), "cv": 3}


def test_the_same_seed_gives_the_same_bits() -> None:
    first, second = (LinearClassifier(random_state=3).fit(X, Y) for _ in range(2))
    assert np.array_equal(first.coefficients_, second.coefficients_)
    assert first.temperature_ == second.temperature_


def test_validation_rows_choose_the_strength_and_folds_calibrate() -> None:
    model = LinearClassifier(**QUICK).fit(X, Y, validation=np.arange(30))
    assert len(model.out_of_sample_.rows) == N
    other = LinearClassifier(**QUICK).fit(X, Y, validation=np.arange(30) + 60)
    assert model.losses_ != other.losses_


def test_many_validation_rows_calibrate_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splits, "_ENOUGH", 30)
    model = LinearClassifier(**QUICK).fit(X, Y, validation=np.arange(30))
    assert np.array_equal(model.out_of_sample_.rows, np.arange(30))


def test_rows_of_no_weight_take_no_part() -> None:
    weights = (np.arange(N) < 100).astype(float)
    weighted = LinearClassifier(**QUICK).fit(X, Y, sample_weight=weights)
    fewer = LinearClassifier(**QUICK).fit(X[:100], Y[:100])
    assert np.array_equal(weighted.coefficients_, fewer.coefficients_)
    assert weighted.out_of_sample_.rows.max() < 100


def test_what_was_given_is_not_changed() -> None:
    kept = X.copy()
    LinearClassifier(**QUICK).fit(X, Y)
    assert np.array_equal(X, kept)


def test_single_precision_stays_single() -> None:
    model = LinearClassifier(**QUICK).fit(X, Y)
    assert model.coefficients_.dtype == model.predict_proba(X).dtype == np.float32


def test_settings_survive_a_clone() -> None:
    model = LinearTagger(strengths=(1.0, 2.0), beta=1.0, blocks=(4, 8), balance=0.5)
    assert clone(model).get_params() == model.get_params()
