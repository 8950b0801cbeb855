"""What all heads share, shown on the plainest one: a row belongs to the nearest mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pytest

from cartellino.classify.heads import likelihood, splits
from cartellino.classify.heads.head import Classifier, Head, Tagger
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.scorer import HeadScorer
from cartellino.classify.scorer import Tensors
from classify.world import features

N = 150
Y = np.arange(N) % 3
X = features(Y, np.arange(N))
TAGS = (np.random.default_rng(0).random((N, 3)) < 0.35).astype(int)
T = features(TAGS, np.arange(N))


@dataclass(frozen=True)
class Means(HeadScorer):
    """Scores that fall with the squared distance to a mean; labels against their absence."""

    means: Any
    sharpness: float
    several: bool = False

    @property
    def width(self) -> int:
        return int(self.means.shape[1])

    @property
    def columns(self) -> int:
        return len(self.means) // 2 if self.several else len(self.means)

    def reckon(self, X: Any) -> Any:
        near = -self.sharpness * ((X[:, None] - self.means) ** 2).sum(axis=2)
        return near[:, : self.columns] - near[:, self.columns :] if self.several else near

    def tensors(self) -> dict[str, Any]:
        return {"means": self.means}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        return cls(tensors["means"], about["sharpness"])


class NearestMean(Head):
    def __init__(self, *, sharpness: Sequence[float] = (0.001, 0.1), cv: Any = 3, class_weight: Any = None):
        self.sharpness = sharpness
        self.cv = cv
        self.class_weight = class_weight
        self.random_state = 0
        self.beta = 2.0

    def _candidates(self, material: Material) -> list[dict[str, Any]]:
        return [{"sharpness": each} for each in self.sharpness]

    def _learn(self, material: Material, candidate: Mapping[str, Any]) -> Means:
        shares = material.weights[:, None] * material.table
        if material.several:
            shares = np.hstack([shares, material.weights[:, None] - shares])
        means = (shares.T @ material.X) / shares.sum(axis=0)[:, None]
        return Means(means.astype(material.X.dtype), candidate["sharpness"], material.several)


class MeanClassifier(NearestMean, Classifier):
    pass


class MeanTagger(NearestMean, Tagger):
    pass


def test_the_candidate_that_loses_least_out_of_sample_is_chosen() -> None:
    random = np.random.default_rng(0)
    noisy = random.normal(size=X.shape).astype(np.float32)
    assert MeanClassifier(sharpness=(20.0, 1e-3)).fit(X + 3 * noisy, Y).choice_["sharpness"] in (20.0, 1e-3)
    model = MeanClassifier().fit(X, Y)
    losses = model.choice_["losses"]
    assert losses[MeanClassifier().sharpness.index(model.choice_["sharpness"])] == min(losses)
    assert model.score(X, Y) > 0.8


def test_what_is_said_out_of_sample_is_said_by_models_that_had_not_seen_it() -> None:
    model = MeanClassifier(sharpness=(0.1,), cv=[(np.arange(50, N), np.arange(50))]).fit(X, Y)
    apart = MeanClassifier(sharpness=(0.1,), cv=2).fit(X[50:], Y[50:]).scorer_.scores(X[:50])
    assert np.array_equal(model.out_of_sample_.rows, np.arange(50))
    assert model.out_of_sample_.logits == pytest.approx(apart, abs=1e-5)


def test_the_temperature_calibrates_what_was_said_out_of_sample() -> None:
    model = MeanClassifier(sharpness=(2.0,)).fit(X, Y)

    def loss(temperature: float) -> float:
        told = model.out_of_sample_
        return float(likelihood.log_losses(False, told.logits / temperature, Y[told.rows]).mean())

    assert model.temperature_ > 1.2
    assert all(loss(model.temperature_) < loss(model.temperature_ * other) for other in (0.9, 1.1))
    assert model.predict_proba(X) == pytest.approx(
        likelihood.softmax(model.scorer_.scores(X) / model.temperature_), abs=1e-5
    )


def test_rows_of_one_group_share_a_fold() -> None:
    """Twins with a label of their own: learnt by heart where a twin is left, not where none is."""
    pairs = np.repeat(np.arange(N // 2), 2)
    y = np.random.default_rng(1).integers(0, 2, N // 2)[pairs]
    twins = np.random.default_rng(2).normal(size=(N // 2, 40)).astype(np.float32)[pairs]
    free, bound = (MeanClassifier(cv=5).fit(twins, y, groups=groups) for groups in (None, pairs))
    assert min(free.choice_["losses"]) < min(bound.choice_["losses"])


def test_few_validation_rows_choose_and_folds_calibrate(monkeypatch: pytest.MonkeyPatch) -> None:
    few = MeanClassifier().fit(X, Y, validation=np.arange(30))
    assert len(few.out_of_sample_.rows) == N
    monkeypatch.setattr(splits, "_ENOUGH", 30)
    enough = MeanClassifier().fit(X, Y, validation=np.arange(30))
    assert np.array_equal(enough.out_of_sample_.rows, np.arange(30))
    assert enough.choice_ == few.choice_


def test_without_anything_kept_out_the_middle_candidate_is_taken() -> None:
    model = MeanClassifier(sharpness=(1.0, 2.0, 3.0)).fit(np.eye(2, dtype=np.float32), [0, 1])
    assert (model.choice_, model.temperature_) == ({"sharpness": 2.0}, 1.0)


def test_rows_of_no_weight_take_no_part() -> None:
    weights = (np.arange(N) < 100).astype(float)
    weighted = MeanClassifier().fit(X, Y, sample_weight=weights)
    fewer = MeanClassifier().fit(X[:100], Y[:100])
    assert np.array_equal(weighted.scorer_.means, fewer.scorer_.means)
    assert weighted.out_of_sample_.rows.max() < 100


def test_a_tagger_gives_labels_from_their_thresholds_up() -> None:
    model = MeanTagger().fit(T, TAGS)
    chances = model.predict_proba(T)
    assert np.array_equal(model.predict(T), chances >= model.thresholds_)
    assert chances[TAGS == 1].mean() > chances[TAGS == 0].mean() + 0.15


def test_a_single_label_of_a_tagger_keeps_its_names() -> None:
    model = MeanTagger().fit(T, np.where(TAGS[:, 0], "here", "gone"))
    assert model.predict_proba(T).shape == (N, 2)
    assert set(model.predict(T)) == {"here", "gone"}


@pytest.mark.parametrize("kind", [MeanClassifier, MeanTagger])
def test_one_class_is_refused(kind: Any) -> None:
    with pytest.raises(ValueError, match="only one class"):
        kind().fit(X, np.zeros(N, int))
