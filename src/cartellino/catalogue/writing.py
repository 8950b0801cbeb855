"""Writes the rows of one source: quickly the first time, and only what changed after that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cartellino.catalogue import keys, named
from cartellino.catalogue.batching import Batch, unswept
from cartellino.catalogue.changes import Comparison
from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database
from cartellino.catalogue.marks import Marks
from cartellino.catalogue.names import quoted
from cartellino.catalogue.originals import Original, Row, Standing
from cartellino.catalogue.sources import Source, every
from cartellino.errors import CollectionError, InputError
from cartellino.progress import Progress
from cartellino.records import Rejected


@dataclass(frozen=True, slots=True)
class Written:
    """What a reading brought, in works; rejected rows are counted as rows.

    A work whose row only moved to another line counts as unchanged.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    gone: int = 0


class Writer:
    """Takes the works of one reading of `source` in line order and makes the catalogue hold just these.

    Each batch is one transaction, in which the rows of one stretch of lines are compared by digest. So a
    reading that was killed is continued by reading again: what was written is recognised and skipped.
    """

    def __init__(self, database: Database, source: Source) -> None:
        self._database, self._source = database, source
        self._original, self._comparison = Original(database, source), Comparison(database, source)
        self._newest_before = database.value("SELECT coalesce(max(id), 0) FROM work")
        self._last = 0  # the line up to which the catalogue holds this reading
        self._displaced: set[int] = set()  # digests of rows that lost their line and may turn up at another
        self._nameless: set[int] = set()  # works that lost a row, perhaps the one that named them
        self._read, self._updated = Marks(), Marks()
        self._added = self._rejected = 0

    def write(self, batches: Iterable[Batch], progress: Progress) -> Written:
        """Write all of `batches`, then let go of what the source no longer holds."""
        progress.start(f"Reading {self._source.name}", None, "rows")
        with unswept():
            for batch in batches:
                self._write(batch)
                progress.advance(len(batch.works) + len(batch.unchanged) + len(batch.rejected))
        with self._database.transaction():
            self._let_go()
            gone = self._mark_gone()
            named.sweep(self._database)
        progress.finish()
        updated = len(self._updated)
        unchanged = len(self._read) - self._added - updated
        return Written(self._added, updated, unchanged, self._rejected, gone)

    def _write(self, batch: Batch) -> None:
        with self._database.transaction():
            before = self._original.between(self._last, batch.last)
            found, added = keys.keys(self._database, self._source.id, batch.works)
            rows = [Row(work, found[work.id]) for work in batch.works]
            self._added += added
            self._keep(batch.unchanged, before)
            self._write_rows(rows, before)
            self._write_rejected(batch.rejected, batch.last)
        self._last = batch.last
        if batch.refused:
            raise InputError(
                f"line {batch.refused.line} cannot be used: {batch.refused.reason}",
                self._source.address,
                "Correct it, or leave out --strict to go on without it.",
            )

    def _keep(self, lines: list[int], before: dict[int, Standing]) -> None:
        """Leave the rows at `lines` as they stand: what is left of `before` are rows to be compared."""
        try:
            self._read.add(before.pop(line)[0] for line in lines)
        except KeyError as error:
            raise CollectionError(
                "another command wrote the same source meanwhile",
                self._source.address,
                "Repeat the command: it goes on where it stopped.",
            ) from error

    def _write_rows(self, rows: list[Row], before: dict[int, Standing]) -> None:
        changed = [row for row in rows if before.get(row.work.line) != row.standing]
        known = [row for row in changed if row.key <= self._newest_before]
        self._read.add(row.key for row in rows)
        updated = self._not_moved(known, before)
        self._updated.add(row.key for row in updated)
        self._comparison.note(updated)
        self._make_room(before, rows, changed)
        self._original.put(changed)
        naming = known + [row for row in rows if row.key in self._nameless]
        keys.rename(self._database, self._source.id, self._original, naming)
        pictured = [(row.key, row.work.line, row.work.pictures) for row in changed if row.work.pictures]
        named.note(self._database, self._source.id, pictured)

    def _not_moved(self, known: list[Row], before: dict[int, Standing]) -> list[Row]:
        """Those of the changed rows of works known before whose content stood at no other line."""
        here, displaced = {digest for _, digest, _ in before.values()}, self._displaced
        left = [row for row in known if row.work.digest not in here and row.work.digest not in displaced]
        later = self._original.digests(row.key for row in left)
        return [row for row in left if row.work.digest not in later]

    def _make_room(self, before: dict[int, Standing], rows: list[Row], changed: list[Row]) -> None:
        """Let go of rows that vanished, and of the values of those that change."""
        if not before:
            return
        kept = {row.work.line for row in rows}
        vanished = [line for line in before if line not in kept]
        changing = [row.work.line for row in changed if row.work.line in before]
        self._nameless.update(before[line][0] for line in vanished + changing)
        self._displaced.update(before[line][1] for line in vanished + changing)
        self._displaced.difference_update(row.work.digest for row in changed)
        self._original.drop(vanished)
        self._original.clear_values(changing)
        named.forget(self._database, self._source.id, vanished + changing)

    def _write_rejected(self, rejected: Sequence[Rejected], last: int) -> None:
        self._database.connection.execute(
            "DELETE FROM rejected WHERE source = ? AND line > ? AND line <= ?",
            (self._source.id, self._last, last),
        )
        self._database.connection.executemany(
            "INSERT INTO rejected (source, line, reason, raw) VALUES (?, ?, ?, ?)",
            [(self._source.id, item.line, item.reason, item.raw) for item in rejected],
        )
        self._rejected += len(rejected)

    def _let_go(self) -> None:
        """Let go of the rows after the end of this reading."""
        stale = self._original.lines_after(self._last)
        self._original.drop(stale)
        named.forget(self._database, self._source.id, stale)
        self._database.connection.execute(
            "DELETE FROM rejected WHERE source = ? AND line > ?", (self._source.id, self._last)
        )

    def _mark_gone(self) -> int:
        """Note the time for works that no source holds any more, and count them."""
        held = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {quoted(source.original)} o WHERE o.work = work.id)"
            for source in every(self._database)
        )
        sql = f"UPDATE work SET gone_at = ? WHERE gone_at IS NULL AND {held}"
        return self._database.connection.execute(sql, (now(),)).rowcount
