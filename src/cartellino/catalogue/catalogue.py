"""A collection's catalogue: one SQLite file, and what can be asked of it."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from cartellino.catalogue.changes import Changes
from cartellino.catalogue.database import Database
from cartellino.catalogue.fetches import Fetches
from cartellino.catalogue.fields import Fields
from cartellino.catalogue.journal import Journal
from cartellino.catalogue.labels import Labels
from cartellino.catalogue.likeness import Likeness
from cartellino.catalogue.looks import Looks
from cartellino.catalogue.models import Models
from cartellino.catalogue.opening import NOTICE, open_database
from cartellino.catalogue.pictures import Pictures
from cartellino.catalogue.policies import Policies
from cartellino.catalogue.probe import WAL
from cartellino.catalogue.suspects import Suspects
from cartellino.catalogue.verdicts import Verdicts
from cartellino.catalogue.works import Works


class Catalogue:
    """An open catalogue, for one thread at a time; made by :meth:`open`.

    Parameters
    ----------
    database : Database
        The open file.
    journal_mode : str
        'wal', or 'delete' where the disk cannot keep a write-ahead log.

    Attributes
    ----------
    notice : str
        A sentence for the person if the disk keeps the catalogue less well than it might, else ''.
    """

    def __init__(self, database: Database, journal_mode: str) -> None:
        self.database, self.journal_mode = database, journal_mode
        self.notice = "" if journal_mode == WAL else NOTICE
        self.works = Works(database)
        self.changes = Changes(database)
        self.fields = Fields(database)
        self.pictures = Pictures(database)
        self.fetches = Fetches(database)
        self.labels = Labels(database)
        self.likeness = Likeness(database)
        self.policies = Policies(database)
        self.models = Models(database)
        self.journal = Journal(database)
        self.looks = Looks(database)
        self.suspects = Suspects(database)
        self.verdicts = Verdicts(database)

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Catalogue:
        """Open the catalogue in file `path`, bringing it to this Cartellino's version.

        Parameters
        ----------
        path : Path
            The file, usually ``catalogue.sqlite`` in a collection's folder.
        create : bool
            Whether to make it if there is none.

        Raises
        ------
        CollectionError
            If there is no catalogue, it is something else, or a newer Cartellino made it.
        StorageError
            If the disk cannot keep locks, is full or read-only.
        """
        return cls(*open_database(path, create=create))

    @property
    def path(self) -> Path:
        """The catalogue's file."""
        return self.database.path

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, in autocommit mode, for questions in SQL."""
        return self.database.connection

    def transaction(self) -> AbstractContextManager[None]:
        """A block whose writes are kept all or not at all; blocks may be nested.

        Raises
        ------
        StorageError
            If the disk is full, read-only or failing.
        CollectionError
            If another process keeps writing for more than 30 seconds.
        """
        return self.database.transaction()

    def close(self) -> None:
        """Close the file; what was committed is on the disk."""
        self.database.connection.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
