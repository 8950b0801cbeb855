"""Opens a catalogue's file in the journal mode its disk can keep, or says why it cannot be kept there."""

from __future__ import annotations

from pathlib import Path

from cartellino import files
from cartellino.catalogue import migrate, troubles
from cartellino.catalogue.database import Database
from cartellino.catalogue.probe import ROLLBACK, WAL, best_mode, connect
from cartellino.catalogue.shares import is_remote
from cartellino.errors import CollectionError, StorageError

_LOG = 8_000  # pages in the write-ahead log before they move home: a page written often moves once
_CACHE = 32_000  # KiB of pages; the ids' index of half a million works stays in it
NOTICE = (
    "This folder cannot keep a write-ahead log, as on most network shares: the catalogue keeps a rollback "
    "journal instead. It is as safe, but commands wait for each other."
)


def open_database(path: Path, *, create: bool = False, vfs: str = "") -> tuple[Database, str]:
    """Open the catalogue at `path` in the best journal mode its disk can keep, and migrate it.

    Parameters
    ----------
    path : Path
        The file.
    create : bool
        Whether to make it if there is none.
    vfs : str
        Another of SQLite's views of the disk, for disks whose locks are of another kind.

    Returns
    -------
    tuple of (Database, str)
        The open file, and its journal mode: 'wal' or 'delete'.

    Raises
    ------
    CollectionError
        If there is none, it is something else, or a newer Cartellino made it.
    StorageError
        If the disk cannot keep locks, is full or read-only.
    """
    with troubles.in_words(str(path)):
        blank = _is_blank(path, create)
        mode = best_mode(path.parent, vfs) if blank else ""
        database = Database(connect(path, vfs), path)
        try:
            version = _recognised(database)
            if not version and not create:
                raise _nothing_here(path)
            mode = _settled(database, mode or _wanted(path.parent), vfs)
            migrate.migrate(database)
        except BaseException:
            database.connection.close()
            raise
    return database, mode


def _is_blank(path: Path, create: bool) -> bool:
    try:
        if path.exists() and path.stat().st_size:
            return False
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.explained(error, path) from error
    if not create:
        raise _nothing_here(path)
    return True


def _nothing_here(path: Path) -> CollectionError:
    return CollectionError(
        "there is no collection here",
        str(path.parent),
        "Make one with 'cartellino new', or name the folder of one.",
    )


def _wanted(folder: Path) -> str:
    return ROLLBACK if is_remote(folder) else WAL


def _recognised(database: Database) -> int:
    """The catalogue's version; brought out of WAL mode first if it was moved where that cannot be read."""
    try:
        return migrate.recognise(database)
    except StorageError:
        if not migrate.is_ours(database.path):
            raise
    for statement in (
        # then WAL needs no shared memory (SQLite, 'Write-Ahead Logging', 8)
        "PRAGMA locking_mode = exclusive",
        f"PRAGMA journal_mode = {ROLLBACK}",
        "SELECT count(*) FROM sqlite_master",
        "PRAGMA locking_mode = normal",
        "SELECT count(*) FROM sqlite_master",  # frees the lock
    ):
        database.connection.execute(statement).fetchall()
    return migrate.recognise(database)


def _settled(database: Database, wanted: str, vfs: str) -> str:
    """Set the connection up, and return the journal mode it has in the end."""
    mode = str(database.value(f"PRAGMA journal_mode = {wanted}"))
    if mode != WAL:
        best_mode(database.path.parent, vfs)
    # in WAL mode a power cut can lose the last commits but not the file; a rollback journal needs FULL for
    # that
    database.connection.execute(f"PRAGMA synchronous = {'NORMAL' if mode == WAL else 'FULL'}")
    database.connection.execute("PRAGMA foreign_keys = ON")
    database.connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    database.connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
    return mode
