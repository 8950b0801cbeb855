"""Names in SQL: quoted always, unique within a table whatever a museum calls its columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cartellino.errors import InputError
from cartellino.records import Column

MOST_COLUMNS = 1_900  # SQLite allows 2,000; four are ours, and columns that vanished stay in the table
_OURS = ("line", "work", "digest", "text_digest")
_ALIASES = ("rowid", "oid", "_rowid_")  # SQLite's own names for the key


def quoted(name: str) -> str:
    """`name` as an SQL identifier, whatever it contains (SQL-92, 5.2: a double quote is doubled).

    Raises
    ------
    InputError
        If it contains a NUL, which no SQL text can.
    """
    if "\0" in name:
        raise InputError("a column's name contains a NUL character", repr(name), "Rename the column.")
    return '"' + name.replace('"', '""') + '"'


def folded(name: str) -> str:
    """The form under which two names are the same name: case and width do not count."""
    return unicodedata.normalize("NFKC", name).casefold()


def unique(headers: Iterable[str]) -> list[str]:
    """Names for `headers`, in order: no two alike, none empty, none of ours.

    Examples
    --------
    >>> unique(["Notes", "notes", "", "Line"])
    ['Notes', 'notes_2', 'column_3', 'Line_']
    """
    taken = {folded(name) for name in (*_OURS, *_ALIASES)}
    names: list[str] = []
    for place, header in enumerate(headers, start=1):
        name = _free(_tidy(header) or f"column_{place}", taken)
        taken.add(folded(name))
        names.append(name)
    return names


def named(columns: Sequence[Column]) -> list[Column]:
    """`columns` under names that can stand side by side in one table.

    Raises
    ------
    InputError
        If there are more than a table can hold.
    """
    if len(columns) > MOST_COLUMNS:
        raise InputError(
            f"there are {len(columns):,} columns, and a catalogue can hold {MOST_COLUMNS:,}",
            "",
            "Check the delimiter, or leave out columns that are not needed.",
        )
    names = unique(column.name or column.header for column in columns)
    return [replace(column, name=name) for column, name in zip(columns, names, strict=True)]


def slug(name: str) -> str:
    """`name` in lower-case letters, digits and underscores; 'source' if nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:60] or "source"


def _tidy(header: str) -> str:
    return " ".join(header.replace("\0", " ").split())


def _free(name: str, taken: set[str]) -> str:
    if folded(name) in {*_OURS, *_ALIASES}:
        name += "_"
    candidate, count = name, 1
    while folded(candidate) in taken:
        count += 1
        candidate = f"{name}_{count}"
    return candidate
