"""Cells that hold several values: how they are cut, in Python and in SQL.

Storing each value would cost as much again as storing the rows. So a cell is cut where it is read, at its
source's separator; only values that this does not give back are kept by themselves, in the table ``value``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cartellino.catalogue.database import Database
from cartellino.catalogue.names import quoted

_BLANKS = "char(9, 10, 11, 12, 13, 32, 133, 160)"
_MOST_ARMS = 400  # SQLite joins 500 SELECTs at most


def separator_of(format_: dict[str, object]) -> str:
    """The separator of a source if its cells can be cut at it in SQL as in Python, else ''.

    It must not touch what JSON escapes, since SQLite cuts cells by way of JSON.
    """
    told = format_.get("separator")
    fit = isinstance(told, str) and told.isprintable() and not set(told) & set('"\\')
    return str(told) if fit and not any(map(str.isalnum, str(told))) else ""


def cut(cell: str | None, separator: str) -> tuple[str, ...]:
    """The values of a cell, stripped; blanks keep their place."""
    if cell is None:
        return ()
    return tuple(map(str.strip, cell.split(separator))) if separator else (cell,)


def odd(
    cells: Sequence[str | None], several: Iterable[tuple[int, tuple[str, ...]]], separator: str
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(column, values) of those of `several` that cutting the work's `cells` would not give back."""
    for column, told in several:
        if told != cut(cells[column], separator):
            yield column, told


def values(rows: Iterable[tuple[int, str, str | None]], separator: str) -> Iterator[tuple[int, str]]:
    """(work, value) from (work, cell, value kept by itself or None)."""
    for work, cell, kept in rows:
        if kept is not None:
            yield work, kept
        else:
            for value in _cut_again(cell, separator):
                yield work, value


# The cells of a field that is learnt are few, and each stands in a hundred rows.
_cut_again = lru_cache(maxsize=100_000)(cut)


def refresh_view(database: Database, source: int) -> None:
    """Make the view ``values_…`` of a source tell every value of its cells that hold several.

    Its columns are field, line, place, work and value. Must be called in a transaction.
    """
    original, format_ = database.one("SELECT original, format FROM source WHERE id = ?", (source,))
    columns = list(
        database.rows(
            "SELECT id, name FROM source_column WHERE source = ? AND several ORDER BY place LIMIT ?",
            (source, _MOST_ARMS),
        )
    )
    name = quoted(original.replace("original_", "values_", 1))
    database.connection.execute(f"DROP VIEW IF EXISTS {name}")
    if columns:
        separator = separator_of(json.loads(format_))
        arms = [_kept_arm(source), *(_cut_arm(original, key, column, separator) for key, column in columns)]
        database.connection.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(arms)}")


def _kept_arm(source: int) -> str:
    return (
        "SELECT c.name AS field, v.line AS line, v.place AS place, v.work AS work, v.value AS value "
        f"FROM source_column c JOIN value v ON v.source_column = c.id WHERE c.source = {source}"
    )


def _cut_arm(original: str, key: int, column: str, separator: str) -> str:
    cell = f"o.{quoted(column)}"
    listed = f"'[' || replace(json_quote({cell}), {_text(separator)}, '\",\"') || ']'"
    return (
        f"SELECT {_text(column)}, o.line, j.key, o.work, trim(j.value, {_BLANKS}) "
        f"FROM {quoted(original)} o, json_each({listed}) j "
        f"WHERE {cell} <> '' AND NOT EXISTS "
        f"(SELECT 1 FROM value v WHERE v.source_column = {key} AND v.line = o.line)"
    )


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
