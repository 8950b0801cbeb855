"""How well the columns of one source are filled, from one pass over its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cartellino.catalogue.database import Database, batches
from cartellino.catalogue.names import quoted
from cartellino.catalogue.several import cut, separator_of
from cartellino.catalogue.sources import Source

DISTINCT = 1_000  # different values that are counted before counting stops
_ROWS = 5_000


def summarise(database: Database, source: Source) -> dict[str, tuple[int, int]]:
    """For each column of `source`: works with a value, and different values up to 1,000.

    Columns with values that cutting their cells would not give back are left out.
    """
    told = database.rows(
        "SELECT name, several, EXISTS (SELECT 1 FROM value WHERE source_column = c.id) "
        "FROM source_column c WHERE source = ? ORDER BY place",
        (source.id,),
    )
    several = {name: bool(held) for name, held, kept in told if not kept}
    if not several:
        return {}
    separator = separator_of(source.format)
    separators = [separator if held else "" for held in several.values()]
    filled, different = _count(database.rows(_rows(source, several)), separators)
    if _has_works_of_several_rows(database, source):
        filled, _ = _count(database.rows(_by_work(source, several)), separators)
    return {name: (filled[place], different[place]) for place, name in enumerate(several)}


def _rows(source: Source, names: Iterable[str]) -> str:
    return f"SELECT {', '.join(map(quoted, names))} FROM {quoted(source.original)}"


def _by_work(source: Source, names: Iterable[str]) -> str:
    """One row for each work: a value where any of its rows has one."""
    cells = ", ".join(f"max({quoted(name)})" for name in names)
    return f"SELECT {cells} FROM {quoted(source.original)} GROUP BY work"


def _has_works_of_several_rows(database: Database, source: Source) -> bool:
    rows, works = database.one(f"SELECT count(*), count(DISTINCT work) FROM {quoted(source.original)}")
    return bool(rows != works)


def _count(rows: Iterator[tuple[Any, ...]], separators: Sequence[str]) -> tuple[list[int], list[int]]:
    """Per column: cells that are not blank, and different values (stripped) up to the limit.

    Whole slices of a column are compared at once: a cell at a time would take minutes on half a million rows.
    """
    filled = [0] * len(separators)
    different: list[set[str]] = [set() for _ in separators]
    for part in batches(rows, _ROWS):
        for place, column in enumerate(zip(*part, strict=True)):
            told, separator = set(column), separators[place]
            blanks = [cell for cell in told if _is_blank(cell, separator)]
            filled[place] += len(column) - sum(map(column.count, blanks))
            if len(different[place]) < DISTINCT:
                values = (cut(cell, separator) for cell in told.difference(blanks))
                different[place].update(value.strip() for each in values for value in each)
                different[place].discard("")
    return filled, [min(len(values), DISTINCT) for values in different]


def _is_blank(cell: str | None, separator: str) -> bool:
    return not cell or not (cell.replace(separator, "") if separator else cell).strip()
