"""Recipes described: nothing that may be set is left unexplained."""

from __future__ import annotations

import json

import pytest

from cartellino.classify import recipe as recipes
from cartellino.classify.described import brief, described, listed, settings
from cartellino.classify.families import FAMILIES, family
from cartellino.classify.meanings import meanings
from cartellino.classify.recipe import Recipe


class Documented:
    """Has two forms.

    Settings: `depth`, how deep (0.5 is half; `depth` 0 is flat);
    `width`: how wide, from 1.5 to 2; `kind` is what kind.

    Parameters
    ----------
    one, other : int
        Two numbers
        of a kind.
    last : str
        The last.
    """


def test_meanings_are_read_from_both_forms() -> None:
    told = meanings(Documented)
    assert told["one"] == told["other"] == "Two numbers of a kind."
    assert told["last"] == "The last."
    assert told["width"] == "How wide, from 1.5 to 2."
    assert told["kind"] == "What kind."


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_setting_says_what_it_means(name: str) -> None:
    for told in settings(Recipe("x", name)):
        assert told["meaning"], f"{name}: {told['name']}"


@pytest.mark.parametrize("name", [each["name"] for each in listed()])
def test_every_shipped_recipe_says_what_it_is(name: str) -> None:
    told = next(each for each in listed() if each["name"] == name)
    assert told["summary"].endswith(".")


def test_the_default_recipe_from_settings_to_cost() -> None:
    told = described(recipes.load("linear"), "lite2", 11)
    (view,) = told["sees"]
    assert (view["view"], view["numbers"], view["size"]) == ("lite2:all", 2136, 260)
    assert view["parameters"] == pytest.approx(4.8e6, rel=0.01)  # 6.1 M less the classifier of 1,000 classes
    assert view["multiply_adds"] == pytest.approx(860e6, rel=0.01)  # as its authors say
    assert told["parameters"] == 2137 * 11
    assert told["all_multiply_adds"] == view["multiply_adds"] + 2136 * 11
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_no_family_calls_a_setting_as_all_recipes_call_another(name: str) -> None:
    assert not set(family(name).settings) & set(recipes.COMMON)


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("linear", []),
        ("best", ["more"]),
        ("p2-resnet50-scratch", ["train"]),
        ("p5-words", ["classical"]),
        ("p5-two-steps", ["train"]),
    ],
)
def test_a_recipe_says_which_extras_it_needs_its_members_too(name: str, extras: list[str]) -> None:
    assert described_extras(name) == extras


def described_extras(name: str) -> list[str]:
    told: list[str] = next(each for each in listed() if each["name"] == name)["extras"]
    return told


def test_members_are_told_as_the_recipes_that_they_are_and_what_they_change() -> None:
    assert brief(recipes.load("p5-two-steps").to_dict()["first"]) == {"recipe": "p5-alexnet"}
    own = recipes.load("bagged").changed({"member": {"recipe": "linear", "strengths": [5]}})
    assert brief(own.to_dict()["member"]) == {"recipe": "linear", "strengths": [5.0]}
    alone = recipes.load("bagged").changed({"member": {"family": "linear", "name": "mine", "balance": 0.5}})
    assert brief(alone.to_dict()["member"]) == {"family": "linear", "balance": 0.5}
    assert brief({"a": (1, 2)}) == {"a": [1, 2]}
