"""Writes the rows of one source: quickly the first time, and only what changed after that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database, batches
from cartellino.catalogue.marks import Marks
from cartellino.catalogue.names import quoted
from cartellino.catalogue.pictures import want_many
from cartellino.catalogue.sources import Source, every
from cartellino.errors import InputError
from cartellino.progress import Progress
from cartellino.records import Column, Rejected, Work

_BATCH = 5_000  # rows in one transaction, which is what a kill can cost
_CELLS = 400_000  # cells in one transaction, for very wide tables


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


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to write: the work as read, its key, and the digest of all that was read."""

    work: Work
    key: int
    digest: int


class Writer:
    """Takes the works of one reading of `source` in line order and makes the catalogue hold just these.

    Each batch is one transaction in which rows of the same stretch of lines are compared by digest, so a reading
    that was killed is continued by reading again: what was written is recognised and skipped.
    """

    def __init__(self, database: Database, source: Source) -> None:
        self.database, self.source = database, source
        self.connection = database.connection
        self._original = quoted(source.original)
        self._insert = _insert_sql(self._original, source.columns)
        self._digest = digester(source.columns)
        self._column_keys = [
            key
            for (key,) in database.rows(
                "SELECT id FROM source_column WHERE source = ? ORDER BY place", (source.id,)
            )
        ]
        self._several = {
            key
            for (key,) in database.rows(
                "SELECT id FROM source_column WHERE source = ? AND several", (source.id,)
            )
        }
        self._newest_before = database.value("SELECT coalesce(max(id), 0) FROM work")
        self._last = 0  # the line up to which the catalogue holds this reading
        self._displaced: set[int] = set()  # digests of rows that lost their line and may turn up at another
        self._read, self._updated = Marks(), Marks()
        self._added = self._rejected = 0

    def write(self, works: Iterable[Work | Rejected], *, strict: bool, progress: Progress) -> Written:
        """Write all of `works`, then let go of what the source no longer holds."""
        progress.start(f"Reading {self.source.name}", None, "rows")
        size = max(1, min(_BATCH, _CELLS // max(1, len(self.source.columns))))
        for part in batches(works, size):
            self._batch([self._checked(item) for item in part], strict)
            progress.advance(len(part))
        with self.database.transaction():
            self._drop_after_last()
            gone = self._mark_gone()
        progress.finish()
        return self._written(gone)

    def _written(self, gone: int) -> Written:
        added, updated = self._added, len(self._updated)
        return Written(added, updated, len(self._read) - added - updated, self._rejected, gone)

    def _checked(self, item: Work | Rejected) -> Work | Rejected:
        if isinstance(item, Rejected):
            return item
        short = len(self.source.columns) - len(item.cells)
        if short > 0:
            return replace(item, cells=item.cells + (None,) * short)
        if short < 0:
            reason = f"it has {-short} cells more than there are columns"
        elif not item.id.strip():
            reason = "it has no id"
        else:
            return item
        return Rejected(item.line, reason, "\t".join(cell or "" for cell in item.cells))

    def _batch(self, items: list[Work | Rejected], strict: bool) -> None:
        refused = next((item for item in items if strict and isinstance(item, Rejected)), None)
        if refused:
            items = items[: items.index(refused)]
        if items:
            with self.database.transaction():
                self._write(
                    [item for item in items if isinstance(item, Work)],
                    [item for item in items if isinstance(item, Rejected)],
                    _last_line(items, self._last),
                )
        if refused:
            raise InputError(
                f"line {refused.line} cannot be used: {refused.reason}",
                self.source.address,
                "Correct it, or leave out --strict to go on without it.",
            )

    def _write(self, works: list[Work], rejected: list[Rejected], last: int) -> None:
        before = {
            line: (key, digest)
            for line, key, digest in self.connection.execute(
                f"SELECT line, work, digest FROM {self._original} WHERE line > ? AND line <= ?",
                (self._last, last),
            )
        }
        keys = self._keys(works)
        rows = [_Row(work, keys[work.id], self._digest(work)) for work in works]
        changed = [row for row in rows if before.get(row.work.line) != (row.key, row.digest)]
        self._count(rows, changed, before)
        if before:
            self._clear(before, rows, changed)
        self.connection.executemany(
            self._insert, ((row.work.line, row.key, row.digest, *row.work.cells) for row in changed)
        )
        self._write_values(changed)
        self._update_works(changed)
        want_many(
            self.database, self.source.id, ((row.key, row.work.line, row.work.pictures) for row in changed)
        )
        self._write_rejected(rejected, last)
        self._last = last

    def _keys(self, works: list[Work]) -> dict[str, int]:
        """The key of every work's id; ids that are new get one, with their work."""
        found = self.database.rows_in(
            "SELECT work_id, id FROM work WHERE work_id IN ({})", {work.id for work in works}
        )
        keys: dict[str, int] = {work_id: key for work_id, key in found}
        newest = self.database.value("SELECT coalesce(max(id), 0) FROM work")
        new = []
        for work in works:
            if work.id not in keys:
                newest += 1
                keys[work.id] = newest
                new.append((newest, work.id, work.accession, work.title, self.source.id))
        self.connection.executemany(
            "INSERT INTO work (id, work_id, accession, title, source) VALUES (?, ?, ?, ?, ?)", new
        )
        self._added += len(new)
        return keys

    def _count(self, rows: list[_Row], changed: list[_Row], before: dict[int, tuple[int, int]]) -> None:
        self._read.add(row.key for row in rows)
        known = [row for row in changed if row.key <= self._newest_before]
        if known:
            moved = self._displaced | {digest for _, digest in before.values()}
            moved.update(
                digest
                for (digest,) in self.database.rows_in(
                    f"SELECT digest FROM {self._original} WHERE work IN ({{}})", {row.key for row in known}
                )
            )
            self._updated.add(row.key for row in known if row.digest not in moved)

    def _clear(self, before: dict[int, tuple[int, int]], rows: list[_Row], changed: list[_Row]) -> None:
        """Make room: rows that vanished go, and the values and displaced digests of those that change."""
        kept = {row.work.line for row in rows}
        vanished = [line for line in before if line not in kept]
        stale = vanished + [row.work.line for row in changed if row.work.line in before]
        self._displaced.update(before[line][1] for line in stale)
        self._displaced.difference_update(row.digest for row in changed)
        self.connection.executemany(
            f"DELETE FROM {self._original} WHERE line = ?", ((line,) for line in vanished)
        )
        self._clear_values(stale)

    def _clear_values(self, lines: list[int]) -> None:
        self.connection.executemany(
            "DELETE FROM value WHERE source_column = ? AND line = ?",
            ((column, line) for column in sorted(self._several) for line in lines),
        )

    def _write_values(self, changed: list[_Row]) -> None:
        columns = self._column_keys
        values = [
            (columns[column], row.work.line, place, row.key, value)
            for row in changed
            for column, several in row.work.several
            for place, value in enumerate(several)
        ]
        self.connection.executemany(
            "INSERT INTO value (source_column, line, place, work, value) VALUES (?, ?, ?, ?, ?)", values
        )
        fresh = {value[0] for value in values} - self._several
        self.connection.executemany(
            "UPDATE source_column SET several = 1 WHERE id = ?", [(column,) for column in fresh]
        )
        self._several |= fresh

    def _update_works(self, changed: list[_Row]) -> None:
        """Bring the works of changed rows up to date; of several rows of a work, the first names it."""
        known = {row.key: row for row in reversed(changed) if row.key <= self._newest_before}
        if not known:
            return
        first = dict(
            self.database.rows_in(
                f"SELECT work, min(line) FROM {self._original} WHERE work IN ({{}}) GROUP BY work", known
            )
        )
        naming = [row for row in known.values() if first[row.key] == row.work.line]
        self.connection.executemany(
            _RENAME, [(row.key, row.work.accession, row.work.title, self.source.id) for row in naming]
        )
        self.connection.executemany(
            "UPDATE work SET source = ?1, gone_at = NULL WHERE id = ?2 AND (source <> ?1 OR gone_at IS NOT NULL)",
            [(self.source.id, key) for key in known],
        )

    def _write_rejected(self, rejected: Sequence[Rejected], last: int) -> None:
        self.connection.execute(
            "DELETE FROM rejected WHERE source = ? AND line > ? AND line <= ?",
            (self.source.id, self._last, last),
        )
        self.connection.executemany(
            "INSERT INTO rejected (source, line, reason, raw) VALUES (?, ?, ?, ?)",
            [(self.source.id, item.line, item.reason, item.raw) for item in rejected],
        )
        self._rejected += len(rejected)

    def _drop_after_last(self) -> None:
        """Let go of the rows after the end of this reading, and of pictures that rows no longer name."""
        where, last = "line > ?", (self._last,)
        stale = [
            line for (line,) in self.database.rows(f"SELECT line FROM {self._original} WHERE {where}", last)
        ]
        self._clear_values(stale)
        self.connection.execute(f"DELETE FROM {self._original} WHERE {where}", last)
        self.connection.execute(f"DELETE FROM rejected WHERE source = ? AND {where}", (self.source.id, *last))
        self.connection.execute(
            "DELETE FROM work_picture WHERE source = ? "
            f"AND NOT EXISTS (SELECT 1 FROM {self._original} o WHERE o.line = work_picture.line AND o.work = work_picture.work) "
            f"AND EXISTS (SELECT 1 FROM {self._original} o WHERE o.work = work_picture.work)",
            (self.source.id,),
        )

    def _mark_gone(self) -> int:
        """Note the time for works that no source holds any more, and count them."""
        held = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {quoted(source.original)} o WHERE o.work = work.id)"
            for source in every(self.database)
        )
        done = self.connection.execute(
            f"UPDATE work SET gone_at = ? WHERE gone_at IS NULL AND {held}", (now(),)
        )
        return done.rowcount


