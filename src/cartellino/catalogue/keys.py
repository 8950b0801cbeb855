"""The keys of works by the museum's ids, and what works are called."""

from __future__ import annotations

from collections.abc import Sequence

from cartellino.catalogue.batching import Prepared
from cartellino.catalogue.database import Database
from cartellino.catalogue.originals import Original, Row

_AT_ONCE = 5_000  # full-text search writes itself out after each statement, so one for a whole batch


def keys(database: Database, source: int, works: Sequence[Prepared]) -> tuple[dict[str, int], int]:
    """The key of every work's id, and how many are new: they are added as `source` calls them.

    Of several rows of a new work, the first names it. Must be called in a transaction.
    """
    ids = dict.fromkeys(work.id for work in works)
    found: dict[str, int] = dict(database.rows_in("SELECT work_id, id FROM work WHERE work_id IN ({})", ids))
    newest = database.value("SELECT coalesce(max(id), 0) FROM work")
    new = []
    for work in works:
        if work.id not in found:
            newest += 1
            found[work.id] = newest
            new.append((newest, work.id, work.accession, work.title, source))
    database.insert_rows("INSERT INTO work (id, work_id, accession, title, source)", new, _AT_ONCE)
    return found, len(new)


def rename(database: Database, source: int, original: Original, rows: Sequence[Row]) -> None:
    """Call the works of `rows` as `source` does now; of several rows of a work, the first names it.

    Must be called in a transaction, after the rows were put.
    """
    firsts: dict[int, Row] = {}
    for row in rows:
        if row.key not in firsts or row.work.line < firsts[row.key].work.line:
            firsts[row.key] = row
    lines = original.first_lines(firsts)
    naming = [row for row in firsts.values() if lines[row.key] == row.work.line]
    database.connection.executemany(
        _RENAME, [(row.key, row.work.accession, row.work.title, source) for row in naming]
    )
    database.connection.executemany(
        "UPDATE work SET source = ?1, gone_at = NULL WHERE id = ?2 AND (source <> ?1 OR gone_at IS NOT NULL)",
        [(source, key) for key in firsts],
    )


# A source that says nothing about a name does not blot out what another source said.
_RENAME = """
UPDATE work SET
  accession = CASE WHEN ?2 = '' AND source <> ?4 THEN accession ELSE ?2 END,
  title = CASE WHEN ?3 = '' AND source <> ?4 THEN title ELSE ?3 END
WHERE id = ?1 AND (accession <> ?2 OR title <> ?3)
"""
