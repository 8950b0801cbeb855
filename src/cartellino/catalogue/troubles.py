"""What SQLite reports, as sentences a person can act on."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cartellino.errors import CartellinoError, CollectionError, StorageError

_AGAIN = "Run the same command again; nothing is lost."
_SENTENCES: dict[int, tuple[type[CartellinoError], str, str]] = {
    sqlite3.SQLITE_FULL: (StorageError, "the disk is full", f"Free some space. {_AGAIN}"),
    sqlite3.SQLITE_READONLY: (
        StorageError,
        "the catalogue can be read but not written",
        "Ask for the right to write in this folder, or copy the collection elsewhere.",
    ),
    sqlite3.SQLITE_PERM: (
        StorageError,
        "the catalogue cannot be opened with your rights",
        "Ask for the right.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StorageError,
        "the catalogue cannot be opened",
        "Check that its folder exists and that you may write in it.",
    ),
    sqlite3.SQLITE_BUSY: (
        CollectionError,
        "another command is writing to this catalogue",
        f"Wait until it is done. {_AGAIN}",
    ),
    sqlite3.SQLITE_LOCKED: (
        CollectionError,
        "another command is writing to this catalogue",
        f"Wait until it is done. {_AGAIN}",
    ),
    sqlite3.SQLITE_PROTOCOL: (
        StorageError,
        "the disk does not keep the locks that a catalogue needs",
        "Move the collection to a disk of this computer.",
    ),
    sqlite3.SQLITE_IOERR: (
        StorageError,
        "the disk could not be read or written",
        f"Check the disk or the network share. {_AGAIN}",
    ),
    sqlite3.SQLITE_CORRUPT: (
        CollectionError,
        "the catalogue is damaged",
        "Restore the collection from a backup: cartellino restore.",
    ),
    sqlite3.SQLITE_NOTADB: (
        CollectionError,
        "this is not a catalogue of Cartellino",
        "Name the folder of a collection.",
    ),
}

_VAGUE = {sqlite3.SQLITE_IOERR}
_LITTLE = 1 << 16  # bytes; the index of a write-ahead log alone takes half of it


def explained(error: sqlite3.Error, where: str) -> CartellinoError | None:
    """The sentence for `error`, or None if it is a mistake of ours that should show its traceback."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _SENTENCES:
        return None
    primary = code & 0xFF  # the low byte of an extended code
    kind, what, do = _SENTENCES[_cause(Path(where).parent) if primary in _VAGUE else primary]
    return kind(what, where, do)


def _cause(folder: Path) -> int:
    """Why SQLite could not work in a folder, where it does not say: its log needs room and leave to write."""
    try:
        if shutil.disk_usage(folder).free < _LITTLE:
            return sqlite3.SQLITE_FULL
        return sqlite3.SQLITE_IOERR if os.access(folder, os.W_OK) else sqlite3.SQLITE_READONLY
    except OSError:
        return sqlite3.SQLITE_IOERR


@contextmanager
def in_words(where: str) -> Iterator[None]:
    """Turn SQLite's errors within the block into errors of the family.

    Raises
    ------
    StorageError
        If the disk is full, read-only or failing.
    CollectionError
        If another process holds the catalogue, or the file is damaged or something else.
    """
    try:
        yield
    except sqlite3.Error as error:
        told = explained(error, where)
        if told is None:
            raise
        raise told from error
