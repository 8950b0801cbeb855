"""The next works of a queue, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartellino.catalogue import Catalogue, tallies

if TYPE_CHECKING:
    from cartellino.catalogue.labels import LabelSetRow

AHEAD = 6


def queue_json(
    catalogue: Catalogue, label_set: LabelSetRow, signer: str, limit: int = AHEAD
) -> dict[str, Any]:
    """The next `limit` works, the progress of `signer`, and what there is to do where nothing is queued."""
    entries = catalogue.journal.queue(label_set.id, limit)
    progress = tallies.progress(catalogue, label_set, signer)
    return {
        "next": [{"id": catalogue.works.id(entry.work), "blind": entry.blind} for entry in entries],
        "progress": progress,
        "state": _state(catalogue, label_set, progress),
    }


def _state(catalogue: Catalogue, label_set: LabelSetRow, progress: dict[str, Any]) -> str:
    if progress["left"]:
        return "waiting"
    if tallies.is_round(catalogue, label_set):
        return "measured"
    return "empty" if catalogue.journal.latest_run(label_set.id) else "untriaged"
