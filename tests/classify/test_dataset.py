from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.classify.dataset import assemble, works_mean
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.errors import FeatureError, ModelError
from cartellino.progress import Silent
from cartellino.records import Part
from classify.museum import Museum


def test_pictures_stand_beside_the_works_that_they_show(tmp_path: Path) -> None:
    museum = Museum(tmp_path, works=40)
    label_set = freeze(museum.catalogue, LabelDefinition("school", "school"), Silent())
    found = assemble(museum.catalogue, museum.store, label_set)
    assert (found.backbone_id, found.backbone_hash, found.blocks) == ("made:up", "e" * 64, ())
    assert found.views == (("made:up", 4),)
    for row, owner in zip(found.X, found.owner, strict=True):
        assert row[0] == label_set.works[owner]
    pictures = np.bincount(found.owner, minlength=len(label_set.works))
    assert set(pictures.tolist()) == {1, 2}
    shown = np.concatenate([found.rows(part) for part in Part])
    assert np.array_equal(np.sort(shown), np.arange(len(found.X)))
    assert (label_set.parts[found.owner[found.rows(Part.TRAIN)]] == "train").all()


def test_without_a_picture_nothing_can_be_learnt(tmp_path: Path) -> None:
    museum = Museum(tmp_path, works=40)
    label_set = freeze(museum.catalogue, LabelDefinition("school", "school"), Silent())
    elsewhere = replace(label_set, works=label_set.works + 10_000)
    with pytest.raises(ModelError, match="none of its works has a picture"):
        assemble(museum.catalogue, museum.store, elsewhere)


def test_a_picture_without_features_is_named(tmp_path: Path) -> None:
    museum = Museum(tmp_path, works=40, featured=30)
    label_set = freeze(museum.catalogue, LabelDefinition("school", "school"), Silent())
    with pytest.raises(FeatureError, match="no features yet"):
        assemble(museum.catalogue, museum.store, label_set)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_means_over_pictures(owners: list[int]) -> None:
    owner, values = np.array(owners), np.arange(len(owners) * 2.0).reshape(-1, 2)
    found = works_mean(values, owner, 6)
    for work in range(6):
        if work in owners:
            assert found[work] == pytest.approx(values[owner == work].mean(axis=0))
        else:
            assert np.isnan(found[work]).all()
