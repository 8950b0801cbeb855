from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.kernel_ridge import KernelRidge
from sklearn.model_selection import GridSearchCV

from cartellino.classify.heads.kernel.kernel import KernelClassifier, KernelTagger
from classify.estimators import assert_passes_every_check
from classify.world import features

N = 150
Y = np.arange(N) % 3
X = features(Y, np.arange(N))
NAMES = np.array(["Asian Art", "Arms", "European Paintings"])[Y]
TAGS = (np.random.default_rng(0).random((N, 3)) < 0.35).astype(int)
T = features(TAGS, np.arange(N))
FRESH = features(Y, np.arange(N), noise=1.3, seed=0)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [KernelClassifier(), KernelTagger(beta=None)])
def test_it_is_an_estimator_as_scikit_learn_understands_it(kind: Any) -> None:
    assert_passes_every_check(kind)


def test_it_is_scikit_learns_kernel_ridge_regression() -> None:
    """The same function, but for the intercept, which is its targets' mean here by construction."""
    told = X[:, :-1].astype(float)
    apart = (told - told.mean(axis=0)) / told.std(axis=0) / np.sqrt(2 * told.shape[1])
    model = KernelClassifier(gammas=(3.0,), strengths=(0.5,)).fit(told, Y)
    shares = np.log(np.logaddexp(0, _ridge(apart, np.where(Y[:, None] == np.arange(3), 1.0, -1.0))))
    assert model.scorer_.reckon(told) == pytest.approx(shares, abs=1e-5)


def _ridge(rows: Any, targets: Any) -> Any:
    """Shares over a tenth, by centring the kernel as an intercept does."""
    plain = np.exp(-3.0 * ((rows[:, None] - rows) ** 2).sum(axis=2))
    centred = plain - plain.mean(axis=0) - plain.mean(axis=1)[:, None] + plain.mean()
    model = KernelRidge(alpha=0.5, kernel="precomputed").fit(centred, targets - targets.mean(axis=0))
    return (model.predict(centred) + targets.mean(axis=0) + 1) / 2 / 0.1


def test_rings_that_no_plane_parts_are_told_apart() -> None:
    random = np.random.default_rng(0)
    angle, y = random.uniform(0, 2 * np.pi, 200), np.arange(200) % 2
    rings = ((1 + y) * [np.cos(angle), np.sin(angle)]).T + random.normal(0, 0.1, (200, 2))
    model = KernelClassifier(gammas=(4.0,)).fit(rings[:120], y[:120])
    assert model.score(rings[120:], y[120:]) > 0.95


def test_probabilities_and_labels_agree() -> None:
    model = KernelClassifier().fit(X, NAMES)
    chances = model.predict_proba(FRESH)
    assert chances.sum(axis=1) == pytest.approx(np.ones(N), abs=1e-5)
    assert np.array_equal(model.predict(FRESH), model.classes_[chances.argmax(axis=1)])
    assert model.score(FRESH, NAMES) > 0.6


def test_several_labels_come_with_thresholds_of_their_own() -> None:
    model = KernelTagger().fit(T, TAGS)
    assert np.array_equal(model.predict(T), (model.predict_proba(T) >= model.thresholds_).astype(int))
    assert ((model.predict_proba(T) > 0.5) == TAGS).mean() > 0.8


def test_gamma_and_strength_are_chosen_out_of_sample() -> None:
    model = KernelClassifier(gammas=(1.0, 500.0), strengths=(0.1, 1e4)).fit(X, Y)
    assert (model.choice_["gamma"], model.choice_["strength"]) == (1.0, 0.1)
    assert len(model.choice_["losses"]) == 4
    assert sorted(model.out_of_sample_.rows) == list(range(N))


def test_what_is_said_out_of_sample_was_not_learnt_from() -> None:
    """Labels drawn by lot cannot be told of rows that were kept out, but of rows that were learnt from."""
    lots = np.random.default_rng(3).integers(0, 3, N)
    model = KernelClassifier(gammas=(20.0,), strengths=(0.01,)).fit(X, lots)
    assert (model.out_of_sample_.logits.argmax(axis=1) == lots).mean() < 0.5
    assert model.score(X, lots) > 0.9


def test_fewer_landmarks_than_rows_do_nearly_as_well() -> None:
    whole, part = (KernelClassifier(landmarks=most).fit(X, Y) for most in (N, 40))
    assert len(part.scorer_.landmarks) == 40
    assert part.score(FRESH, Y) > whole.score(FRESH, Y) - 0.08


def test_a_row_twice_is_a_row_of_twice_the_weight() -> None:
    twice = np.concatenate([np.arange(N), np.arange(50)])
    weights = np.where(np.arange(N) < 50, 2.0, 1.0)
    split = [(np.arange(100), np.arange(100, N))]
    kept = [(np.concatenate([np.arange(100), np.arange(N, N + 50)]), np.arange(100, N))]
    heavy = KernelClassifier(cv=split).fit(X.astype(float), Y, sample_weight=weights)
    double = KernelClassifier(cv=kept).fit(X[twice].astype(float), Y[twice])
    assert heavy.predict_proba(FRESH) == pytest.approx(double.predict_proba(FRESH), abs=1e-5)


def test_balanced_weights_find_more_of_a_rare_label() -> None:
    rare = np.flatnonzero((Y != 0) | (np.arange(N) < 20))
    plain, balanced = (KernelClassifier(class_weight=w).fit(X[rare], Y[rare]) for w in (None, "balanced"))
    assert (balanced.predict(FRESH) == 0).sum() > (plain.predict(FRESH) == 0).sum()
    tags = [KernelTagger(class_weight=w, beta=None).fit(T, TAGS) for w in (None, {0: 9.0})]
    more = [model.predict_proba(T).mean(axis=0) for model in tags]
    assert more[1][0] > more[0][0]
    assert more[1][1:] == pytest.approx(more[0][1:], abs=0.05)


def test_blocks_have_the_same_say() -> None:
    noise = np.random.default_rng(0).normal(0, 1, (N, 400)).astype(np.float32)
    wide, fresh = np.hstack([X[:, :4], noise]), np.hstack([FRESH[:, :4], noise[::-1]])
    alone, even = (KernelClassifier(blocks=told).fit(wide, Y).score(fresh, Y) for told in ((), (4, 400)))
    assert even > alone + 0.1


def test_grids_take_it() -> None:
    search = GridSearchCV(KernelClassifier(), {"gammas": [(0.5,), (1.0,)]}, cv=2).fit(X, NAMES)
    assert search.best_score_ > 0.6


@pytest.mark.parametrize("kind", [KernelClassifier, KernelTagger])
def test_one_class_is_refused(kind: Any) -> None:
    with pytest.raises(ValueError, match="only one class"):
        kind().fit(X, np.zeros(N, int))


def test_of_strengths_that_calibrate_alike_the_weakest_is_taken() -> None:
    told = {"strengths": (0.1, 0.0999, 1e4)}
    model = KernelClassifier(**told).fit(X, Y)
    assert model.choice_["strength"] == 0.0999
    assert KernelClassifier(strengths=(0.0999,)).fit(X, Y).out_of_sample_.logits == pytest.approx(
        model.out_of_sample_.logits
    )
