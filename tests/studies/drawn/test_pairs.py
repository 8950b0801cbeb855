"""Mistakes beside what they look like: which, found how, and told in whose words."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import cartellino
from cartellino.collection import Collection
from cartellino.model import Model
from cartellino.records import Part
from cartellino.studies.drawn import alike
from cartellino.studies.drawn.confused import Mistake, confused_most, said_of, surest
from cartellino.studies.drawn.drawings import drawings
from cartellino.studies.run import Tabled


@pytest.fixture(scope="module")
def model(tabled: Tabled) -> Model:
    return tabled.rows[0].models[0]


def mistakes(museum: Collection, model: Model) -> list[Mistake]:
    dataset = museum.dataset(model.label_set, model.trained.recipe)
    return surest(model.label_set, said_of(model, dataset, model.label_set.of(Part.TEST)), (0, 1))


def test_captions_tell_the_catalogue_from_the_model_and_say_that_it_guesses(
    museum: Collection, tabled: Tabled
) -> None:
    (drawing,) = [each for each in drawings(museum, [tabled])["Who is shown"] if each.name.endswith("pairs")]
    told = [text.get_text() for text in drawing.figure.texts]
    assert {"catalogued as Men", "catalogued as Women"} <= set(told)
    assert any(line.startswith("the model says: ") for line in told)
    assert f"by the collection’s features ({museum.backbone.id})" in drawing.data
    assert "What the model says of ‘Men’ and ‘Women’ is a guess that was measured here" in drawing.data
    assert len(drawing.figure.axes) in (2, 4)
    assert any("…" in line for line in told)


def test_a_mistake_is_a_test_work_beside_one_that_was_learnt_from_as_what_it_was_taken_for(
    museum: Collection, model: Model
) -> None:
    found, label_set = mistakes(museum, model), model.label_set
    dataset = museum.dataset(label_set, model.trained.recipe)
    said = said_of(model, dataset, label_set.of(Part.TEST))
    assert found
    for like in (
        alike.by_features(museum, label_set, found),
        alike.by_probabilities(model, dataset, said, found),
    ):
        assert set(like) == {each.work for each in found}
        for each in found:
            assert label_set.parts[each.work] == Part.TEST
            assert label_set.truth[each.work] == each.catalogued != each.labelled
            assert label_set.parts[like[each.work]] == Part.TRAIN
            assert label_set.truth[like[each.work]] == each.labelled


def test_by_features_it_is_the_nearest_and_by_probabilities_what_was_said_most_alike(
    museum: Collection, model: Model
) -> None:
    label_set = model.label_set
    dataset = museum.dataset(label_set, model.trained.recipe)
    each = mistakes(museum, model)[0]
    learnt = np.flatnonzero((label_set.parts == "train") & (label_set.truth == each.labelled))
    unit = dataset.X / np.linalg.norm(dataset.X, axis=1, keepdims=True)
    ours = unit[dataset.owner == each.work]
    near = {int(work): float((unit[dataset.owner == work] @ ours.T).max()) for work in learnt}
    assert alike.by_features(museum, label_set, [each])[each.work] == max(near, key=lambda work: near[work])
    said = said_of(model, dataset, np.array([each.work, *learnt]))
    apart = {int(work): float(np.abs(said[int(work)] - said[each.work]).sum()) for work in learnt}
    like = alike.by_probabilities(model, dataset, said, [each])[each.work]
    assert apart[like] == pytest.approx(min(apart.values()))  # of two classes every distance orders alike


def test_a_collection_without_features_finds_nothing_by_them(
    museum: Collection, model: Model, tmp_path: Path
) -> None:
    found = mistakes(museum, model)
    bare = tmp_path / "bare"
    shutil.copytree(museum.folder, bare, ignore=shutil.ignore_patterns("features"))
    with cartellino.open(bare) as without:
        assert alike.by_features(without, model.label_set, found) == {}


@given(arrays(np.int64, (5, 5), elements=st.integers(0, 9)), st.integers(1, 12))
def test_the_pairs_are_those_that_cost_most(matrix: np.ndarray, most: int) -> None:
    found = confused_most(matrix, most)
    costs = [int(matrix[one, other] + matrix[other, one]) for one, other in found]
    assert costs == sorted(costs, reverse=True)
    assert all(cost > 0 for cost in costs)
    assert len({frozenset(pair) for pair in found}) == len(found) <= most
    left = [matrix[i, j] + matrix[j, i] for i in range(5) for j in range(i) if {i, j} not in map(set, found)]
    assert len(found) < most or not left or max(left) <= costs[-1]
    assert len(found) == most or not any(left)
    assert all(matrix[one, other] >= matrix[other, one] for one, other in found)
