"""Which row of a feature store belongs to which picture, in a small SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError, StorageError
from cartellino.files import explained

Places = npt.NDArray[np.int64]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS backbone (id TEXT NOT NULL, hash TEXT NOT NULL, width INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS vector (
  place INTEGER PRIMARY KEY,                 -- row of vectors.f32, from 0
  digest TEXT NOT NULL UNIQUE                -- of the picture
) STRICT;
"""
_PLACES = """
SELECT vector.place FROM json_each(?) AS wanted
LEFT JOIN vector ON vector.digest = wanted.value ORDER BY wanted.key
"""
_NAMED = """
SELECT vector.digest FROM json_each(?) AS wanted
JOIN vector ON vector.place = wanted.value ORDER BY wanted.key
"""
_PATIENCE = 30.0  # seconds that a reader waits for a writer's commit


class Index:
    """Rows and digests, in the order of the rows.

    Raises
    ------
    FeatureError
        If it is the index of other vectors, or damaged.
    StorageError
        If it cannot be opened or written.
    """

    def __init__(self, folder: Path, backbone_id: str, backbone_hash: str, width: int) -> None:
        self.path = folder / "index.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explained(error, folder) from error
        with self._in_words():
            # A rollback journal, not WAL: writes are few and small, and it works on network shares.
            self._connection = sqlite3.connect(
                self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            try:
                self._identify(backbone_id, backbone_hash, width)
            except BaseException:
                self._connection.close()
                raise

    def count(self) -> int:
        """Rows there are."""
        with self._in_words():
            (count,) = self._connection.execute("SELECT ifnull(max(place) + 1, 0) FROM vector").fetchone()
        return int(count)

    def places(self, digests: Sequence[str]) -> Places:
        """Rows of `digests`, int64 (n,); −1 for those that have none."""
        with self._in_words():
            rows = self._connection.execute(_PLACES, (json.dumps(digests),)).fetchall()
        return np.array([-1 if place is None else place for (place,) in rows], np.int64)

    def digests(self, start: int, stop: int) -> list[str]:
        """Digests of the rows from `start` up to but not including `stop`."""
        query = "SELECT digest FROM vector WHERE place >= ? AND place < ? ORDER BY place"
        with self._in_words():
            return [digest for (digest,) in self._connection.execute(query, (start, stop))]

    def named(self, places: Sequence[int]) -> list[str]:
        """Digests of single rows, in the order of `places`."""
        with self._in_words():
            rows = self._connection.execute(_NAMED, (json.dumps(places),)).fetchall()
        return [digest for (digest,) in rows]

    def add(self, start: int, digests: Sequence[str]) -> None:
        """Name the rows from `start`, all of them or none."""
        with self._in_words(), self._transaction():
            self._connection.executemany("INSERT INTO vector VALUES (?, ?)", enumerate(digests, start))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _identify(self, backbone_id: str, backbone_hash: str, width: int) -> None:
        told = (backbone_id, backbone_hash, width)
        known = self._known() or self._create(told)
        if known != told:
            raise FeatureError(
                f"these features come from {_described(*known)}, not from {_described(*told)}",
                str(self.path.parent),
                "Vectors of two kinds are never mixed: remove this folder and extract the features anew.",
            )

    def _known(self) -> tuple[str, str, int] | None:
        table = "SELECT 1 FROM sqlite_master WHERE name = 'backbone'"
        if self._connection.execute(table).fetchone() is None:
            return None
        known: tuple[str, str, int] | None = self._connection.execute("SELECT * FROM backbone").fetchone()
        return known

    def _create(self, told: tuple[str, str, int]) -> tuple[str, str, int]:
        with self._transaction():
            for statement in _SCHEMA.split(";\n"):
                self._connection.execute(statement)
            known = self._known()  # another process may have been first
            if known is None:
                self._connection.execute("INSERT INTO backbone VALUES (?, ?, ?)", told)
        return known or told

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _sentence(error, self.path) from error


def _described(backbone_id: str, backbone_hash: str, width: int) -> str:
    return f"{backbone_id} {backbone_hash[:12]} ({width:,} numbers)"


def _sentence(error: sqlite3.Error, path: Path) -> FeatureError | StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    if code == sqlite3.SQLITE_FULL:
        return StorageError("the disk is full", str(path), "Free some space and run the same command again.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return FeatureError(
            "the index of the features is damaged",
            str(path),
            "Remove its folder and extract the features anew.",
        )
    return StorageError(
        f"the index of the features cannot be used ({error})",
        str(path),
        "Check that you may write there and that the disk is sound, then run the same command again.",
    )
