"""The ledger of what was asked of the web: one row for each address, with its record where it is one."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database

Done = tuple[str, str, int, int, str, str, bytes | None]  # address kind attempts bytes etag modified body
Failure = tuple[str, str, bool, int, str]  # address kind lasting attempts error

_QUICKLY = 3  # zlib's level: records are many, and packed while others are fetched


class Fetch(NamedTuple):
    """What is known of one address; its status is 'done', 'gone' (asking again cannot help) or 'failed'."""

    address: str
    kind: str  # 'record' or 'picture'
    status: str
    attempts: int
    error: str
    at: str
    bytes: int
    etag: str
    modified: str


class Fetches:
    """The ledger of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, addresses: Sequence[str]) -> dict[str, Fetch]:
        """What is known of those of `addresses` that were ever asked."""
        rows = self._database.rows_in(
            "SELECT address, kind, status, attempts, error, at, bytes, etag, modified "
            "FROM fetch WHERE address IN ({})",
            addresses,
        )
        return {row[0]: Fetch(*row) for row in rows}

    def bodies(self, addresses: Sequence[str]) -> dict[str, bytes]:
        """The records kept of `addresses`, as they came."""
        rows = self._database.rows_in(
            "SELECT address, body FROM fetch WHERE body IS NOT NULL AND address IN ({})", addresses
        )
        return {address: zlib.decompress(body) for address, body in rows}

    def done(self, rows: Sequence[Done]) -> None:
        """Note answers, in one transaction; attempts are added to those of earlier runs."""
        at = now()
        packed = [
            (address, kind, attempts, at, size, etag, modified, _packed(body))
            for address, kind, attempts, size, etag, modified, body in rows
        ]
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT INTO fetch (address, kind, status, attempts, at, bytes, etag, modified, body) "
                "VALUES (?, ?, 'done', ?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET "
                "kind = excluded.kind, status = 'done', attempts = attempts + excluded.attempts, error = '', "
                "at = excluded.at, bytes = excluded.bytes, etag = excluded.etag, "
                "modified = excluded.modified, body = excluded.body",
                packed,
            )

    def unchanged(self, addresses: Sequence[str]) -> None:
        """Note that the museum says of `addresses` that what is held is still good (304)."""
        at = now()
        with self._database.transaction():
            self._database.connection.executemany(
                "UPDATE fetch SET status = 'done', error = '', attempts = attempts + 1, at = ? "
                "WHERE address = ?",
                [(at, address) for address in addresses],
            )

    def failed(self, rows: Sequence[Failure]) -> None:
        """Note failures, in one transaction; a record that was kept before stays."""
        at = now()
        told = [
            (address, kind, "gone" if lasting else "failed", attempts, error, at)
            for address, kind, lasting, attempts, error in rows
        ]
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT INTO fetch (address, kind, status, attempts, error, at) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (address) DO UPDATE SET kind = excluded.kind, status = excluded.status, "
                "attempts = attempts + excluded.attempts, error = excluded.error, at = excluded.at",
                told,
            )

    def summary(self) -> list[tuple[str, str, str, int]]:
        """(kind, status, error, how many), the most frequent first."""
        rows = self._database.rows(
            "SELECT kind, status, error, count(*) AS many FROM fetch "
            "GROUP BY kind, status, error ORDER BY many DESC, kind, status, error"
        )
        return [(kind, status, error, many) for kind, status, error, many in rows]

    def forget_failures(self, kind: str | None = None, *, lasting: bool = False) -> int:
        """Let failures be asked again as if they never had been, and count them.

        A record that was kept before its address failed counts as done again.

        Parameters
        ----------
        kind : str, optional
            'record' or 'picture'; both if not told.
        lasting : bool
            Whether also those that asking again should not help.
        """
        statuses = ("failed", "gone") if lasting else ("failed", "failed")
        which, parameters = "status IN (?, ?) AND (? IS NULL OR kind = ?)", (*statuses, kind, kind)
        with self._database.transaction():
            dropped = self._database.connection.execute(
                f"DELETE FROM fetch WHERE body IS NULL AND status <> 'done' AND {which}", parameters
            ).rowcount
            kept = self._database.connection.execute(
                f"UPDATE fetch SET status = 'done', error = '' WHERE status <> 'done' AND {which}", parameters
            ).rowcount
        return dropped + kept


def _packed(body: bytes | None) -> bytes | None:
    return None if body is None else zlib.compress(body, _QUICKLY)
