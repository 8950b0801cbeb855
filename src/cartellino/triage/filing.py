"""Filing: sort the backlog by a promise, and put what follows from it on record, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.curate.labelset import LabelSet
from cartellino.records import Decision, DecisionKind, Suggestion
from cartellino.triage.calibration import sensitive_places
from cartellino.triage.evidence import NONE, Suggested
from cartellino.triage.order import most_useful_first
from cartellino.triage.promise import Promise
from cartellino.triage.triaged import sentence, stated

Flags = NDArray[np.bool_]
Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Sorted:
    """The backlog as a promise sorts it.

    Parameters
    ----------
    suggested : Suggested
        What the model suggests for n works.
    chosen : ndarray (n, m) of bool
        Suggestions that are filed.
    confidence : ndarray (n,) of float64
        Threshold from which down each work would be filed; -inf for one that never is.
    sensitive : ndarray (n,) of bool
        Works that stand high enough, but only under labels that no rule files.
    pending : ndarray (n,) of bool
        Works of a random sample that wait to be signed; not filed meanwhile.
    draw : ndarray of int64
        The keys of those, in the order they were drawn.
    """

    suggested: Suggested
    chosen: Flags
    confidence: NDArray[np.float64]
    sensitive: Flags
    pending: Flags
    draw: Keys

    @property
    def filed(self) -> Flags:
        """Which works are filed; (n,)."""
        filed: Flags = np.any(self.chosen, axis=1)
        return filed


def sort(suggested: Suggested, label_set: LabelSet, promise: Promise, draw: Keys) -> Sorted:
    """Sort works into those filed and those for a person; `draw` are works of an unsigned sample."""
    allowed = suggested.may_file(label_set.kind, sensitive_places(label_set))
    threshold = np.inf if promise.threshold is None else promise.threshold
    high = (suggested.places != NONE) & (suggested.probabilities >= threshold)
    if label_set.kind == "single":
        high[:, 1:] = False
    pending = np.isin(suggested.works, draw)
    return Sorted(
        suggested,
        high & allowed & ~pending[:, None],
        np.where(allowed, suggested.probabilities, -np.inf).max(axis=1, initial=-np.inf),
        high.any(axis=1) & ~(high & allowed).any(axis=1) & ~pending,
        pending,
        draw,
    )


def file(
    catalogue: Catalogue,
    label_set: LabelSet,
    model: int,
    promise: Promise,
    source: str,
    found: Sorted,
    seed: int,
) -> int:
    """Put a triage on record in one transaction, and return the key of its run.

    A model keeps one run for a label set: what it said of a work is said once, however often triage runs.
    """
    told = {**promise.as_dict(), "source": source, "sentence": sentence(promise, label_set.kind, source)}
    with catalogue.transaction():
        run = _run(catalogue, label_set, model, told)
        catalogue.journal.predict(run, _predictions(label_set, found.suggested))
        catalogue.journal.decide_many(
            _decisions(label_set, model, promise, told["sentence"], found), unless_standing=True
        )
        catalogue.journal.set_queue(label_set.id, _queue(label_set, found, run, seed))
    return run


def _run(catalogue: Catalogue, label_set: LabelSet, model: int, told: dict[str, Any]) -> int:
    latest = catalogue.journal.latest_run(label_set.id)
    if latest is None or latest.model != model:
        run = catalogue.journal.run(model)
        catalogue.journal.promise(run, told)
        return run
    before = dict(latest.promise)
    earlier = before.pop("earlier", [])
    if before != _as_kept(told):
        catalogue.journal.promise(latest.id, {**told, "earlier": [*earlier, before]})
    return latest.id


def _as_kept(told: dict[str, Any]) -> Any:
    """As it is when it comes back from the journal, where tuples have become lists."""
    return json.loads(json.dumps(told))


def _predictions(label_set: LabelSet, suggested: Suggested) -> Iterator[tuple[int, list[Suggestion]]]:
    rows = zip(
        suggested.works.tolist(), suggested.places.tolist(), suggested.probabilities.tolist(), strict=True
    )
    for work, places, probabilities in rows:
        pairs = zip(places, probabilities, strict=True)
        yield work, [Suggestion(label_set.classes[place], p) for place, p in pairs if place != NONE]


def _decisions(
    label_set: LabelSet, model: int, promise: Promise, promised: str, found: Sorted
) -> Iterator[Decision]:
    suggested, filed = found.suggested, found.filed
    below = _why_below(promise)
    for row in np.flatnonzero(~found.pending).tolist():
        work = int(suggested.works[row])
        if filed[row]:
            chosen = found.chosen[row]
            labels = tuple(label_set.classes[place] for place in suggested.places[row][chosen])
            least = float(suggested.probabilities[row][chosen].min())
            yield Decision(work, label_set.id, DecisionKind.FILED, labels, promised, least, model)
        else:
            why = _why_sensitive(label_set, suggested, row) if found.sensitive[row] else below
            first = float(suggested.probabilities[row, 0])
            yield Decision(work, label_set.id, DecisionKind.REVIEW, (), why, first, model)


def _why_below(promise: Promise) -> str:
    if promise.threshold is None:
        return f"nothing can be promised: {promise.reason}"
    return f"below {stated(promise.threshold)}, from where on labels are filed"


def _why_sensitive(label_set: LabelSet, suggested: Suggested, row: int) -> str:
    label = label_set.classes[int(suggested.places[row, 0])]
    return f"'{label}' says something about a person: only a person files it"


def _queue(label_set: LabelSet, found: Sorted, run: int, seed: int) -> Iterator[tuple[int, int | None, bool]]:
    """An unsigned sample first, blind; then the rest of what is not filed, most useful first."""
    yield from ((work, None, True) for work in found.draw.tolist())
    rest = found.suggested.among(~found.filed & ~found.pending)
    order = most_useful_first(rest, label_set.kind, seed)
    yield from ((work, run, False) for work in rest.works[order].tolist())