# A source that says nothing about a name does not blot out what another source said.
_RENAME = """
UPDATE work SET
  accession = CASE WHEN ?2 = '' AND source <> ?4 THEN accession ELSE ?2 END,
  title = CASE WHEN ?3 = '' AND source <> ?4 THEN title ELSE ?3 END
WHERE id = ?1 AND (accession <> ?2 OR title <> ?3)
"""


def digester(columns: Sequence[Column]) -> Callable[[Work], int]:
    """A function from a work to a signed 64-bit digest of all that was read of it, under these columns.

    The digest is BLAKE2b (RFC 7693), personalised by the columns' names so that a renamed column changes it.
    """
    names = "\x1f".join(column.name for column in columns).encode("utf-8", "surrogatepass")
    person = blake2b(names, digest_size=16).digest()

    def digest(work: Work) -> int:
        try:
            cells = "\x1f".join(work.cells)  # type: ignore[arg-type]  # the rare None is handled below
        except TypeError:
            cells = "\x1f".join("\x00" if cell is None else cell for cell in work.cells)
        rest = repr((work.id, work.accession, work.title, work.several, work.pictures))
        data = f"{cells}\x1e{rest}".encode("utf-8", "surrogatepass")
        return int.from_bytes(blake2b(data, digest_size=8, person=person).digest(), "little", signed=True)

    return digest


def _insert_sql(original: str, columns: Sequence[Column]) -> str:
    names = ", ".join(["line", "work", "digest", *(quoted(column.name) for column in columns)])
    marks = ", ".join("?" * (len(columns) + 3))
    return f"INSERT OR REPLACE INTO {original} ({names}) VALUES ({marks})"


def _last_line(items: Sequence[Work | Rejected], before: int) -> int:
    last = before
    for item in items:
        if item.line <= last:
            raise ValueError(f"a source yields its rows in line order, and {item.line} came after {last}")
        last = item.line
    return last
