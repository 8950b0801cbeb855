"""The queue of a label set: which works a person should look at, most useful first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cartellino.catalogue.database import Database, batches


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A work to look at: `place` orders the queue, `run` made its suggestions, `blind` hides them."""

    place: int
    work: int
    run: int | None
    blind: bool


def replace(database: Database, label_set: int, entries: Iterable[tuple[int, int | None, bool]]) -> None:
    """Make (work, run, blind) `entries` the queue of a label set; a work said twice stands once."""
    with database.transaction():
        database.connection.execute("DELETE FROM queue WHERE label_set = ?", (label_set,))
        place = 0
        for part in batches(entries, 5_000):
            database.connection.executemany(
                "INSERT INTO queue (label_set, place, work, run, blind) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                [
                    (label_set, place + step, int(work), run, int(blind))
                    for step, (work, run, blind) in enumerate(part)
                ],
            )
            place += len(part)


def upcoming(database: Database, label_set: int, limit: int, after: int) -> list[QueueEntry]:
    """The next entries after place `after` that nobody signed; those that were skipped come last.

    A skipped entry takes a place after the end of the queue, in the order of skipping.
    """
    rows = list(database.rows(_FRESH, (label_set, after, limit)))
    if len(rows) < limit:
        rows += database.rows(_SKIPPED, (label_set, after, limit - len(rows)))
    return [QueueEntry(place, work, run, bool(blind)) for place, work, run, blind in rows]


def left(database: Database, label_set: int) -> int:
    """How many entries of the queue wait for a signature, skipped ones among them."""
    return int(database.value(_LEFT, (label_set,)))


_VERSIONS = "(SELECT id FROM label_set WHERE name = (SELECT name FROM label_set WHERE id = ?1))"

_FRESH = f"""
SELECT q.place, q.work, q.run, q.blind FROM queue q
WHERE q.label_set = ?1 AND q.place > ?2 AND NOT EXISTS (
  SELECT 1 FROM standing s
  WHERE s.work = q.work AND s.label_set IN {_VERSIONS} AND s.kind IN ('signed', 'skipped'))
ORDER BY q.place LIMIT ?3
"""

# The place of a skipped entry: past the end by the number of the decision that skipped it last.
_SKIPPED = f"""
SELECT * FROM (
  SELECT
    (SELECT max(place) FROM queue WHERE label_set = ?1) + max(s.decision) AS place, q.work, q.run, q.blind
  FROM standing s JOIN queue q ON q.label_set = ?1 AND q.work = s.work
  WHERE s.label_set IN {_VERSIONS} AND s.kind = 'skipped' AND NOT EXISTS (
    SELECT 1 FROM standing t WHERE t.work = q.work AND t.label_set IN {_VERSIONS} AND t.kind = 'signed')
  GROUP BY q.work
) WHERE place > ?2 ORDER BY place LIMIT ?3
"""

_LEFT = f"""
SELECT (SELECT count(*) FROM queue WHERE label_set = ?1) - (
  SELECT count(DISTINCT q.work) FROM standing s INDEXED BY standing_kind
  CROSS JOIN queue q ON q.label_set = ?1 AND q.work = s.work -- from the few signed works, not the long queue
  WHERE s.label_set IN {_VERSIONS} AND s.kind = 'signed')
"""
