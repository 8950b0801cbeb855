"""One connection to a catalogue's file, and its transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from cartellino.catalogue import troubles

T = TypeVar("T")
_MOST_PARAMETERS = 5_000  # values in one IN (…)
_LIMIT = 32_766  # SQLite's own, on parameters of one statement


class Database:
    """A connection with explicit transactions; a thread that begins one waits for another's to end.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open, with ``isolation_level=None``.
    path : Path
        Its file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection, self.path = connection, path
        self._depth = 0
        self._one_at_a_time = RLock()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or none of it; a block within a block is undone alone.

        Raises
        ------
        StorageError
            If the disk is full, read-only or failing.
        CollectionError
            If another process is writing for longer than the busy timeout.
        """
        with self._one_at_a_time, troubles.in_words(str(self.path)):
            begin, keep, undo = self._statements()
            self.connection.execute(begin)
            self._depth += 1
            try:
                yield
                self.connection.execute(keep)
            except BaseException:
                if self.connection.in_transaction:  # SQLite has undone it already when the disk is full
                    for statement in undo:
                        self.connection.execute(statement)
                raise
            finally:
                self._depth -= 1

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first row of a query as a tuple, or None."""
        with troubles.in_words(str(self.path)):
            return self.connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first cell of a query's first row, or None."""
        row = self.one(sql, parameters)
        return row[0] if row else None

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one by one."""
        with troubles.in_words(str(self.path)):
            yield from self.connection.execute(sql, parameters)

    def rows_in(self, sql: str, wanted: Iterable[object], *first: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query with ``IN ({})``, for any number of `wanted` values.

        Parameters
        ----------
        sql : str
            The query, with ``{}`` where the values go and ``?`` before it for `first`.
        wanted : iterable
            The values, asked for in slices and in their order.
        *first : object
            Parameters that come before them.
        """
        for part in batches(wanted, _MOST_PARAMETERS):
            yield from self.rows(sql.format(",".join("?" * len(part))), (*first, *part))

    def insert(self, sql: str, parameters: Sequence[object]) -> int:
        """Run one INSERT in a transaction and return the key it was given."""
        with self.transaction():
            return self.connection.execute(sql, parameters).lastrowid or 0

    def insert_rows(self, into: str, rows: Sequence[Sequence[object]], at_once: int) -> None:
        """Insert `rows` by statements of many rows each, which is quicker than one by one.

        Parameters
        ----------
        into : str
            The statement up to its columns: ``INSERT INTO table (a, b)``.
        rows : sequence of sequence
            Cells in the order of the columns; all rows as long as the first.
        at_once : int
            Rows in one statement, fewer if SQLite's limit on parameters asks for it.
        """
        if not rows:
            return
        row = f"({', '.join('?' * len(rows[0]))})"
        for part in batches(rows, max(1, min(at_once, _LIMIT // len(rows[0])))):
            sql = f"{into} VALUES {', '.join([row] * len(part))}"
            self.connection.execute(sql, list(chain.from_iterable(part)))

    def _statements(self) -> tuple[str, str, tuple[str, ...]]:
        if not self._depth:
            return "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
        name = f"inner_{self._depth}"
        return f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """`things` in lists of `size`, the last one perhaps shorter."""
    stream = iter(things)
    while part := list(islice(stream, size)):
        yield part
