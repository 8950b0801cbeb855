from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.catalogue.several import cut, separator_of
from cartellino.progress import Silent
from cartellino.records import Work

from .rows import add, begin

VIEW = "SELECT field, line, place, work, value FROM values_works ORDER BY field, line, place"


def test_the_view_tells_every_value_of_columns_that_hold_several(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1", "tags": 'Men| "Trees" |\n', "place": "Rome"}, {"id": "2", "tags": "\\o/"}])
    assert list(catalogue.connection.execute(VIEW)) == [
        ("tags", 2, 0, 1, "Men"),
        ("tags", 2, 1, 1, '"Trees"'),
        ("tags", 2, 2, 1, ""),
        ("tags", 3, 0, 2, "\\o/"),
    ]


def test_values_that_hold_the_separator_are_kept_by_themselves(catalogue: Catalogue) -> None:
    key = begin(catalogue, ["id", "tags"])
    works = [Work("1", 2, ("1", "a|b|c"), several=((1, ("a|b", "c")),)), Work("2", 3, ("2", "d"))]
    catalogue.works.write(key, works, progress=Silent())
    assert list(catalogue.fields.values("tags")) == [(1, "a|b"), (1, "c"), (2, "d")]
    assert [row[-1] for row in catalogue.connection.execute(VIEW)] == ["a|b", "c", "d"]
    catalogue.works.write(key, [Work("1", 2, ("1", "e"))], progress=Silent())
    assert list(catalogue.fields.values("tags")) == [(1, "e")]
    assert not list(catalogue.connection.execute("SELECT * FROM value"))


@pytest.mark.parametrize("separator", [";", "; ", " / ", "||", "', '", "\\", '"', "n", "\t", "→"])
def test_any_separator_gives_the_same_values_in_python_and_in_sql(
    catalogue: Catalogue, separator: str
) -> None:
    values = ["née n", "b's", 'c "d"', "e\\f", "g\nh"]
    values = [value for value in values if separator not in value]
    key = begin(catalogue, ["id", "tags"], separator=separator)
    works = [Work("1", 2, ("1", separator.join(values)), several=((1, tuple(values)),))]
    catalogue.works.write(key, works, progress=Silent())
    assert [value for _, value in catalogue.fields.values("tags")] == values
    assert [row[-1] for row in catalogue.connection.execute(VIEW)] == values


def test_a_source_without_a_separator_cuts_nothing() -> None:
    assert separator_of({}) == separator_of({"separator": ""}) == separator_of({"separator": "a"}) == ""
    assert cut("a|b", "") == ("a|b",)
    assert cut(None, "|") == ()


@given(st.lists(st.text().map(str.strip).filter(lambda text: "|" not in text), min_size=1))
def test_cutting_gives_back_what_was_joined(values: list[str]) -> None:
    assert cut("|".join(values), "|") == tuple(values)
