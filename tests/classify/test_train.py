from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cartellino.classify.predict import predict_pictures
from cartellino.classify.train import train
from cartellino.curate.definition import LabelDefinition
from cartellino.errors import InputError, LabelError, ModelError
from classify.world import CLASSES, dataset, label_set, recipe


class Counting:
    """Progress that counts."""

    def __init__(self) -> None:
        self.tasks: list[str] = []
        self.passes = self.finished = 0

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.tasks.append(task)

    def advance(self, count: int = 1) -> None:
        self.passes += count

    def finish(self) -> None:
        self.finished += 1


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_a_model_that_knows_where_it_came_from(kind: str) -> None:
    data = dataset(kind)
    model = train(data, recipe(), seed=7)
    assert (model.kind, model.classes, model.backbone_hash) == (kind, CLASSES, "cd" * 32)
    assert model.scorer.tensors()["coefficients"].shape == (13, 3)
    assert model.provenance.seed == 7
    assert model.provenance.label_set == "department@2"
    assert model.provenance.label_set_hash == data.label_set.hash
    assert "numpy" in model.provenance.libraries
    assert model.works == {"train": 90, "validation": 30, "calibration": 30, "test": 30}
    assert (model.thresholds is None) == (kind == "single")


def test_works_not_seen_are_mostly_labelled_rightly() -> None:
    data = dataset()
    model = train(data, recipe())
    rows = data.rows("test")
    given = predict_pictures(model, data.X[rows]).argmax(axis=1)
    assert np.mean(given == data.label_set.truth[data.owner[rows]]) > 0.8


def test_calibration_and_test_works_are_not_looked_at() -> None:
    data = dataset()
    spoilt = data.X.copy()
    rows = data.rows("calibration", "test")
    spoilt[rows] = np.random.default_rng(0).normal(50, 9, (len(rows), 12))
    first, second = train(data, recipe()), train(replace(data, X=spoilt), recipe())
    assert np.array_equal(first.scorer.tensors()["coefficients"], second.scorer.tensors()["coefficients"])
    assert first.temperature == second.temperature


def test_the_grid_is_of_works_learnt_from_said_out_of_sample() -> None:
    model = train(dataset(), recipe())
    assert model.grid.shape == model.grid_correct.shape == (120,)
    assert abs(model.grid.mean() - model.grid_correct.mean()) < 0.1


def test_the_same_seed_gives_the_same_model() -> None:
    first, second = (train(dataset("multi"), recipe(), seed=3) for _ in range(2))
    assert np.array_equal(first.scorer.tensors()["coefficients"], second.scorer.tensors()["coefficients"])
    assert np.array_equal(first.grid, second.grid)
    assert first.choice == second.choice


def test_a_picture_more_of_a_work_gives_it_no_more_weight() -> None:
    data = dataset()
    rows = np.sort(np.concatenate([np.arange(len(data.X)), np.flatnonzero(data.owner % 5 == 0)]))
    doubled = replace(data, X=data.X[rows], owner=data.owner[rows])
    alone, crowded = (train(each, recipe(strengths=[10]), seed=1) for each in (data, doubled))
    again = predict_pictures(crowded, data.X)
    assert predict_pictures(alone, data.X) == pytest.approx(again, abs=0.03)


def test_kin_are_not_asked_about_each_other() -> None:
    """Pairs of works with one picture between them: only with kin together is what is said of them honest."""
    held = label_set(works=240, kin=np.arange(240) // 2)
    random = np.random.default_rng(0)
    X = np.repeat(random.normal(size=(120, 60)), 2, axis=0).astype(np.float32)
    paired = replace(
        held,
        truth=np.repeat(random.integers(0, 3, 120), 2),
        parts=np.where((np.arange(240) // 2) % 4 == 3, "validation", "train"),
    )
    data = replace(dataset(works=240), X=X, owner=np.arange(240), label_set=paired, blocks=())
    honest = train(data, recipe(strengths=[1e-3]))
    loose = train(replace(data, label_set=replace(paired, kin=np.arange(240))), recipe(strengths=[1e-3]))
    assert honest.grid_correct.mean() < 0.5 < 0.7 < loose.grid_correct.mean()


def test_class_weights_by_label() -> None:
    plain = train(dataset(), recipe(strengths=[100]))
    heavy = train(dataset(), recipe(strengths=[100], class_weight={"Asian Art": 20}))
    X = dataset().X
    means = [predict_pictures(model, X)[:, 0].mean() for model in (plain, heavy)]
    assert means[1] > means[0] + 0.05
    with pytest.raises(InputError, match="no class is called 'Asia'"):
        train(dataset(), recipe(class_weight={"Asia": 2}))


def test_folds_choose_where_there_is_no_validation_part() -> None:
    parts = np.where(label_set().parts == "validation", "train", label_set().parts)
    data = dataset(parts=parts)
    with pytest.raises(LabelError, match="choose_on=folds"):
        train(data, recipe())
    assert train(data, recipe(choose_on="folds")).works["validation"] == 0


def test_progress_is_told_of_every_pass() -> None:
    told = Counting()
    model = train(dataset(), recipe(), progress=told)
    assert told.tasks == ["Learning department@2"]
    assert told.finished == 1
    assert 0 < told.passes <= model.choice["passes"]


def refused(**changes: Any) -> str:
    with pytest.raises((LabelError, ModelError)) as found:
        train(dataset(**changes), recipe())
    return str(found.value)


def test_one_class_is_refused_in_words() -> None:
    said = refused(classes=CLASSES[:1], truth=np.zeros(180, np.int64))
    assert "there is only one class" in said
    assert "--min-works" in said


def test_an_empty_train_part_is_refused_in_words() -> None:
    assert "the train part has no work with a picture" in refused(parts=np.full(180, "test"))


def test_a_class_without_train_works_is_named() -> None:
    truth = np.where(label_set().parts == "test", 2, np.arange(180) % 2)
    assert "no train work with a picture has 'European Paintings'" in refused(truth=truth)


def test_features_that_are_not_numbers_are_refused() -> None:
    data = dataset()
    data.X[0, 0] = np.nan
    with pytest.raises(ModelError, match="a feature is not a number"):
        train(data, recipe())


def test_without_a_validation_part_folds_choose_the_strength() -> None:
    data = dataset()
    definition = LabelDefinition("department", "department", ratios={"train": 0.8, "test": 0.2})
    parts = np.where(data.label_set.parts == "test", "test", "train")
    alone = replace(data, label_set=replace(data.label_set, definition=definition, parts=parts))
    model = train(alone, recipe())
    assert model.recipe.choose_on == "folds"
    assert model.works["validation"] == 0
    rows = alone.rows("test")
    given = predict_pictures(model, data.X[rows]).argmax(axis=1)
    assert np.mean(given == data.label_set.truth[data.owner[rows]]) > 0.8
