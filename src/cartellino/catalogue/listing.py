"""What waits and what was decided, as rows that a terminal or a script can list."""

from __future__ import annotations

from typing import Any

from cartellino.catalogue.catalogue import Catalogue
from cartellino.catalogue.queue import QueueEntry


def waiting(catalogue: Catalogue, label_set: str, limit: int) -> list[dict[str, Any]]:
    """The next works of a label set's queue: ``work``, ``title``, ``suggestion``, ``probability``.

    A work that is shown blind, to calibrate a promise, comes without its suggestion.
    """
    row = catalogue.labels.find(label_set)
    return [_entry(catalogue, entry) for entry in catalogue.journal.queue(row.id, limit)]


def decided(catalogue: Catalogue, work_id: str) -> list[dict[str, Any]]:
    """Every decision about a work, oldest first, with its time, label set, labels, reason and who made it."""
    names = {row.id: f"{row.name}@{row.version}" for row in catalogue.labels.list()}
    return [
        {
            "at": each.at,
            "label_set": names[each.label_set],
            "decision": str(each.kind),
            "labels": ", ".join(each.labels),
            "by": each.by,
            "reason": each.reason,
        }
        for each in catalogue.journal.history(catalogue.works.key(work_id))
    ]


def _entry(catalogue: Catalogue, entry: QueueEntry) -> dict[str, Any]:
    work = catalogue.works.entry(entry.work)
    hidden = entry.blind or entry.run is None
    first = [] if hidden else catalogue.journal.suggestions(entry.run or 0, entry.work)[:1]
    return {
        "work": work.work_id,
        "title": work.title,
        "suggestion": first[0].label if first else "",
        "probability": first[0].probability if first else None,
    }
