from __future__ import annotations

from typing import Any

import pytest

from cartellino.classify import setting
from cartellino.classify.setting import Setting
from cartellino.errors import InputError


@pytest.mark.parametrize(
    ("asked", "fits", "fits_not", "wanted"),
    [
        (setting.text(), "a", 1, "a text in quotes"),
        (setting.texts(), ["a", "b"], ["a", 1], "a list of texts in quotes"),
        (setting.number(1, 0), 0, -1, "a number from 0 up"),
        (setting.number(1, 0, above=True), 0.1, 0, "a number above 0"),
        (setting.number(1, 0, 0.5), 0.5, 0.6, "a number from 0 to 0.5"),
        (setting.number(1, 0), 3, float("inf"), "a number from 0 up"),
        (setting.numbers([1]), [1, 2.5], [], "a list of numbers above 0"),
        (setting.whole(5, 2), 2, True, "a whole number from 2 up"),
        (setting.yes_or_no(True), False, 0, "true or false"),
        (setting.one_of("a", "b", "c"), "c", "d", "'a', 'b' or 'c'"),
    ],
)
def test_what_fits_and_what_is_said_of_the_rest(
    asked: Setting, fits: Any, fits_not: Any, wanted: str
) -> None:
    assert asked.checked("here", fits, "mine.toml") is not None
    with pytest.raises(InputError, match=f"'here' should be {wanted}, not") as refused:
        asked.checked("here", fits_not, "mine.toml")
    assert "mine.toml" in str(refused.value)


def test_a_value_is_kept_in_one_form() -> None:
    table = {"sizes": setting.numbers([1]), "many": setting.number(1, 0)}
    found = setting.checked(table, {"sizes": [1, 2], "many": 3}, "")
    assert found == {"sizes": (1.0, 2.0), "many": 3.0}
    assert isinstance(found["many"], float)


def test_an_unknown_setting_names_those_there_are() -> None:
    with pytest.raises(InputError, match=r"there is no setting 'b'.*There are: a\."):
        setting.checked({"a": setting.text()}, {"b": 1}, "there")
