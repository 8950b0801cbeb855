from __future__ import annotations

import subprocess
import sys

import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.looking.field import look
from curate.museum import hang

ROWS = [
    {"id": "1", "tags": ("Men", "Trees"), "date": "1610"},
    {"id": "2", "tags": ("Men",), "date": "late 19th century"},
    {"id": "3", "tags": "", "date": "1700"},
    {"id": "4", "tags": ("Boats", "Men", "Trees"), "date": ""},
]


def test_values_are_told_with_works_shares_and_centuries(catalogue: Catalogue) -> None:
    hang(catalogue, ROWS)
    found = look(catalogue, "Tags")
    assert (found.name, found.works, found.valued) == ("tags", 4, 3)
    assert found.per_work == {0: 1, 1: 1, 2: 1, 3: 1}
    men, trees, boats = found.values
    assert (men.value, men.works, men.share) == ("Men", 3, 1.0)
    assert (men.first, men.last) == ("17th century", "19th century")
    assert (trees.first, trees.last) == ("17th century", "17th century")
    assert (boats.first, boats.last) == ("", "")
    assert [each.cumulated for each in found.values] == pytest.approx([3 / 6, 5 / 6, 1])


def test_without_dates_nothing_is_dated(catalogue: Catalogue) -> None:
    hang(catalogue, [{"id": str(n), "culture": "Dutch"} for n in range(2)])
    found = look(catalogue, "culture")
    assert found.date_fields == ()
    assert found.values[0].first == ""


def test_an_empty_field_has_no_values(catalogue: Catalogue) -> None:
    hang(catalogue, [{"id": "1", "culture": ""}])
    found = look(catalogue, "culture")
    assert (found.values, found.per_work) == ((), {0: 1})


def test_looking_at_a_field_needs_no_numpy() -> None:
    told = "import sys; import cartellino.curate.looking.field; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", told], check=True)
