"""Evaluating a trained model on its test works."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cartellino.classify.dataset import Dataset
from cartellino.classify.trained import TrainedModel
from cartellino.errors import LabelError, ModelError
from cartellino.evaluate import report
from cartellino.evaluate.drawings import drawings
from cartellino.evaluate.evaluate import evaluate, said_by
from cartellino.records import Part

from .labelled import dataset, label_set, trained


@pytest.fixture(scope="module", params=["single", "multi"])
def learnt(request: pytest.FixtureRequest) -> tuple[TrainedModel, Dataset]:
    held = dataset(request.param)
    return trained(held), held


def test_works_are_counted_and_not_pictures(learnt: tuple[TrainedModel, Dataset]) -> None:
    model, held = learnt
    found = evaluate(model, held)
    tested = held.label_set.of(Part.TEST)
    assert found["works"] == len(tested)
    assert found["pictures"] == np.isin(held.owner, tested).sum() > len(tested)
    assert found["figures"]["top_1"]["of"] == len(tested)


def test_only_the_works_of_the_part_count(learnt: tuple[TrainedModel, Dataset]) -> None:
    model, held = learnt
    before = evaluate(model, held)
    spoilt = np.array(held.X)
    spoilt[~np.isin(held.owner, held.label_set.of(Part.TEST))] = 1e3
    assert evaluate(model, replace(held, X=spoilt)).as_dict() == before.as_dict()


def test_a_part_that_is_not_the_test_is_called_what_it_is(learnt: tuple[TrainedModel, Dataset]) -> None:
    found = evaluate(*learnt, part=Part.TRAIN)
    assert found["part"] == "train"
    assert "not a test" in found["part_in_words"]
    assert "test works" not in found["headline"]


def test_a_model_of_another_label_set_is_refused(learnt: tuple[TrainedModel, Dataset]) -> None:
    model, held = learnt
    other = replace(held, label_set=replace(held.label_set, hash="ef" * 32))
    with pytest.raises(ModelError, match="learnt another label set"):
        evaluate(model, other)


def test_a_part_without_works_is_named(learnt: tuple[TrainedModel, Dataset]) -> None:
    model, held = learnt
    parts = np.where(held.label_set.parts == "test", "train", held.label_set.parts)
    with pytest.raises(LabelError, match="no test works"):
        evaluate(model, replace(held, label_set=replace(held.label_set, parts=parts)))


def test_works_without_a_picture_are_counted_apart(learnt: tuple[TrainedModel, Dataset]) -> None:
    model, held = learnt
    first = held.owner != held.label_set.of(Part.TEST)[0]
    found = evaluate(model, replace(held, X=held.X[first], owner=held.owner[first]))
    assert found["pictureless"] == 1
    assert found["works"] == len(held.label_set.of(Part.TEST)) - 1
    assert "1 work without a readable picture could not be asked." in found["summary"]


def test_a_work_is_what_its_pictures_say_on_average(learnt: tuple[TrainedModel, Dataset]) -> None:
    from cartellino.classify.predict import predict_pictures

    model, held = learnt
    works = held.label_set.of(Part.TEST)[:3]
    said = said_by(model, held, works)
    for place, work in enumerate(works):
        mine = predict_pictures(model, held.X[held.owner == work])
        assert said.probabilities[place] == pytest.approx(mine.mean(axis=0), abs=1e-5)


def test_a_model_that_has_learnt_something_shows_it(learnt: tuple[TrainedModel, Dataset]) -> None:
    found = evaluate(*learnt)
    assert found["figures"]["top_1"]["value"] > 0.6
    assert found["figures"]["top_1"]["low"] < found["figures"]["top_1"]["value"]


def test_the_same_seed_gives_the_same_evaluation_and_page(learnt: tuple[TrainedModel, Dataset]) -> None:
    one, other = evaluate(*learnt, seed=4), evaluate(*learnt, seed=4)
    assert one.as_dict() == other.as_dict()
    assert report.page(one, drawings(one)) == report.page(other, drawings(other))


def test_thresholds_are_said_for_several_labels_only(learnt: tuple[TrainedModel, Dataset]) -> None:
    found = evaluate(*learnt)
    thresholds = [each["threshold"] for each in found["classes"]]
    if found["kind"] == "multi":
        assert thresholds == pytest.approx(list(learnt[0].thresholds))
    else:
        assert thresholds == [None] * 4


def test_label_sets_for_tests_are_what_they_seem() -> None:
    assert len(label_set(works=80).of(Part.TEST)) == 16
