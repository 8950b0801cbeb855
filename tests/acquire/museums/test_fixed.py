"""Columns of records whose keys are documented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.museums.fixed import FixedShape, documented

SHAPE = FixedShape({"id": (), "people": ("role", "name"), "title": ()})
_VALUES = st.text() | st.none() | st.integers() | st.lists(st.dictionaries(st.just("name"), st.text()))


def told(record) -> dict[str, str | None]:
    return dict(zip(SHAPE.header(), SHAPE.cells(record)[0], strict=True))


def test_each_key_is_a_column_and_each_part_of_its_entries() -> None:
    assert SHAPE.header() == ["id", "people", "people role", "title", "other"]
    record = {"id": 1, "people": [{"name": "A", "role": "x"}, {"name": "B"}]}
    assert told(record) == {"id": "1", "people": "A|B", "people role": "x|", "title": None, "other": ""}
    assert SHAPE.cells(record)[1] == ((1, ("A", "B")), (2, ("x", "")))


@pytest.mark.parametrize(
    "odd",
    [
        {"new": [1, {"a": None}]},
        {"people": "A. Painter"},
        {"people": ["A", "B"]},
        {"people": [{"name": "A", "born": 1832}]},
    ],
)
def test_what_has_no_column_is_kept_as_json(odd) -> None:
    assert json.loads(told({"id": 1, **odd})["other"] or "") == odd


def test_entries_stay_in_their_columns_beside_an_unknown_part() -> None:
    assert told({"people": [{"name": "A", "born": 1832}]})["people"] == "A"


@given(st.dictionaries(st.sampled_from(["id", "people", "title", "new"]), _VALUES))
def test_the_columns_are_always_the_same(record) -> None:
    cells, several = SHAPE.cells(record)
    assert len(cells) == len(SHAPE.header())
    assert all(0 <= place < len(cells) for place, _ in several)


@pytest.mark.parametrize("museum", ["met", "aic"])
def test_documented_columns_differ_by_name(museum) -> None:
    header = documented(museum).header()
    assert len({name.casefold() for name in header}) == len(header)
