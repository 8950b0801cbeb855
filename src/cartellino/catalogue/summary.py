"""How well the columns of one source are filled, from one pass over its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from cartellino.catalogue.database import Database, batches
from cartellino.catalogue.names import quoted
from cartellino.catalogue.several import cut, separator_of
from cartellino.catalogue.sources import Source

DISTINCT = 1_000  # different values that are counted before counting stops
EXAMPLES_FROM = 5_000  # rows or values: the first of a table show what a field is about
_EXAMPLES = 3
_ROWS = 5_000


class Filled(NamedTuple):
    """Works with a value, different values up to 1,000, and some that are frequent in the first rows."""

    works: int
    values: int
    examples: tuple[str, ...]


def summarise(database: Database, source: Source) -> dict[str, Filled]:
    """How well each column of `source` is filled.

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
    shown = _shown(database.rows(f"{_rows(source, several)} LIMIT {EXAMPLES_FROM}"), separators)
    return {name: Filled(filled[place], different[place], shown[place]) for place, name in enumerate(several)}


def examples(values: Iterable[str]) -> tuple[str, ...]:
    """The most frequent of some values; one of them where no value comes twice, as in ids and titles."""
    counted = Counter(values)
    counted.pop("", None)
    frequent = [value for value, count in counted.most_common(_EXAMPLES) if count > 1]
    return tuple(frequent or list(counted)[:1])


def _shown(rows: Iterator[tuple[Any, ...]], separators: Sequence[str]) -> list[tuple[str, ...]]:
    columns = zip(*rows, strict=True)
    found = [
        examples(
            value.strip() for value in chain.from_iterable(cut(cell, separator) for cell in column if cell)
        )
        for column, separator in zip(columns, separators, strict=False)
    ]
    return found or [() for _ in separators]


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
