from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cartellino.classify import recipe
from cartellino.classify.families import family
from cartellino.classify.family import Lesson
from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger
from cartellino.classify.recipe import Recipe
from cartellino.errors import InputError


def test_the_shipped_recipe_says_what_the_defaults_are() -> None:
    found = recipe.load("linear")
    assert found == Recipe("linear", summary=found.summary)
    assert found.summary


def test_its_family_has_an_estimator_for_either_kind() -> None:
    found = recipe.load("linear")
    for kind, estimator in {"single": LinearClassifier, "multi": LinearTagger}.items():
        lesson = Lesson(kind, ("a", "b"), seed=3)
        assert type(family(found.family).estimator(found, lesson)) is estimator


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'name = "mine"\nstrengths = [1, 2.5]\nclass_weight = { "Asian Art" = 2 }\n', encoding="utf-8"
    )
    found = recipe.load(str(path))
    assert found.settings["strengths"] == (1.0, 2.5)
    assert found.class_weight == {"Asian Art": 2}
    assert Recipe.from_dict(json.loads(found.to_json()), "there") == found


def test_changed_settings_change_its_json() -> None:
    plain = recipe.load("linear")
    assert plain.changed({"class_weight": "balanced"}).class_weight == "balanced"
    assert plain.changed({"beta": 1}).to_json() != plain.to_json()
    assert plain.changed({}).to_json() == plain.to_json()


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("strenghts", [1], "there is no setting 'strenghts'"),
        ("strengths", [], "a list of numbers above 0"),
        ("strengths", [1, -2], "a list of numbers above 0"),
        ("folds", 1, "a whole number from 2 up"),
        ("folds", True, "a whole number from 2 up"),
        ("choose_on", "test", "'validation' or 'folds'"),
        ("balance", 0.7, "a number from 0 to 0.5"),
        ("class_weight", "heavy", "'none', 'balanced' or a table"),
        ("class_weight", {"a": 0}, "'none', 'balanced' or a table"),
        ("beta", float("nan"), "a number above 0"),
    ],
)
def test_what_a_setting_cannot_be_is_refused_in_words(setting: str, value: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        recipe.load("linear").changed({setting: value})
    assert "linear" in str(refused.value)


def test_no_such_recipe_names_those_there_are() -> None:
    with pytest.raises(InputError, match=r"There are: .*linear"):
        recipe.load("linnear")


def test_a_file_that_is_not_toml_or_has_no_name(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("strengths = [", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        recipe.load(str(path))
    path.write_text("folds = 3", encoding="utf-8")
    with pytest.raises(InputError, match="has no name"):
        recipe.load(str(path))
    with pytest.raises(InputError, match="no such recipe"):
        recipe.load(str(tmp_path / "absent.toml"))
