"""Brings a catalogue to the version this Cartellino knows, one transaction for each step."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from cartellino.catalogue.database import Database
from cartellino.errors import CollectionError

APPLICATION = 0x43415254  # 'CART', in the header of every catalogue (SQLite file format, 1.3.17)


@cache
def steps() -> tuple[tuple[int, str], ...]:
    """The migrations by number: (version it leads to, SQL)."""
    folder = resources.files("cartellino.catalogue") / "migrations"
    found = [(re.match(r"(\d{4})_\w+\.sql$", entry.name), entry) for entry in folder.iterdir()]
    return tuple(sorted((int(match[1]), entry.read_text("utf-8")) for match, entry in found if match))


def newest() -> int:
    """The version of catalogue that this Cartellino writes."""
    return steps()[-1][0]


def recognise(database: Database) -> int:
    """The version of the catalogue in the file; 0 if the file is blank.

    Raises
    ------
    CollectionError
        If it is some other database, or made by a newer Cartellino.
    """
    version = database.value("PRAGMA user_version")
    application = database.value("PRAGMA application_id")
    tables = database.value("SELECT count(*) FROM sqlite_master")
    if application != APPLICATION and (application or version or tables):
        raise CollectionError(
            "this is a database, but not a catalogue of Cartellino",
            str(database.path),
            "Name the folder of a collection.",
        )
    if version > newest():
        raise CollectionError(
            f"this catalogue has version {version}, and this Cartellino knows versions up to {newest()}",
            str(database.path),
            "Update Cartellino: pip install --upgrade cartellino",
        )
    return int(version)


def is_ours(path: Path) -> bool:
    """Whether the bytes of the file say that it is a catalogue, when SQLite itself cannot read it."""
    with path.open("rb") as stream:
        head = stream.read(100)
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION.to_bytes(4, "big")


def migrate(database: Database) -> None:
    """Take the steps that `database` still lacks; a step that fails leaves the version before it."""
    for version, sql in steps():
        if database.value("PRAGMA user_version") >= version:
            continue
        with database.transaction():
            if database.value("PRAGMA user_version") < version:  # another process may have come first
                for statement in statements(sql):
                    database.connection.execute(statement)
                database.connection.execute(f"PRAGMA application_id = {APPLICATION}")
                database.connection.execute(f"PRAGMA user_version = {version}")


def statements(sql: str) -> Iterator[str]:
    """The statements of a script; triggers, which hold semicolons, stay whole."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
