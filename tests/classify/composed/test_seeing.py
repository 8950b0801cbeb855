from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cartellino.classify.composed.family import AverageFamily, ViewsFamily
from cartellino.classify.composed.seeing import columns_of, lesson_of
from cartellino.classify.family import Lesson
from cartellino.errors import InputError
from classify.composed.world import LINEAR, composed
from classify.world import recipe

SEEN = ("a", "b", "c")
LESSON = Lesson("single", ("x", "y"), blocks=(1, 2, 4, 3, 2), views=(("a", 3), ("b", 4), ("c", 5)))


def sees(*views: str) -> dict[str, Any]:
    return {**LINEAR, "sees": list(views)}


def test_a_composition_sees_what_its_members_see_each_view_once() -> None:
    told = composed("average", members=[sees("b", "a"), sees("a", "c")])
    assert told.views == ("b", "a", "c")
    silent = composed("average", members=[sees("b"), LINEAR], sees=["a"])
    assert silent.views == ("b", "a")
    with pytest.raises(InputError, match="'linear' does not"):
        _ = composed("average", members=[sees("b"), LINEAR]).views


@pytest.mark.parametrize(
    ("views", "wanted"),
    [
        (("a",), range(3)),
        (("b", "c"), range(3, 12)),
        (("c", "a"), [7, 8, 9, 10, 11, 0, 1, 2]),
        (SEEN, range(12)),
    ],
)
def test_a_member_is_given_its_own_columns(views: tuple[str, ...], wanted: Any) -> None:
    columns = columns_of(views, SEEN, LESSON, "")
    shown = np.arange(12) if columns is None else np.arange(12)[columns]
    assert shown.tolist() == list(wanted)


def test_a_member_is_taught_the_blocks_of_its_columns() -> None:
    member = recipe(sees=["c", "a"], class_weight={"y": 2.0})
    taught = lesson_of(member, LESSON, SEEN, columns_of(("c", "a"), SEEN, LESSON, ""))
    assert taught.blocks == (3, 2, 1, 2)
    assert taught.views == (("c", 5), ("a", 3))
    assert taught.class_weight == {1: 2.0}
    assert taught.folder is None


def test_rows_that_hold_other_views_are_refused() -> None:
    with pytest.raises(InputError, match="rows hold 3 views"):
        columns_of(("a",), ("a", "b"), LESSON, "a test")


def test_views_have_to_be_named_and_of_one_width() -> None:
    told = composed("views", member=LINEAR, sees=["a", "b"])
    with pytest.raises(InputError, match="unlike width"):
        ViewsFamily().estimator(told, Lesson("single", ("x", "y"), views=(("a", 3), ("b", 4))))
    with pytest.raises(InputError, match="fewer than two"):
        _ = composed("views", member=LINEAR, sees=["a"]).views
    with pytest.raises(InputError, match="each of the recipe's views"):
        _ = composed("views", member=sees("a"), sees=["a", "b"]).views


def test_each_member_has_a_weight() -> None:
    told = composed("average", members=[LINEAR, LINEAR], weights=[1, 2, 3])
    with pytest.raises(InputError, match="2 members and 3 weights"):
        AverageFamily().estimator(told, LESSON)
