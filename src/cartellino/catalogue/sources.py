"""Where works come from, and the tables that keep their rows as they came."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database
from cartellino.catalogue.names import folded, named, quoted, slug
from cartellino.catalogue.several import refresh_view
from cartellino.errors import InputError
from cartellino.records import Column


@dataclass(frozen=True, slots=True)
class Source:
    """One table, folder or file of records that works were read from.

    Parameters
    ----------
    id : int
        Its key.
    name, kind, address : str
        Its name, its kind in the registry of sources, and the file, folder or address it was read from.
    original : str
        The table that keeps its rows.
    format : dict
        How it was written: encoding, delimiter, separator, …
    columns : tuple of Column
        Its columns in the order of the newest reading; a name is also the column's name in `original`.
    updated_at : str
        When its newest reading began.
    """

    id: int
    name: str
    kind: str
    address: str
    original: str
    format: dict[str, object]
    columns: tuple[Column, ...]
    updated_at: str


def every(database: Database) -> list[Source]:
    """All sources, the one read last first."""
    rows = database.rows(
        "SELECT id, name, kind, address, original, format, updated_at FROM source "
        "ORDER BY updated_at DESC, id DESC"
    )
    return [_source(database, row) for row in list(rows)]


def find(database: Database, key: int) -> Source:
    """The source with this key.

    Raises
    ------
    InputError
        If there is none.
    """
    row = database.one(
        "SELECT id, name, kind, address, original, format, updated_at FROM source WHERE id = ?", (key,)
    )
    if row is None:
        raise InputError(f"no source has the key {key}", "", "List the sources with 'cartellino status'.")
    return _source(database, row)


def upsert(
    database: Database,
    name: str,
    kind: str,
    address: str,
    columns: Sequence[Column],
    format_: Mapping[str, object],
) -> int:
    """Begin a reading of source `name`: make or widen its table, and note its columns in their new order.

    Remarks of an earlier reading are dropped; its rows stay until the new ones take their place.

    Returns
    -------
    int
        The source's key.

    Raises
    ------
    InputError
        If there are more columns than a table can hold.
    """
    wanted = named(columns)
    with database.transaction():
        row = database.one("SELECT id, original FROM source WHERE name = ?", (name,))
        key, original = row or _new(database, name, kind, address)
        database.connection.execute(
            "UPDATE source SET kind = ?, address = ?, format = ?, updated_at = ? WHERE id = ?",
            (kind, address, json.dumps(dict(format_), ensure_ascii=False), now(), key),
        )
        database.connection.execute("DELETE FROM remark WHERE source = ?", (key,))
        _note(database, key, _widen(database, original, wanted))
        refresh_view(database, key)
    return int(key)


def _source(database: Database, row: tuple[int, str, str, str, str, str, str]) -> Source:
    key, name, kind, address, original, format_, updated_at = row
    columns = database.rows(
        "SELECT header, name, role FROM source_column WHERE source = ? ORDER BY place", (key,)
    )
    return Source(
        key,
        name,
        kind,
        address,
        original,
        json.loads(format_),
        tuple(Column(*column) for column in columns),
        updated_at,
    )


def _new(database: Database, name: str, kind: str, address: str) -> tuple[int, str]:
    original = _free_table(database, f"original_{slug(name)}")
    key = database.insert(
        "INSERT INTO source (name, kind, address, original, added_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
        (name, kind, address, original, now(), now()),
    )
    table = quoted(original)
    database.connection.execute(
        f"CREATE TABLE {table} (line INTEGER PRIMARY KEY, work INTEGER NOT NULL REFERENCES work, "
        "digest INTEGER NOT NULL, text_digest INTEGER) STRICT"
    )
    database.connection.execute(f"CREATE INDEX {quoted(original + '_work')} ON {table} (work)")
    return key, original


def _free_table(database: Database, wanted: str) -> str:
    taken = {str(name).lower() for (name,) in database.rows("SELECT name FROM sqlite_master")}
    candidate, count = wanted, 1
    while candidate in taken:
        count += 1
        candidate = f"{wanted}_{count}"
    return candidate


def _widen(database: Database, original: str, columns: list[Column]) -> list[Column]:
    """Add the columns that the table lacks; those it has keep the spelling they have there."""
    rows = database.rows("SELECT name FROM pragma_table_info(?)", (original,))
    present = {folded(name): str(name) for (name,) in rows}
    if "text_digest" not in present:  # made before rows were known by their texts
        database.connection.execute(f"ALTER TABLE {quoted(original)} ADD COLUMN text_digest INTEGER")
    settled = []
    for column in columns:
        name = present.get(folded(column.name))
        if name is None:
            name = column.name
            database.connection.execute(f"ALTER TABLE {quoted(original)} ADD COLUMN {quoted(name)} TEXT")
        settled.append(Column(column.header, name, column.role))
    return settled


def _note(database: Database, source: int, columns: list[Column]) -> None:
    """Make `columns` the source's columns; one that vanished goes, with its values."""
    connection = database.connection
    known = dict(database.rows("SELECT name, id FROM source_column WHERE source = ?", (source,)))
    for name in known.keys() - {column.name for column in columns}:
        connection.execute("DELETE FROM value WHERE source_column = ?", (known[name],))
        connection.execute("DELETE FROM source_column WHERE id = ?", (known[name],))
    connection.execute("UPDATE source_column SET place = -1 - place WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO source_column (source, place, header, name, role) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (source, name) DO UPDATE "
        "SET place = excluded.place, header = excluded.header, role = excluded.role",
        [(source, place, column.header, column.name, column.role) for place, column in enumerate(columns)],
    )
