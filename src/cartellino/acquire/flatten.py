"""Turns a JSON record into the cells of a row, and remembers which columns all records need."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cartellino.acquire.tables.several import Several

SEPARATOR = "|"
_NAMING = ("term", "name", "label", "title", "value")  # the part of an entry in a list that is its value

Record = Mapping[str, Any]


class Shape:
    """The columns of records that need not have the same keys.

    A key is a column. A list of entries (``tags``: term, AAT_URL, Wikidata_URL) becomes one column for what
    names the entries and one for each other part ('tags', 'tags AAT', 'tags Wikidata'), whose values stand in
    the same order, blanks keeping their place. Anything deeper stays JSON, so that nothing is lost.
    """

    def __init__(self) -> None:
        self._entries: dict[
            str, dict[str, None] | None
        ] = {}  # parts of a list's entries; None for plain values

    def learn(self, record: Record) -> None:
        """Make room for what `record` holds."""
        for key, value in record.items():
            known = self._entries.setdefault(key, {})
            if known is None or value is None or value == []:
                continue
            if _is_entries(value):
                known.update((part, None) for entry in value for part in entry)
            else:
                self._entries[key] = None

    def header(self) -> list[str]:
        """Names of the columns."""
        return [head for key in self._entries for head, _ in self._columns(key)]

    def cells(self, record: Record) -> tuple[tuple[str | None, ...], Several]:
        """The cells of a record, and those that hold several values."""
        cells: list[str | None] = []
        several = []
        for key in self._entries:
            for _, part in self._columns(key):
                values = _values(record[key], part) if key in record else None
                if values and (len(values) > 1 or _cut_in_error(record[key], values[0])):
                    several.append((len(cells), values))
                cells.append(None if values is None else SEPARATOR.join(values))
        return tuple(cells), tuple(several)

    def _columns(self, key: str) -> Iterator[tuple[str, str]]:
        """Names of a key's columns, each with the part of an entry that it holds, '' for all of it."""
        parts = self._entries[key] or {}
        naming = next((name for name in _NAMING if name in parts), None)
        yield key, naming or ""
        if naming:
            for part in parts:
                if part != naming:
                    yield f"{key} {part.removesuffix('_URL')}", part


def _cut_in_error(value: object, only: str) -> bool:
    """Whether the one value of a list looks like several."""
    return isinstance(value, list) and SEPARATOR in only


def _is_entries(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _values(value: Any, part: str) -> tuple[str, ...]:
    if part:
        return tuple(text(entry.get(part)) for entry in value or ())
    if isinstance(value, list) and not any(isinstance(entry, (dict, list)) for entry in value):
        return tuple(map(text, value))
    return (text(value),)


def text(value: object) -> str:
    """A JSON value as the text of a cell: strings as they are, null blank, all else as JSON writes it."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def rows(shape: Shape, records: Sequence[Record]) -> list[tuple[str | None, ...]]:
    """The cells of some records."""
    return [shape.cells(record)[0] for record in records]
