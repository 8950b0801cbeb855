"""Cells that hold several values."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.acquire.tables.several import Splitter

CELLS = st.lists(st.text("a |", max_size=5), min_size=4, max_size=4)


@settings(max_examples=40)
@given(st.lists(CELLS, max_size=8))
def test_the_first_cell_of_each_column_with_a_separator_is_told_and_no_other(rows):
    split, seen = Splitter("|", 4, whole=[1]), set()
    for cells in rows:
        expected = tuple(
            (place, tuple(value.strip() for value in cell.split("|")))
            for place, cell in enumerate(cells)
            if "|" in cell and place != 1 and place not in seen
        )
        seen.update(place for place, _ in expected)
        assert split(cells, ",".join(cells)) == expected


def test_blanks_keep_their_place_and_short_rows_their_peace():
    split = Splitter("|", 3, whole=[])
    assert split(["1", "Women||Men", None], "1,Women||Men") == ((1, ("Women", "", "Men")),)


def test_without_a_separator_nothing_is_split():
    assert Splitter("", 2, [])(["a|b", "c"], "a|b,c") == ()


def test_a_separator_may_have_several_characters():
    assert Splitter(" ; ", 1, [])(["a ; b;c"], "a ; b;c") == ((0, ("a", "b;c")),)
