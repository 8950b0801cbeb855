"""Label sets on the first page: what was filed, what waits, what is promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cartellino.catalogue import Catalogue, tallies
from cartellino.catalogue.labels import LabelSetRow
from cartellino.web.items import field_of, picture_json

NEXT = 3


@dataclass(frozen=True, slots=True)
class SetOverview:
    """One label set in numbers.

    Parameters
    ----------
    name, version, kind, field : str, int, str, str
        What it is.
    values : int
        How many values it has.
    filed, signed, left : int
        Works filed by rule, signed by people, and left in the queue.
    triaged : bool
        Whether a model has been asked about the backlog.
    promise : str
        What triage promised, as a sentence, or ''.
    pictures : tuple of dict
        The pictures of the works that come next.
    suspects : int
        Works that look wrong and that nobody has judged.
    """

    name: str
    version: int
    kind: str
    field: str
    values: int
    filed: int
    signed: int
    left: int
    triaged: bool
    promise: str
    pictures: tuple[dict[str, Any], ...]
    suspects: int


def sets(catalogue: Catalogue, signer: str) -> list[SetOverview]:
    """The newest version of every label set, in the order they were made."""
    newest: dict[str, LabelSetRow] = {}
    for row in catalogue.labels.list():
        if row.name not in newest or row.version > newest[row.name].version:
            newest[row.name] = row
    return [_overview(catalogue, row, signer) for row in newest.values()]


def _overview(catalogue: Catalogue, row: LabelSetRow, signer: str) -> SetOverview:
    counts = catalogue.journal.counts(row.id)
    run = catalogue.journal.latest_run(row.id)
    return SetOverview(
        name=row.name,
        version=row.version,
        kind=row.kind,
        field=field_of(row),
        values=len(catalogue.labels.classes(row.id)),
        filed=counts.get("filed", 0),
        signed=counts.get("signed", 0),
        left=tallies.progress(catalogue, row, signer)["left"],
        triaged=run is not None,
        promise=str(run.promise.get("sentence", "")) if run else "",
        pictures=_pictures(catalogue, row),
        suspects=len(catalogue.suspects.open(row.id)),
    )


def _pictures(catalogue: Catalogue, row: LabelSetRow) -> tuple[dict[str, Any], ...]:
    first = (catalogue.pictures.of(entry.work)[:1] for entry in catalogue.journal.queue(row.id, NEXT))
    return tuple(picture_json(picture) for kept in first for picture in kept)
