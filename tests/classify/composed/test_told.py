from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cartellino.classify.recipe import Recipe, load
from cartellino.errors import InputError
from classify.composed.world import LINEAR, composed


def test_a_member_is_kept_in_full() -> None:
    (member,) = composed("average", members=[LINEAR | {"class_weight": "balanced"}]).settings["members"]
    assert member["family"] == "linear"
    assert member["balance"] == 0.25, "a shipped recipe that changes does not change it"
    assert member["strengths"] == (30.0, 3.0)
    assert "folds" not in member


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"members": [{"recipe": "linear", "strenghts": [1]}]}, "no setting 'strenghts'"),
        ({"members": [{"recipe": "lineal"}]}, "no recipe is called 'lineal'"),
        ({"members": [{"recipe": 3}]}, "should be a name in quotes, not 3"),
        ({"members": [{"recipe": "linear", "folds": 7}]}, "'folds' holds for all members"),
        ({"members": "linear"}, "a list of tables, each a table such as"),
        ({"members": [LINEAR], "weights": [-1]}, "'equal', 'chosen', or a list of numbers"),
        ({"members": [LINEAR], "weights": "some"}, "'equal', 'chosen', or a list of numbers"),
    ],
)
def test_what_is_wrong_is_said(told: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        composed("average", **told)


def test_a_composition_without_members_is_refused_when_it_is_used() -> None:
    with pytest.raises(InputError, match="has to tell of them"):
        _ = composed("average").views


def test_a_tree_is_a_table_or_a_file_that_is_kept_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "tree.csv"
    path.write_text("from,to,reason\nChinese,Asian,part\nJapanese,Asian,part\n", encoding="utf-8")
    told = composed("cascade", tree=str(path), first=LINEAR).settings["tree"]
    assert told == {"Asian": ("Chinese", "Japanese")}
    assert composed("cascade", tree=told, first=LINEAR).settings["tree"] == told
    with pytest.raises(InputError, match="name of a file of merges"):
        composed("cascade", tree={"Asian": "Chinese"})


@pytest.mark.parametrize("name", ["bagged", "folded", "p5-two-steps-linear"])
def test_shipped_compositions_are_recipes(name: str) -> None:
    recipe = load(name)
    assert isinstance(recipe, Recipe)
    assert recipe.changed({}).to_json() == recipe.to_json()
    assert recipe.views == ()
    assert not recipe.looks_at_pictures
