from __future__ import annotations

from typing import Any

import pytest

from cartellino.classify.composed.cascading import CascadeFamily
from cartellino.classify.family import Lesson
from cartellino.errors import InputError
from classify.composed.world import LINEAR, composed

LESSON = Lesson("single", ("13", "51", "a", "b", "c", "Asian"), seed=3)


def made(lesson: Lesson = LESSON, **told: Any) -> Any:
    return CascadeFamily().estimator(composed("cascade", **{"first": LINEAR, **told}), lesson)


def test_all_but_those_that_stand_alone_lie_in_the_rest() -> None:
    found = made(alone=["13", "51"])
    assert found.parents == dict.fromkeys(range(2, 6), "other")
    assert made(alone=["13", "51"], rest="Asian").parents == {2: "Asian", 3: "Asian", 4: "Asian", 5: "Asian"}


def test_a_tree_is_told_in_places_and_names() -> None:
    found = made(tree={"World": ["Asian", "13"], "Asian": ["a", "b"]})
    assert found.parents == {"Asian": "World", 0: "World", 2: "Asian", 3: "Asian", 5: "Asian"}


def test_steps_have_recipes_of_their_own() -> None:
    heavy = {**LINEAR, "class_weight": {"other": 3.0, "13": 2.0}}
    found = made(
        alone=["13", "51"], first=heavy, then=LINEAR | {"class_weight": "balanced"}, nodes={"other": LINEAR}
    )
    steps = {name: each.class_weight for name, each, _ in found.members}
    assert steps == {"first": {"other": 3.0, 0: 2.0}, "then": "balanced", "other": None}
    assert found.get_params()["random_state"] == 3


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"alone": ["14"]}, "no class is called '14'"),
        ({"tree": {"A": ["a"], "B": ["a"]}}, "lies in both"),
        ({"tree": {"A": ["z"]}}, "no class lies in anything"),
        ({"alone": ["13"], "nodes": {"Others": LINEAR}}, "no step is called 'Others'"),
        (
            {"alone": ["13"], "first": {**LINEAR, "class_weight": {"Other": 2.0}}},
            "no class is called 'Other'",
        ),
        ({"alone": ["13"], "class_weight": {"13": 2.0}}, "said of each step"),
        ({"alone": ["13"], "first": {}}, "has to tell of them"),
    ],
)
def test_what_is_wrong_is_said(told: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        made(**told)


def test_several_labels_are_refused() -> None:
    with pytest.raises(InputError, match="one label"):
        made(Lesson("multi", LESSON.classes), alone=["13"])
