"""What a person says of a suspect, put on record with what was seen; the next freeze heeds it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cartellino.catalogue.verdicts import NOT_OF_THE_WORK, OF_THE_WORK, PictureVerdict
from cartellino.errors import InputError
from cartellino.records import Decision, DecisionKind
from cartellino.show import words

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.catalogue.labels import LabelSetRow

__all__ = ["NOT_OF_THE_WORK", "OF_THE_WORK", "judge_picture", "seen", "sign", "the_picture"]


def sign(
    catalogue: Catalogue,
    label_set: LabelSetRow,
    work: int,
    labels: Sequence[str] | None,
    by: str,
    reason: str = "",
    **also: Any,
) -> Decision:
    """Sign the labels of a suspect: those it has, or others.

    Parameters
    ----------
    label_set : LabelSetRow
        Whose labels.
    work : int
        The work's key.
    labels : sequence of str, or None
        The right labels; None for those that it has.
    by : str
        Who says so.
    reason : str
        Why; what was found, if not given.
    **also
        What else belongs into the record of what was seen.

    Raises
    ------
    InputError
        If a label is not of the label set, or several are given where one is right.
    """
    given = catalogue.labels.of(label_set.id, work)
    chosen = given if labels is None else tuple(labels)
    _check(catalogue, label_set, work, chosen)
    record = seen(catalogue, label_set, work) | also
    said = _probability(record, chosen)
    made = Decision(
        work=work,
        label_set=label_set.id,
        kind=DecisionKind.SIGNED,
        labels=chosen,
        reason=reason or _reason(given, chosen),
        probability=said,
        by=by,
        seen=json.dumps(record, ensure_ascii=False),
    )
    return catalogue.journal.get(catalogue.journal.decide(made))


def judge_picture(
    catalogue: Catalogue,
    label_set: LabelSetRow,
    work: int,
    digest: str,
    verdict: str,
    by: str,
    reason: str = "",
    **also: Any,
) -> PictureVerdict:
    """Say whether a picture is of its work; nothing learns from one that is not. Another verdict undoes it.

    Parameters
    ----------
    digest : str
        One of the work's kept pictures.
    verdict : str
        `OF_THE_WORK` or `NOT_OF_THE_WORK`.

    Raises
    ------
    InputError
        If the work has no such picture.
    """
    if digest not in {picture.digest for picture in catalogue.pictures.of(work)}:
        raise InputError(
            "the work has no such picture", catalogue.works.id(work), "Choose one of those that are shown."
        )
    record = json.dumps(seen(catalogue, label_set, work) | also, ensure_ascii=False)
    said = reason or f"Judged {verdict} among the suspects of {label_set.name}."
    return catalogue.verdicts.judge(work, digest, verdict, by, said, record)


def the_picture(catalogue: Catalogue, label_set: LabelSetRow, work: int, view: int = 0) -> str:
    """The picture that a verdict is about: the view that is named, the suspected one, or the only one.

    Parameters
    ----------
    view : int
        Which of the work's pictures, from 1; 0 if none is named.

    Raises
    ------
    InputError
        If the work has no picture, no such view, or several and none is suspected.
    """
    digests = [picture.digest for picture in catalogue.pictures.of(work)]
    told = catalogue.suspects.one(label_set.id, work) or {}
    suspected = [reason["picture"] for reason in told.get("reasons", ()) if reason["picture"] in digests]
    unnamed = suspected[:1] or (digests if len(digests) == 1 else [])
    wanted = digests[view - 1 : view] if view > 0 else unnamed
    if not wanted:
        raise InputError(
            f"the work has {words.count(len(digests), 'picture')}, and it is not clear which one is meant",
            catalogue.works.id(work),
            "Name its view, the first being 1: --view 1" if digests else "Add its picture first.",
        )
    return wanted[0]


def seen(catalogue: Catalogue, label_set: LabelSetRow, work: int) -> dict[str, Any]:
    """What the list said of a work, for the record; empty if it was no suspect."""
    told = catalogue.suspects.one(label_set.id, work)
    return {"suspect": told} if told else {}


def _check(catalogue: Catalogue, label_set: LabelSetRow, work: int, labels: Sequence[str]) -> None:
    known = {label for label, _ in catalogue.labels.classes(label_set.id)}
    for label in labels:
        if label not in known:
            do = f"There are: {words.listing(sorted(known)[:12])}."
            raise InputError(f"'{label}' is no value of this label set", label_set.name, do)
    if label_set.kind == "single" and len(labels) > 1:
        raise InputError("a work has one label in this label set", label_set.name, "Name one of them.")
    if not labels:
        do = "Name the right one: --label VALUE."
        raise InputError("the work has no label in this label set", catalogue.works.id(work), do)


def _reason(given: Sequence[str], chosen: Sequence[str]) -> str:
    if tuple(given) == tuple(chosen):
        return "Looked at as a suspect; the label is right."
    return f"Looked at as a suspect; the label was {words.listing([f'‘{label}’' for label in given])}."


def _probability(record: Mapping[str, Any], chosen: Sequence[str]) -> float | None:
    thought = dict(map(tuple, record.get("suspect", {}).get("thought", ())))
    return thought.get(chosen[0]) if len(chosen) == 1 else None
