"""Cross-validation with the care of a split."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cartellino.classify import train as training
from cartellino.classify.dataset import Dataset
from cartellino.errors import InputError, LabelError
from cartellino.evaluate.folds import cross_validate
from cartellino.records import Part

from .labelled import dataset, recipe


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_every_work_is_judged_once(kind: str) -> None:
    held = dataset(kind)
    found = cross_validate(held, recipe(), k=3, seed=1)
    assert found["works"] == len(held.label_set.works)
    assert found["part"] == "folds"
    assert sum(found["folds"]["works"]) == found["works"]
    assert "cross-validated works" in found["headline"]
    for row in found["folds"]["figures"]:
        assert len(row["values"]) == 3
        assert row["mean"] == pytest.approx(np.mean(row["values"]))
        assert row["low"] <= row["mean"] <= row["high"]


def test_the_mean_over_folds_is_that_of_the_works_when_folds_are_even() -> None:
    found = cross_validate(dataset(), recipe(), k=4, seed=1)
    right = found["folds"]["figures"][0]
    assert right["name"] == "right label"
    weights = found["folds"]["works"]
    assert np.average(right["values"], weights=weights) == pytest.approx(found["figures"]["top_1"]["value"])


def test_nothing_is_learnt_from_a_work_or_its_kin_that_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    real = training.train

    def watched(held: Dataset, *arguments: Any, **options: Any) -> Any:
        seen.append(held.label_set)
        return real(held, *arguments, **options)

    monkeypatch.setattr(training, "train", watched)
    held = dataset(kin=2)
    cross_validate(held, recipe(), k=3, seed=0)
    judged = np.concatenate([each.of(Part.TEST) for each in seen])
    assert sorted(judged) == list(range(len(held.label_set.works)))
    for each in seen:
        kin = [set(each.kin[each.of(part)]) for part in (Part.TRAIN, Part.VALIDATION, Part.TEST)]
        assert all(kin)
        assert not kin[0] & kin[1]
        assert not (kin[0] | kin[1]) & kin[2]


def test_folds_that_were_fixed_beforehand_are_kept() -> None:
    held = dataset()
    fixed = np.arange(len(held.label_set.works)) // 4 % 2
    found = cross_validate(held, recipe(), assigned=fixed)
    assert found["folds"]["works"] == np.bincount(fixed).tolist()


def test_the_parts_of_the_label_set_do_not_matter() -> None:
    held = dataset()
    other = replace(held, label_set=replace(held.label_set, parts=held.label_set.parts[::-1]))
    one, two = (cross_validate(each, recipe(), k=2, seed=0) for each in (held, other))
    assert one["figures"] == two["figures"]


def test_works_without_a_picture_are_left_out() -> None:
    held = dataset()
    shown = held.owner > 4
    found = cross_validate(replace(held, X=held.X[shown], owner=held.owner[shown]), recipe(), k=2)
    assert (found["works"], found["pictureless"]) == (75, 5)


def test_one_fold_is_refused() -> None:
    with pytest.raises(InputError, match="one fold"):
        cross_validate(dataset(), recipe(), k=1)


def test_a_class_of_one_kin_is_named() -> None:
    held = dataset()
    kin = np.where(held.label_set.truth == 2, 999, held.label_set.kin)
    with pytest.raises(LabelError, match="Arms and Armor"):
        cross_validate(replace(held, label_set=replace(held.label_set, kin=kin)), recipe(), k=3)


def test_progress_tells_the_folds() -> None:
    class Told:
        said: list[Any]

        def __init__(self) -> None:
            self.said = []

        def start(self, task: str, total: int | None = None, unit: str = "") -> None:
            self.said.append((task, total, unit))

        def advance(self, count: int = 1) -> None:
            self.said.append(count)

        def finish(self) -> None:
            self.said.append("done")

    told = Told()
    cross_validate(dataset(), recipe(), k=2, seed=0, progress=told)
    assert told.said == [("Cross-validating", 2, "fold"), 1, 1, "done"]
