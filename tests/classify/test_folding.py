"""What folds share: nothing is learnt from a work, or its kin, before it is asked about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cartellino.classify.folding import folds_of, learn_without, out_of_fold
from cartellino.errors import LabelError
from cartellino.records import Part
from evaluate.labelled import dataset, label_set, recipe


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_every_work_with_a_picture_is_asked_about_and_mostly_known(kind: str) -> None:
    held = dataset(kind)
    shown = held.owner != 3
    said = out_of_fold(replace(held, X=held.X[shown], owner=held.owner[shown]), recipe(), k=4, seed=1)
    assert np.isnan(said[3]).all()
    known = np.delete(np.arange(80), 3)
    assert np.isfinite(said[known]).all()
    if kind == "single":
        assert said[known].sum(axis=1) == pytest.approx(1.0)
        assert (said[known].argmax(axis=1) == held.label_set.truth[known]).mean() > 0.8


def test_a_wrong_label_is_not_believed_because_nothing_was_learnt_from_it() -> None:
    held = dataset()
    truth = held.label_set.truth.copy()
    right, truth[5] = int(truth[5]), (truth[5] + 1) % 4
    said = out_of_fold(replace(held, label_set=replace(held.label_set, truth=truth)), recipe(), k=4)
    assert said[5].argmax() == right


def test_kin_of_a_work_that_is_asked_about_is_asked_about_too() -> None:
    held = label_set(kin=2)
    fold = folds_of(held, 4, 0)
    assert all(len(set(fold[held.kin == group])) == 1 for group in np.unique(held.kin))
    asked = fold == 2
    _, parted = learn_without(dataset(kin=2), recipe(), asked, 0)
    parts = parted.label_set.parts
    assert (parts[asked] == str(Part.TEST)).all()
    assert set(parts[~asked]) == {str(Part.TRAIN), str(Part.VALIDATION)}
    learnt, chosen = (set(held.kin[parts == str(part)]) for part in (Part.TRAIN, Part.VALIDATION))
    assert not learnt & chosen


def test_a_class_in_one_fold_is_refused_by_name() -> None:
    held = label_set()
    with pytest.raises(LabelError, match="all works of European Paintings are kin"):
        folds_of(replace(held, kin=np.where(held.truth == 1, 500, held.kin)), 4, 0)
