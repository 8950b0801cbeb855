from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.looking.dated import date_fields, spans
from cartellino.errors import InputError
from curate.museum import hang


def field_of(catalogue: Catalogue, **columns: str) -> tuple[str, ...]:
    hang(catalogue, [{"id": str(n), **columns} for n in range(3)])
    return date_fields(catalogue)


@pytest.mark.parametrize(
    "name", ["objectDate", "Object Date", "objectBeginDate", "date", "Year", "Datierung", "Year made"]
)
def test_a_date_field_is_known_by_its_name(catalogue: Catalogue, name: str) -> None:
    assert field_of(catalogue, **{name: "1650", "kind": "cup"}) == (name,)


@pytest.mark.parametrize(
    "name", ["AccessionYear", "artistBeginDate", "Metadata Date", "Birth year", "medium"]
)
def test_other_dates_are_not_when_a_work_was_made(catalogue: Catalogue, name: str) -> None:
    assert field_of(catalogue, **{name: "1950"}) == ()


def test_a_field_of_that_name_without_dates_is_none(catalogue: Catalogue) -> None:
    assert field_of(catalogue, date="unknown") == ()


def test_a_year_speaks_where_the_date_says_nothing(catalogue: Catalogue) -> None:
    rows = [
        {"id": "a", "objectDate": "late 17th century", "objectBeginDate": "1667"},
        {"id": "b", "objectDate": "", "objectBeginDate": "-300"},
        {"id": "c", "objectDate": "1801", "objectBeginDate": "1801"},
    ]
    keys = hang(catalogue, rows)
    assert date_fields(catalogue) == ("objectDate", "objectBeginDate")
    found = spans(catalogue, date_fields(catalogue))
    assert found == {keys["a"]: (1667, 1700), keys["b"]: (-300, -300), keys["c"]: (1801, 1801)}


def test_several_dates_of_a_work_are_spanned(catalogue: Catalogue) -> None:
    keys = hang(catalogue, [{"id": "a", "date": ("1650", "1612", "n.d.")}])
    assert spans(catalogue, ("date",)) == {keys["a"]: (1612, 1650)}


def test_a_person_may_name_the_field(catalogue: Catalogue) -> None:
    hang(catalogue, [{"id": "a", "made": "1650"}])
    assert date_fields(catalogue, "MADE") == ("made",)
    with pytest.raises(InputError, match="no field 'mad'"):
        date_fields(catalogue, "mad")
