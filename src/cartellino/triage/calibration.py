"""The works that a promise is measured on: the calibration part, or a random sample of the backlog itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.curate.labelset import LabelSet
from cartellino.curate.merges import apply, targets
from cartellino.curate.pairs import rows_of
from cartellino.curate.rounds import Round, record, rounds
from cartellino.errors import PromiseError
from cartellino.records import Decision, DecisionKind, Part
from cartellino.triage.backlog import backlog
from cartellino.triage.evidence import Evidence, Suggested

Keys = NDArray[np.int64]
Suggest = Callable[[Keys], Suggested]

LABELLED, SAMPLED = "labelled", "sampled"
_LOOKED_AT = (DecisionKind.SIGNED, DecisionKind.SKIPPED)


@dataclass(frozen=True)
class Calibration:
    """What a promise is measured on.

    Parameters
    ----------
    source : str
        'labelled': works like those that were labelled. 'sampled': a random sample of the backlog.
    evidence : Evidence
        Of those works.
    pending : ndarray of int64
        Works of a round that nobody has looked at yet, in the order they were drawn.
    drawn : int
        Works of all rounds.
    newer : int
        Works of the backlog that came after the last round was drawn, and that it says nothing about.
    """

    source: str
    evidence: Evidence
    pending: Keys
    drawn: int = 0
    newer: int = 0


def queue_sample(catalogue: Catalogue, label_set: LabelSet, n: int, seed: int) -> int:
    """Draw `n` works of the backlog at random, ahead of the queue and without suggestions; return how many.

    Works filed by a rule may be drawn too: they are what the promise is about. Until signed, they count as
    not filed.

    Raises
    ------
    PromiseError
        If an earlier round is still to be signed, or the backlog is empty.
    """
    before = rounds(catalogue, label_set.id)
    pending = _pending(catalogue, label_set, before)
    if len(pending):
        raise PromiseError(
            f"{len(pending):,} works of the last random sample are still to be looked at",
            label_set.title,
            "Sign them at the desk first: cartellino serve",
        )
    waiting = backlog(catalogue, label_set)
    if len(waiting) == 0:
        raise PromiseError(
            "there is no backlog to draw from", label_set.title, "Every work with a picture is labelled."
        )
    random = np.random.default_rng([seed, len(before)])
    works = random.choice(waiting, size=min(n, len(waiting)), replace=False)
    drawn = Round(len(before) + 1, len(waiting), int(waiting.max()), tuple(works.tolist()))
    with catalogue.transaction():
        record(catalogue, label_set.id, drawn)
        catalogue.journal.set_queue(
            label_set.id, [*_blind(works), *_rest(catalogue, label_set, set(drawn.works))]
        )
    return len(drawn.works)


def gather(catalogue: Catalogue, label_set: LabelSet, waiting: Keys, suggest: Suggest) -> Calibration:
    """What a promise can be measured on today.

    A random sample of the backlog is used once somebody has looked at each of its works. A work that was
    looked at and not signed counts as an error: so no choice of which works to sign can make a promise
    easier, and one that holds now still holds when the rest is signed (docs/explanation/promises.md).

    Parameters
    ----------
    catalogue : Catalogue
        Where rounds and signatures stand.
    label_set : LabelSet
        What the model has learnt.
    waiting : ndarray of int64
        The backlog.
    suggest : callable
        What the model suggests for works, in the order of their keys.

    Raises
    ------
    PromiseError
        If there is neither a signed sample nor a calibration part.
    """
    drawn = rounds(catalogue, label_set.id)
    pending = _pending(catalogue, label_set, drawn)
    sampled = _unlearnt(label_set, drawn)
    if len(sampled) and not len(pending):
        newer = int((waiting > drawn[-1].newest).sum())
        return Calibration(
            SAMPLED, _sampled(catalogue, label_set, suggest(sampled)), pending, len(sampled), newer
        )
    rows = _one_of_each_kin(label_set)
    if len(rows) == 0:
        raise PromiseError(
            "there is nothing to measure a promise on: the label set has no calibration part",
            label_set.title,
            f"Sign a random sample first: cartellino triage {label_set.name} --calibrate 200",
        )
    return Calibration(LABELLED, _labelled(label_set, suggest(label_set.works[rows])), pending, len(sampled))


def sensitive_places(label_set: LabelSet) -> NDArray[np.bool_]:
    """Which classes are never filed; (k,)."""
    return np.array([label in label_set.sensitive for label in label_set.classes])


def _labelled(label_set: LabelSet, suggested: Suggested) -> Evidence:
    rows = rows_of(label_set.works, suggested.works)
    right = np.stack([label_set.has(place)[rows] for place in range(len(label_set.classes))], axis=1)
    return Evidence.of(suggested, label_set.kind, sensitive_places(label_set), right)


def _one_of_each_kin(label_set: LabelSet) -> Keys:
    """Rows of the calibration part, kin counted once: the test takes works to be drawn one by one."""
    rows = label_set.of(Part.CALIBRATION)
    first = np.unique(label_set.kin[rows], return_index=True)[1]
    return rows[np.sort(first)]


def _sampled(catalogue: Catalogue, label_set: LabelSet, suggested: Suggested) -> Evidence:
    standing = catalogue.journal.standing_for(label_set.id, suggested.works.tolist())
    ends = targets(label_set.definition.merges, label_set.definition.stop_at)
    place = {label: number for number, label in enumerate(label_set.classes)}
    right = np.zeros((len(suggested.works), len(place)), bool)
    for row, work in enumerate(suggested.works.tolist()):
        decision = standing.get(work)
        for label in _signed(decision, ends):
            if label in place:
                right[row, place[label]] = True
    return Evidence.of(suggested, label_set.kind, sensitive_places(label_set), right)


def _signed(decision: Decision | None, ends: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if decision is None or decision.kind is not DecisionKind.SIGNED:
        return ()
    return apply(decision.labels, ends)


def _unlearnt(label_set: LabelSet, drawn: list[Round]) -> Keys:
    """Works of all rounds that the model has neither learnt from nor been chosen by; ascending."""
    works = np.array(sorted({work for each in drawn for work in each.works}), dtype=np.int64)
    learnt = label_set.works[label_set.parts != Part.CALIBRATION.value]
    return works[~np.isin(works, learnt)]


def _pending(catalogue: Catalogue, label_set: LabelSet, drawn: list[Round]) -> Keys:
    works = [work for each in drawn for work in each.works]
    standing = catalogue.journal.standing_for(label_set.id, works)
    return np.array(
        [work for work in works if work not in standing or standing[work].kind not in _LOOKED_AT],
        dtype=np.int64,
    )


def _blind(works: Keys) -> list[tuple[int, int | None, bool]]:
    return [(work, None, True) for work in works.tolist()]


def _rest(catalogue: Catalogue, label_set: LabelSet, drawn: set[int]) -> list[tuple[int, int | None, bool]]:
    left = catalogue.journal.queue_left(label_set.id)
    entries = catalogue.journal.queue(label_set.id, limit=left)
    return [(entry.work, entry.run, entry.blind) for entry in entries if entry.work not in drawn]
