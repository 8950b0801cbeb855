"""Columns whose values stand side by side: the nth value of one belongs to the nth of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cartellino.catalogue import sources
from cartellino.catalogue.database import Database
from cartellino.catalogue.names import folded, quoted
from cartellino.catalogue.several import cut, separator_of
from cartellino.catalogue.sources import Source


def side_by_side(database: Database, fields: Sequence[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The values of several fields, cell by cell, from every source that has them all.

    Parameters
    ----------
    database : Database
        The catalogue's.
    fields : sequence of str
        Names of fields.

    Yields
    ------
    tuple of tuple of str
        For each row in which the first field has a value: the values of each field, stripped, blanks
        keeping their place; an empty tuple for an empty cell.
    """
    for source in sources.every(database):
        names = {folded(column.name): column.name for column in source.columns}
        if all(folded(field) in names for field in fields):
            yield from _rows(database, source, [names[folded(field)] for field in fields])


def _rows(database: Database, source: Source, names: Sequence[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    separator = separator_of(source.format)
    told = {
        name: (key, bool(several))
        for name, key, several in database.rows(
            "SELECT name, id, several FROM source_column WHERE source = ?", (source.id,)
        )
    }
    kept = [_kept(database, told[name][0]) for name in names]
    cutting = [separator if told[name][1] else "" for name in names]
    columns = ", ".join(quoted(name) for name in names)
    sql = f"SELECT line, {columns} FROM {quoted(source.original)} WHERE {quoted(names[0])} <> ''"
    for line, *cells in database.rows(sql):
        yield tuple(
            kept[place].get(line) or _values(cell, cutting[place]) for place, cell in enumerate(cells)
        )


def _kept(database: Database, column: int) -> dict[int, tuple[str, ...]]:
    """The few cells of a column whose values cutting would not give back, by line."""
    found: dict[int, list[str]] = defaultdict(list)
    sql = "SELECT line, value FROM value WHERE source_column = ? ORDER BY line, place"
    for line, value in database.rows(sql, (column,)):
        found[line].append(value.strip())
    return {line: tuple(values) for line, values in found.items()}


def _values(cell: str | None, separator: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in cut(cell, separator)) if cell and cell.strip() else ()
