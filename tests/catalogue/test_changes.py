"""What a later reading of a source brought that was otherwise before."""

from __future__ import annotations

from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.catalogue.changes import Change
from cartellino.catalogue.sources import Source, every
from cartellino.progress import Silent
from cartellino.records import Column, Work

COLUMNS = [Column("id", "id", "id"), Column("title", "title", "title"), Column("culture", "culture")]
FIRST = [("1", "A jar", "Greek"), ("2", "A cup", ""), ("3", "A bell", "Japan")]


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.open(tmp_path / "catalogue.sqlite", create=True)


def read(catalogue: Catalogue, rows: list[tuple[str, ...]], columns: list[Column] = COLUMNS) -> Source:
    key = catalogue.works.source("works", "table", "works.csv", columns, {})
    works = [Work(row[0], line, row, title=row[1]) for line, row in enumerate(rows, 2)]
    catalogue.works.write(key, works, progress=Silent())
    return every(catalogue.database)[0]


def test_a_first_reading_changes_nothing(catalogue: Catalogue) -> None:
    assert list(catalogue.changes.newest(read(catalogue, FIRST))) == []


def test_cells_that_changed_are_told_with_what_they_were(catalogue: Catalogue) -> None:
    read(catalogue, FIRST)
    source = read(catalogue, [("1", "A jar", "Greek"), ("2", "A cup", "Attic"), ("3", "Bell", "Edo")])
    assert list(catalogue.changes.newest(source)) == [
        Change("2", "culture", "", "Attic"),
        Change("3", "title", "A bell", "Bell"),
        Change("3", "culture", "Japan", "Edo"),
    ]
    assert catalogue.changes.fields(source) == [("culture", 2), ("title", 1)]


def test_rows_that_only_moved_changed_nothing_and_works_that_went_are_told(catalogue: Catalogue) -> None:
    read(catalogue, FIRST)
    source = read(catalogue, [("9", "New", ""), *FIRST[:2]])
    assert list(catalogue.changes.newest(source)) == []
    assert catalogue.changes.gone(source, 5) == ["3"]


def test_a_changed_row_that_also_moved_is_compared_with_what_it_was(catalogue: Catalogue) -> None:
    read(catalogue, FIRST)
    source = read(catalogue, [("9", "New", ""), ("1", "A jar", "Roman"), *FIRST[1:]])
    assert list(catalogue.changes.newest(source)) == [Change("1", "culture", "Greek", "Roman")]


def test_a_column_that_is_new_is_no_change_of_every_work(catalogue: Catalogue) -> None:
    read(catalogue, FIRST)
    wider = [*COLUMNS, Column("period", "period")]
    source = read(catalogue, [(*row, "Edo") for row in FIRST], wider)
    assert list(catalogue.changes.newest(source)) == []
