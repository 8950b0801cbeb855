"""How well the columns of one source are filled, from one pass over its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cartellino.catalogue.database import Database, batches
from cartellino.catalogue.fields import DISTINCT
from cartellino.catalogue.names import quoted
from cartellino.catalogue.sources import Source

_ROWS = 5_000


def summarise(database: Database, source: Source) -> dict[str, tuple[int, int]]:
    """For each column of `source`: works with a value, and different values up to 1,000."""
    names = [column.name for column in source.columns]
    if not names:
        return {}
    filled, different = _count(database.rows(_rows(source, names)), len(names))
    if _has_works_of_several_rows(database, source):
        filled, _ = _count(database.rows(_by_work(source, names)), len(names))
    return {name: (filled[place], different[place]) for place, name in enumerate(names)}


def _rows(source: Source, names: Sequence[str]) -> str:
    return f"SELECT {', '.join(map(quoted, names))} FROM {quoted(source.original)}"


def _by_work(source: Source, names: Sequence[str]) -> str:
    """One row for each work: a value where any of its rows has one."""
    cells = ", ".join(f"max({quoted(name)})" for name in names)
    return f"SELECT {cells} FROM {quoted(source.original)} GROUP BY work"


def _has_works_of_several_rows(database: Database, source: Source) -> bool:
    rows, works = database.one(f"SELECT count(*), count(DISTINCT work) FROM {quoted(source.original)}")
    return bool(rows != works)


def _count(rows: Iterator[tuple[Any, ...]], width: int) -> tuple[list[int], list[int]]:
    """Per column: cells that are not blank, and different values (stripped) up to the limit.

    Whole slices of a column are compared at once: a cell at a time would take minutes on half a million rows.
    """
    filled = [0] * width
    different: list[set[str]] = [set() for _ in range(width)]
    for part in batches(rows, _ROWS):
        for place, column in enumerate(zip(*part, strict=True)):
            told = set(column)
            blanks = [cell for cell in told if not cell or cell.isspace()]
            filled[place] += len(column) - sum(map(column.count, blanks))
            if len(different[place]) < DISTINCT:
                different[place].update(cell.strip() for cell in told.difference(blanks))
    return filled, [min(len(values), DISTINCT) for values in different]
