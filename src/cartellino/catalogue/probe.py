"""Tries out what a disk can keep: a write-ahead log, or at least locks."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from cartellino import files
from cartellino.catalogue.shares import is_remote
from cartellino.errors import StorageError

WAL, ROLLBACK = "wal", "delete"
_DISK_TROUBLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}


def connect(path: Path, vfs: str = "", patience: float = 30.0) -> sqlite3.Connection:
    """Open `path` with explicit transactions, waiting `patience` seconds for other writers.

    `vfs` names another of SQLite's views of the disk, such as ``unix-dotfile``.
    """
    address = f"{path.absolute().as_uri()}?vfs={vfs}" if vfs else str(path)
    return sqlite3.connect(
        address, timeout=patience, isolation_level=None, check_same_thread=False, uri=bool(vfs)
    )


def best_mode(folder: Path, vfs: str = "") -> str:
    """The journal mode that the disk under `folder` can keep: 'wal', else 'delete' (a rollback journal).

    Raises
    ------
    StorageError
        If not even locks hold there, or the disk is full or read-only.
    """
    modes = (ROLLBACK,) if is_remote(folder) else (WAL, ROLLBACK)
    for mode in modes:
        if keeps(folder, mode, vfs):
            return mode
    raise StorageError(
        "this disk does not keep the locks that a catalogue needs, so two commands could damage it",
        str(folder),
        "Make the collection on a disk of this computer.",
    )


def keeps(folder: Path, mode: str, vfs: str = "") -> bool:
    """Whether two connections in `folder` see each other's writes and locks under journal mode `mode`."""
    try:
        with tempfile.TemporaryDirectory(prefix=".cartellino-", dir=folder) as scratch:
            path = Path(scratch) / "probe.sqlite"
            with closing(connect(path, vfs, 0)) as first, closing(connect(path, vfs, 0)) as second:
                return _agree(first, second, mode)
    except OSError as error:
        raise files.explained(error, folder) from error
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in _DISK_TROUBLE:
            raise
        return False


def _agree(first: sqlite3.Connection, second: sqlite3.Connection, mode: str) -> bool:
    if first.execute(f"PRAGMA journal_mode = {mode}").fetchone()[0] != mode:
        return False
    first.execute("CREATE TABLE probe (number INTEGER)")
    first.execute("BEGIN IMMEDIATE")
    first.execute("INSERT INTO probe VALUES (1)")
    if _may_write(second):
        return False
    first.execute("COMMIT")
    return bool(second.execute("SELECT count(*) FROM probe").fetchone()[0] == 1)


def _may_write(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    connection.execute("ROLLBACK")
    return True
