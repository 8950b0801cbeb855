"""How far the queue is, in numbers that take no time to count."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from cartellino.catalogue.catalogue import Catalogue
from cartellino.catalogue.labels import LabelSetRow
from cartellino.records import Decision, DecisionKind

# Both begin at the few works that a person decided on: a queue may hold half a million.
_STANDING = """
SELECT count(DISTINCT q.work) FROM standing s INDEXED BY standing_kind
CROSS JOIN queue q ON q.label_set = ?1 AND q.work = s.work
WHERE s.kind = ?2
  AND s.label_set IN (SELECT id FROM label_set WHERE name = (SELECT name FROM label_set WHERE id = ?1))
"""
_SIGNED_SINCE = """
SELECT count(*) FROM standing s INDEXED BY standing_kind CROSS JOIN decision d ON d.id = s.decision
WHERE s.label_set = ? AND s.kind = 'signed' AND d.decided_by = ? AND d.at >= ?
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person stands in a queue.

    Parameters
    ----------
    total : int
        Works in the queue.
    left : int
        Those nobody has signed.
    skipped : int
        Those among `left` that were put off.
    signed_today : int
        Works that stand as signed by this person since midnight, in this label set.
    """

    total: int
    left: int
    skipped: int
    signed_today: int


@dataclass(frozen=True, slots=True)
class Queued:
    """A work's place in the queue: whose suggestions are shown, and whether any are."""

    run: int | None
    blind: bool


def progress(catalogue: Catalogue, label_set: LabelSetRow, signer: str) -> dict[str, Any]:
    """Where `signer` stands in the queue of a label set, as JSON."""
    ask = catalogue.connection.execute
    (total,) = ask("SELECT count(*) FROM queue WHERE label_set = ?", (label_set.id,)).fetchone()
    (signed,) = ask(_STANDING, (label_set.id, DecisionKind.SIGNED)).fetchone()
    (skipped,) = ask(_STANDING, (label_set.id, DecisionKind.SKIPPED)).fetchone()
    (today,) = ask(_SIGNED_SINCE, (label_set.id, signer, _midnight())).fetchone()
    return asdict(Progress(total, total - signed, skipped, today))


def queued(catalogue: Catalogue, label_set: LabelSetRow, work: int) -> Queued | None:
    """A work's place in the queue, or None if it is not in it."""
    row = catalogue.connection.execute(
        "SELECT run, blind FROM queue WHERE label_set = ? AND work = ?", (label_set.id, work)
    ).fetchone()
    return Queued(row[0], bool(row[1])) if row else None


def is_round(catalogue: Catalogue, label_set: LabelSetRow) -> bool:
    """Whether works of a calibration round are in the queue; triage puts another in its place."""
    sql = "SELECT EXISTS (SELECT 1 FROM queue WHERE label_set = ? AND blind)"
    return bool(catalogue.connection.execute(sql, (label_set.id,)).fetchone()[0])


def model_of(catalogue: Catalogue, label_set: LabelSetRow, run: int) -> int | None:
    """The model of a run, or None if it is no model of this label set."""
    row = catalogue.connection.execute(
        "SELECT m.id FROM run r JOIN model m ON m.id = r.model WHERE r.id = ? AND m.label_set = ?",
        (run, label_set.id),
    ).fetchone()
    return int(row[0]) if row else None


def _midnight() -> str:
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return today.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # as catalogue.clock writes it


def set_of(catalogue: Catalogue, decision: Decision) -> LabelSetRow:
    """The label set, in its newest version, that a decision was made under."""
    names = {row.id: row.name for row in catalogue.labels.list()}
    return catalogue.labels.find(names[decision.label_set])
