"""What a later reading of a source brought that was otherwise before, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cartellino.catalogue.database import Database
from cartellino.catalogue.names import quoted
from cartellino.catalogue.originals import Row
from cartellino.catalogue.sources import Source


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that changed upstream; `before` and `after` are as written, None where a row ended early."""

    work_id: str
    field: str
    before: str | None
    after: str | None


class Changes:
    """What readings changed; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, source: Source) -> Iterator[Change]:
        """The cells that the newest reading of `source` changed, in the order they were read."""
        sql = (
            "SELECT w.work_id, c.field, c.before, c.after FROM change c JOIN work w ON w.id = c.work "
            "WHERE c.source = ? AND c.at = ? ORDER BY c.id"
        )
        for row in self._database.rows(sql, (source.id, source.updated_at)):
            yield Change(*row)

    def fields(self, source: Source) -> list[tuple[str, int]]:
        """The fields in which the newest reading changed works, and how many, the most first."""
        sql = (
            "SELECT field, count(DISTINCT work) FROM change WHERE source = ? AND at = ? "
            "GROUP BY field ORDER BY 2 DESC, field"
        )
        return list(self._database.rows(sql, (source.id, source.updated_at)))

    def gone(self, source: Source, limit: int) -> list[str]:
        """Ids of works that the newest reading no longer held, `limit` of them at most."""
        sql = "SELECT work_id FROM work WHERE source = ? AND gone_at >= ? ORDER BY id LIMIT ?"
        return [key for (key,) in self._database.rows(sql, (source.id, source.updated_at, limit))]


class Comparison:
    """Compares rows that come in with those that stand there, and notes the cells that differ."""

    def __init__(self, database: Database, source: Source) -> None:
        self._database, self._source = database, source
        self._told: list[int] | None = None

    def note(self, rows: Sequence[Row]) -> None:
        """Note what `rows` change; must be called in a transaction, before they are put."""
        if not rows:
            return
        places = self._told = self._told if self._told is not None else self._filled()
        names = [column.name for column in self._source.columns]
        standing = self._standing(row.key for row in rows)
        self._database.connection.executemany(
            "INSERT INTO change (source, work, field, before, after, at) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (self._source.id, row.key, names[place], before[place], after, self._source.updated_at)
                for row in rows
                if (before := _nearest(standing.get(row.key, []), row.work.line))
                for place in places
                if (after := row.work.cells[place]) != before[place]
            ),
        )

    def _filled(self) -> list[int]:
        """Columns in which something stands: those that this reading brought say nothing of the works."""
        table = quoted(self._source.original)
        return [
            place
            for place, column in enumerate(self._source.columns)
            if self._database.value(
                f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {quoted(column.name)} IS NOT NULL)"
            )
        ]

    def _standing(self, works: Iterable[int]) -> dict[int, list[tuple[int, tuple[str | None, ...]]]]:
        """(line, cells) of every row of `works` as it stands."""
        cells = "".join(f", {quoted(column.name)}" for column in self._source.columns)
        sql = f"SELECT work, line{cells} FROM {quoted(self._source.original)} WHERE work IN ({{}})"
        found: dict[int, list[tuple[int, tuple[str | None, ...]]]] = {}
        for work, line, *told in self._database.rows_in(sql, works):
            found.setdefault(work, []).append((line, tuple(told)))
        return found


def _nearest(rows: list[tuple[int, tuple[str | None, ...]]], line: int) -> tuple[str | None, ...] | None:
    """The cells of a work's row at `line`, or of the one nearest to it: rows above may have come or gone."""
    return min(rows, key=lambda row: abs(row[0] - line))[1] if rows else None
