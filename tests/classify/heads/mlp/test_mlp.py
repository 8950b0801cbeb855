from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cartellino.classify.heads.mlp.mlp import MlpClassifier, MlpTagger
from classify.estimators import assert_passes_every_check
from classify.world import features

N = 150
Y = np.arange(N) % 3
X = features(Y, np.arange(N))
TAGS = (np.random.default_rng(0).random((N, 3)) < 0.35).astype(int)
T = features(TAGS, np.arange(N))
QUICK: dict[str, Any] = {"widths": (24,), "epochs": (10, 30), "rate": 0.01, "cv": 3}


@pytest.mark.slow
@pytest.mark.parametrize("kind", [MlpClassifier, MlpTagger])
def test_it_is_an_estimator_as_scikit_learn_understands_it(kind: Any) -> None:
    """All rows in one step: no order of rows is the same for a row and for its copies."""
    unthresholded = {"beta": None} if kind is MlpTagger else {}
    quick = {"widths": (8,), "epochs": (20,), "rate": 0.03, "cv": 2}
    assert_passes_every_check(kind(batch=1000, **quick, **unthresholded))


def test_it_learns_what_no_straight_line_tells() -> None:
    rows = np.random.default_rng(0).normal(size=(300, 2)).astype(np.float32)
    inside = (np.linalg.norm(rows, axis=1) < 1.2).astype(int)
    model = MlpClassifier(**QUICK).fit(rows, inside)
    assert np.mean(model.out_of_sample_.logits.argmax(axis=1) == inside) > 0.9


@pytest.mark.parametrize("loss", ["bce", "focal", "asymmetric", "softmax"])
def test_a_tagger_learns_by_every_loss(loss: str) -> None:
    model = MlpTagger(**QUICK, loss=loss).fit(T, TAGS)
    chances = model.predict_proba(T)
    assert chances[TAGS == 1].mean() > chances[TAGS == 0].mean() + 0.15


@pytest.mark.parametrize("loss", ["focal", "asymmetric"])
def test_losses_that_skew_probabilities_are_straightened(loss: str) -> None:
    chances = MlpTagger(**QUICK, loss=loss).fit(T, TAGS).predict_proba(features(TAGS, np.arange(N), seed=0))
    assert chances.mean(axis=0) == pytest.approx(TAGS.mean(axis=0), abs=0.1)


def test_when_to_stop_is_chosen_out_of_sample() -> None:
    """Nothing to learn: the sooner the better. Much to learn: not at once."""
    noise = np.random.default_rng(1).integers(0, 3, N)
    assert MlpClassifier(**{**QUICK, "epochs": (1, 60)}).fit(X, noise).choice_["epochs"] == 1
    assert MlpClassifier(**{**QUICK, "epochs": (1, 30)}, decay=0).fit(X, Y).choice_["epochs"] == 30


def test_members_are_drawn_differently_and_averaged() -> None:
    model = MlpClassifier(**QUICK, members=3).fit(X, Y)
    first, second, third = (each.scores(model.scorer_.projection.apply(X)) for each in model.scorer_.members)
    assert not np.allclose(first, second)
    assert model.scorer_.scores(X) == pytest.approx((first + second + third) / 3, abs=1e-4)


def test_the_same_seed_gives_the_same_bits() -> None:
    first, second = (MlpClassifier(**QUICK, random_state=4).fit(X, Y) for _ in range(2))
    assert np.array_equal(first.scorer_.scores(X), second.scorer_.scores(X))


def test_an_unknown_loss_is_refused() -> None:
    with pytest.raises(ValueError, match="'bce' or 'focal'"):
        MlpTagger(**QUICK, loss="hinge").fit(T, TAGS)
