"""Which rows name which pictures, so that a picture goes when no row names it any more.

All of it must be called in a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database


def want(database: Database, named: Iterable[tuple[int, Sequence[str]]], *, by_row: bool) -> None:
    """Note that works have pictures at (work, addresses), best first; those they have stay as they are."""
    at = now()
    database.connection.executemany(
        "INSERT INTO work_picture (work, place, address, at, by_row) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (work, address) DO UPDATE SET place = excluded.place",
        (
            (work, place, address, at, int(by_row))
            for work, addresses in named
            for place, address in enumerate(dict.fromkeys(addresses))
        ),
    )


def note(database: Database, source: int, rows: Sequence[tuple[int, int, Sequence[str]]]) -> None:
    """Note the pictures that rows of a source name: (work, line, addresses) each."""
    want(database, ((work, addresses) for work, _, addresses in rows), by_row=True)
    database.connection.executemany(
        "INSERT OR REPLACE INTO row_picture (source, line, place, work_picture) "
        "SELECT ?, ?, ?, id FROM work_picture WHERE work = ? AND address = ?",
        (
            (source, line, place, work, address)
            for work, line, addresses in rows
            for place, address in enumerate(addresses)
        ),
    )


def forget(database: Database, source: int, lines: Iterable[int]) -> None:
    """Note that the rows at `lines` of a source name no picture any more."""
    database.connection.executemany(
        "DELETE FROM row_picture WHERE source = ? AND line = ?", ((source, line) for line in lines)
    )


def sweep(database: Database) -> None:
    """Let go of the pictures that rows named and none does now.

    A work that is gone keeps its pictures: it may come back, and its decisions were made on them.
    """
    database.connection.execute(
        "DELETE FROM work_picture WHERE by_row "
        "AND NOT EXISTS (SELECT 1 FROM row_picture r WHERE r.work_picture = work_picture.id) "
        "AND work IN (SELECT id FROM work WHERE gone_at IS NULL)"
    )
