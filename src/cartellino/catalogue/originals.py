"""The rows of one source as they came, in a table of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cartellino.catalogue.batching import Prepared
from cartellino.catalogue.database import Database
from cartellino.catalogue.names import quoted
from cartellino.catalogue.several import odd, refresh_view, separator_of
from cartellino.catalogue.sources import Source

# In one statement: the interpreter's lock, which is free while a statement runs, changes hands less often
# then.
_ROWS, _VALUES = 50, 2_500


# Of a row in the catalogue: the key of its work, and the digests of all that was read and of its text.
Standing = tuple[int, int, int | None]


class Row(NamedTuple):
    """A row as read, and the key of its work."""

    work: Prepared
    key: int

    @property
    def standing(self) -> Standing:
        """What is compared with what stands in the catalogue."""
        return self.key, self.work.digest, self.work.text


class Original:
    """The table of one source; all that writes to it must be called in a transaction."""

    def __init__(self, database: Database, source: Source) -> None:
        self._database, self._connection = database, database.connection
        self.table = quoted(source.original)
        names = ["line", "work", "digest", "text_digest", *(quoted(column.name) for column in source.columns)]
        self._insert = f"INSERT OR REPLACE INTO {self.table} ({', '.join(names)})"
        columns = list(
            database.rows(
                "SELECT id, several FROM source_column WHERE source = ? ORDER BY place", (source.id,)
            )
        )
        self._columns = [key for key, _ in columns]
        self._several = {place for place, (_, several) in enumerate(columns) if several}
        self._separator = separator_of(source.format)
        self._source = source.id

    def between(self, after: int, last: int) -> dict[int, Standing]:
        """What stands at each line after `after`, up to `last`."""
        rows = self._database.rows(
            f"SELECT line, work, digest, text_digest FROM {self.table} WHERE line > ? AND line <= ?",
            (after, last),
        )
        return {line: (work, digest, text) for line, work, digest, text in rows}

    def lines_after(self, last: int) -> list[int]:
        """The lines after `last`."""
        rows = self._database.rows(f"SELECT line FROM {self.table} WHERE line > ? ORDER BY line", (last,))
        return [line for (line,) in rows]

    def digests(self, works: Iterable[int]) -> set[int]:
        """The digests of all rows of `works`."""
        rows = self._database.rows_in(f"SELECT digest FROM {self.table} WHERE work IN ({{}})", works)
        return {digest for (digest,) in rows}

    def first_lines(self, works: Iterable[int]) -> dict[int, int]:
        """The first line of each of `works` that has one."""
        sql = f"SELECT work, min(line) FROM {self.table} WHERE work IN ({{}}) GROUP BY work"
        return dict(self._database.rows_in(sql, works))

    def put(self, rows: Sequence[Row]) -> None:
        """Write `rows` at their lines, whatever stood there."""
        self._database.insert_rows(
            self._insert,
            [(work.line, key, work.digest, work.text, *work.cells) for work, key in rows],
            _ROWS,
        )
        self._put_values(rows)

    def drop(self, lines: Sequence[int]) -> None:
        """Let go of the rows at `lines`."""
        self.clear_values(lines)
        self._connection.executemany(f"DELETE FROM {self.table} WHERE line = ?", ((line,) for line in lines))

    def clear_values(self, lines: Sequence[int]) -> None:
        """Let go of the values that are kept for `lines`."""
        self._connection.executemany(
            "DELETE FROM value WHERE source_column = ? AND line = ?",
            ((self._columns[place], line) for place in sorted(self._several) for line in lines),
        )

    def _put_values(self, rows: Sequence[Row]) -> None:
        """Keep the values that cutting cells would not give back; note the columns that hold several."""
        columns, separator = self._columns, self._separator
        fresh = {column for work, _ in rows for column, _ in work.several} - self._several
        kept = [
            (columns[column], work.line, place, key, value)
            for work, key in rows
            if work.several
            for column, several in odd(work.cells, work.several, separator)
            for place, value in enumerate(several)
        ]
        self._database.insert_rows(
            "INSERT INTO value (source_column, line, place, work, value)", kept, _VALUES
        )
        if fresh:
            self._connection.executemany(
                "UPDATE source_column SET several = 1 WHERE id = ?", [(columns[place],) for place in fresh]
            )
            self._several |= fresh
            refresh_view(self._database, self._source)
