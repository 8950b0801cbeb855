"""Triage: predict the backlog, file what can be promised, and queue the rest for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.classify.predict import Said, predict_works
from cartellino.classify.trained import TrainedModel
from cartellino.curate.labelset import LabelSet
from cartellino.errors import ModelError
from cartellino.progress import Progress, Silent
from cartellino.triage.backlog import backlog
from cartellino.triage.calibration import Calibration, gather, sensitive_places
from cartellino.triage.evidence import Evidence, Suggested, best, gathered
from cartellino.triage.filing import Sorted, file, sort
from cartellino.triage.more import More, more
from cartellino.triage.promise import Promise, check_shares, find
from cartellino.triage.sequence import plan
from cartellino.triage.triaged import Triaged

if TYPE_CHECKING:
    from cartellino.classify.sight import Sight


def triage(
    catalogue: Catalogue,
    seen: Sight,
    model: TrainedModel,
    label_set: LabelSet,
    *,
    model_key: int,
    max_error: float = 0.05,
    level: float = 0.95,
    seed: int = 0,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Triaged:
    """File what can be promised and queue the rest.

    All that is written is written in one transaction: killed at any moment, a collection holds all of a
    triage or nothing. Done again, it writes only what differs. Works that a person signed are never touched.

    Parameters
    ----------
    catalogue, seen
        The collection, and the features of its pictures.
    model : TrainedModel
        What predicts; trained on `label_set`.
    label_set : LabelSet
        What is to be labelled.
    model_key : int
        The model's key in the catalogue.
    max_error, level : float
        The limit on the error among filed works, and the confidence.
    seed : int
        For the order of the queue.
    dry_run : bool
        Say what would be done, and write nothing.
    progress : Progress, optional
        Told of each batch of works.

    Raises
    ------
    ModelError
        If the model was trained on another label set.
    PromiseError
        If there is nothing to measure a promise on, or the limit or confidence is not a share.
    """
    check_shares(max_error, level)
    _refuse_other(model, label_set)
    told = progress or Silent()

    def suggest(works: NDArray[np.int64]) -> Suggested:
        return gathered(_told_of(predict_works(catalogue, seen, model, works.tolist()), label_set, told))

    waiting = backlog(catalogue, label_set)
    told.start(f"Measuring {label_set.title}", None, "works")
    known = gather(catalogue, label_set, waiting, suggest)
    told.finish()
    planning = _planning(model, label_set)
    sequence = plan(planning, len(known.evidence), max_error, level)
    promise = find(known.evidence, sequence, max_error, level)
    told.start(f"Predicting {label_set.title}", len(waiting), "works")
    found = sort(suggest(waiting), label_set, promise, known.pending)
    told.finish()
    run = None if dry_run else file(catalogue, label_set, model_key, promise, known.source, found, seed)
    offer = more(planning, known.evidence, int(found.filed.sum()), found.confidence, max_error, level)
    return _triaged(model, label_set, promise, known, found, offer, run)


def _triaged(
    model: TrainedModel,
    label_set: LabelSet,
    promise: Promise,
    known: Calibration,
    found: Sorted,
    offer: More,
    run: int | None,
) -> Triaged:
    return Triaged(
        label_set=label_set.title,
        model=model.name,
        kind=label_set.kind,
        promise=promise,
        source=known.source,
        filed=int(found.filed.sum()),
        review=int((~found.filed).sum()),
        sensitive=int(found.sensitive.sum()),
        pending=int(found.pending.sum()),
        newer=known.newer,
        more=offer,
        run=run,
        dry_run=run is None,
    )


def _told_of(batches: Iterable[Said], label_set: LabelSet, progress: Progress) -> Iterator[Suggested]:
    withheld = np.array([label in label_set.audit_only for label in label_set.classes])
    for keys, said in batches:
        yield best(keys, said, label_set.kind, withheld)
        progress.advance(len(keys))


def _planning(model: TrainedModel, label_set: LabelSet) -> Evidence:
    """Evidence from what the model said of works before it learnt from them."""
    if label_set.kind == "single":
        return Evidence.single(model.grid, model.grid_correct)
    rows = np.arange(len(model.grid), dtype=np.int64)
    suggested = best(rows, model.grid, label_set.kind)
    return Evidence.of(suggested, label_set.kind, sensitive_places(label_set), model.grid_correct)


def _refuse_other(model: TrainedModel, label_set: LabelSet) -> None:
    if model.classes != label_set.classes or model.provenance.label_set_hash != label_set.hash:
        learnt = model.provenance.label_set or "another label set"
        raise ModelError(
            f"it was trained on {learnt}, and this is {label_set.title} as frozen since",
            model.name,
            f"Train again: cartellino train {label_set.name}",
        )
