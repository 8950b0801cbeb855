from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue.names import folded
from cartellino.exchange.columns import beside, guarded
from cartellino.records import Decision, DecisionKind


def test_a_label_set_adds_five_columns() -> None:
    (columns,) = beside(["id"], [(1, "culture")], "|")
    assert columns.headers == (
        "culture",
        "culture probability",
        "culture decision",
        "culture by",
        "culture when",
    )


@pytest.mark.parametrize("taken", ["culture", "Culture ", "culture when"])
def test_no_column_of_the_museum_is_written_over(taken: str) -> None:
    (columns,) = beside(["id", taken], [(1, "culture")], "|")
    assert columns.headers[:2] == ("culture (cartellino)", "culture (cartellino) probability")


def test_a_table_that_comes_back_from_an_export_is_widened_again() -> None:
    taken = ["id", "culture"]
    for expected in ("culture (cartellino)", "culture (cartellino 2)", "culture (cartellino 3)"):
        (columns,) = beside(taken, [(1, "culture")], "|")
        assert columns.headers[0] == expected
        taken += columns.headers


@given(st.lists(st.text(max_size=6)), st.lists(st.text(min_size=1, max_size=3), max_size=4))
def test_headers_never_meet(taken: list[str], names: list[str]) -> None:
    added = [
        header
        for columns in beside(taken, list(enumerate(names)), "|")
        for header in columns.headers
        if guarded(header) == header
    ]
    assert len({folded(header) for header in added}) == len(added)
    assert not {folded(header) for header in added} & {folded(header.strip()) for header in taken}


@pytest.mark.parametrize(
    ("kind", "label"),
    [("filed", "French; Dutch"), ("signed", "French; Dutch"), ("review", ""), ("skipped", "")],
)
def test_only_what_was_decided_is_a_label(kind: str, label: str) -> None:
    (columns,) = beside([], [(1, "culture")], "; ")
    made = Decision(1, 1, DecisionKind(kind), ("French", "Dutch"), "", 0.5, None, "Anna", at="now")
    assert columns.cells(made) == (label, "0.5000", kind, "Anna", "now")


def test_no_decision_leaves_blanks_and_a_refusal_its_reason() -> None:
    (columns,) = beside([], [(1, "culture")], "|")
    assert columns.cells(None) == ("",) * 5
    assert columns.refusal("it has no id") == ("", "", "it has no id", "", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_of_ours_are_never_formulas(start: str) -> None:
    (columns,) = beside([], [(1, f"{start}c")], "|")
    made = Decision(
        1, 1, DecisionKind.SIGNED, (f"{start}cmd|' /C calc'!A0",), "", None, None, f"{start}by", at=""
    )
    assert [cell[:2] for cell in (*columns.headers, *columns.cells(made)) if start in cell] == [
        f"'{start}"
    ] * 7


def test_other_cells_stay_as_they_are() -> None:
    assert guarded("French") == "French"
    assert guarded("") == ""
