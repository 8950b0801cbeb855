"""One work as the desk shows it: the wall label, its pictures, what is suggested and what stands."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cartellino.catalogue import Catalogue, tallies
from cartellino.records import Decision, DecisionKind, Picture
from cartellino.show import words
from cartellino.show.wall_label import wall_label

if TYPE_CHECKING:
    from cartellino.catalogue.labels import LabelSetRow

# The first three where one label is right; as many as there are number keys where several may be.
SHOWN = {"single": 3, "multi": 9}


def set_json(catalogue: Catalogue, label_set: LabelSetRow) -> dict[str, Any]:
    """A label set and its values."""
    return {
        "name": label_set.name,
        "version": label_set.version,
        "kind": label_set.kind,
        "field": field_of(label_set),
        "values": [
            {"label": label, "sensitive": sensitive}
            for label, sensitive in catalogue.labels.classes(label_set.id)
        ],
    }


def field_of(label_set: LabelSetRow) -> str:
    """The field that a label set makes learnable."""
    return str(tomllib.loads(label_set.definition).get("field", label_set.name))


def item_json(catalogue: Catalogue, label_set: LabelSetRow, work: int) -> dict[str, Any]:
    """A work for the desk: everything but its look-alikes."""
    place = tallies.queued(catalogue, label_set, work)
    blind = bool(place and place.blind)
    run = _run(catalogue, label_set, place)
    standing = catalogue.journal.standing(label_set.id, work)
    return work_json(catalogue, work) | {
        "blind": blind,
        "queued": place is not None,
        "run": run,
        "suggestions": [] if blind or run is None else suggestions_json(catalogue, label_set, run, work),
        "expected": standing.id if standing else None,
        "standing": None if standing is None or (blind and _by_rule(standing)) else decision_json(standing),
    }


def work_json(catalogue: Catalogue, work: int) -> dict[str, Any]:
    """A work's wall label, catalogue entry and pictures."""
    entry = catalogue.works.entry(work)
    label = asdict(wall_label(entry.columns, entry.title, entry.accession, entry.work_id))
    rest = label.pop("rest")
    return {
        "id": entry.work_id,
        "label": label,
        "entry": rest,
        "pictures": [picture_json(picture) for picture in entry.pictures],
    }


def picture_json(picture: Picture) -> dict[str, Any]:
    """A picture's addresses and size, and what was done to it on arrival."""
    return {
        "address": f"/pictures/{picture.digest}",
        "thumbnail": f"/thumbnails/{picture.digest}",
        "width": picture.width,
        "height": picture.height,
        "changes": list(picture.changes),
    }


def suggestions_json(
    catalogue: Catalogue, label_set: LabelSetRow, run: int, work: int
) -> list[dict[str, Any]]:
    """The first suggestions of a run for a work, in words and numbers."""
    sensitive = {label for label, flag in catalogue.labels.classes(label_set.id) if flag}
    return [
        {
            "label": said.label,
            "probability": said.probability,
            "hedge": words.hedge(said.probability),
            "percent": words.percent(said.probability, of=1),
            "sensitive": said.label in sensitive,
        }
        for said in catalogue.journal.suggestions(run, work)[: SHOWN[label_set.kind]]
    ]


def decision_json(decision: Decision) -> dict[str, Any]:
    """A decision on record."""
    return {
        "id": decision.id,
        "kind": str(decision.kind),
        "labels": list(decision.labels),
        "by": decision.by,
        "at": decision.at,
        "reason": decision.reason,
        "withdraws": decision.withdraws,
        "seen": json.loads(decision.seen or "{}"),
    }


def _run(catalogue: Catalogue, label_set: LabelSetRow, place: tallies.Queued | None) -> int | None:
    if place:
        return place.run
    latest = catalogue.journal.latest_run(label_set.id)
    return latest.id if latest else None


def _by_rule(decision: Decision) -> bool:
    return decision.kind in (DecisionKind.FILED, DecisionKind.REVIEW)
