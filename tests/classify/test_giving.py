from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify import recipe
from cartellino.classify.giving import Giving, kind_of
from cartellino.classify.train import train
from cartellino.errors import InputError
from cartellino.evaluate.evaluate import said_by
from classify.world import CLASSES, dataset
from classify.world import recipe as quick

LABELS = ("culture::Dutch", "culture::French", "culture::Thai", "tag::birds", "tag::men")
KINDS = ("culture",) * 3 + ("tag",) * 2


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 3), st.booleans())
def test_caps_keep_the_likeliest_of_a_kind(seed: int, most: int, at_least_one: bool) -> None:
    chances = np.random.default_rng(seed).random((6, 5)).round(1)
    chosen = Giving(KINDS, most={"culture": most}, at_least_one=at_least_one).chosen(chances, np.full(5, 0.5))
    above = chances >= 0.5
    assert (chosen[:, :3].sum(axis=1) == np.minimum(above[:, :3].sum(axis=1), most)).all() or at_least_one
    assert (chosen[:, :3].sum(axis=1) <= most).all()
    assert (chosen[:, 3:] <= above[:, 3:]).all() or at_least_one
    for row, given_ in zip(chances[:, :3], chosen[:, :3], strict=True):
        if given_.any() and not given_.all():
            assert row[given_].min() >= row[~given_].max()
    assert (chosen.any(axis=1) == (above.any(axis=1) | at_least_one)).all()


def test_thresholds_are_tuned_fixed_or_told_for_a_kind() -> None:
    random = np.random.default_rng(0)
    chances = random.random((200, 5))
    truth = (random.random((200, 5)) < chances).astype(np.uint8)
    assert Giving(KINDS, threshold=0.2).thresholds(chances, truth) == pytest.approx([0.2] * 5)
    imet = Giving(KINDS, fixed={"culture": 0.28, "tag": 0.1}).thresholds(chances, truth)
    assert imet == pytest.approx([0.28] * 3 + [0.1] * 2)
    half = Giving(KINDS, fixed={"tag": 0.1}).thresholds(chances, truth)
    assert half[:3] == pytest.approx(Giving(KINDS).thresholds(chances, truth)[:3])
    before = Giving(KINDS, threshold=0.2, before=True).thresholds(chances, truth, temperature=0.5)
    assert before == pytest.approx([1 / 17] * 5)  # odds of 1 to 4, squared
    works = Giving(KINDS, tune_for="works").thresholds(chances, truth)
    assert not np.allclose(works, Giving(KINDS).thresholds(chances, truth))


@pytest.mark.parametrize(("label", "kind"), [("culture::Dutch", "culture"), ("birds", ""), ("a::b::c", "a")])
def test_the_kind_stands_before_the_colons(label: str, kind: str) -> None:
    assert kind_of(label) == kind


def test_a_recipe_tells_kinds_by_a_table() -> None:
    told = recipe.load("linear").changed({"kinds": {"birds": "tag"}, "most": {"tag": 2, "culture": 1}})
    assert Giving.of(told, ("birds", "culture::Dutch")).kinds == ("tag", "culture")


@pytest.mark.parametrize(
    ("key", "table"),
    [("most", {"cultures": 3}), ("thresholds", {"x": 0.5}), ("kinds", {"Dutsch": "culture"})],
)
def test_names_that_there_are_not_are_refused(key: str, table: Any) -> None:
    with pytest.raises(InputError, match="there is no"):
        Giving.of(recipe.load("linear").changed({key: table}), LABELS)


def test_a_model_gives_labels_as_its_recipe_says() -> None:
    told = dataset("multi")
    works = np.arange(len(told.label_set.works))
    kinds = dict.fromkeys(CLASSES, "department")
    free, capped, sure, low = (
        said_by(train(told, quick(**changes)), told, works).chosen.sum(axis=1)
        for changes in (
            {},
            {"most": {"department": 1}, "kinds": kinds},
            {"threshold": 0.99, "at_least_one": True},
            {"threshold": 0.01},
        )
    )
    assert free.max() > 1
    assert capped.max() == 1
    assert (sure >= 1).all()
    assert sure.mean() < free.mean() < low.mean()
