"""Suspects as the desk shows them, and a person's verdict put on record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cartellino.catalogue import Catalogue
from cartellino.catalogue.verdicts import NOT_OF_THE_WORK
from cartellino.errors import InputError
from cartellino.records import Decision, DecisionKind
from cartellino.show import words
from cartellino.suspects import verdicts
from cartellino.web.errors import DeskError
from cartellino.web.items import decision_json, picture_json, work_json
from cartellino.web.schema import Verdict

if TYPE_CHECKING:
    from cartellino.catalogue.labels import LabelSetRow

_CHOICES = 3
_LEAST = 0.01  # what is less likely is found by its name


def page_of(
    catalogue: Catalogue, label_set: LabelSetRow, after: int = -1, work: int | None = None, view: int = 0
) -> dict[str, Any]:
    """What the page of suspects shows.

    Parameters
    ----------
    after : int
        The suspect whose turn comes after this place of the list; from the first again after the last.
    work : int, optional
        A work of the list that is shown instead, judged or not.
    view : int
        Which of its pictures is shown large, from 1; 0: the suspected one, or the best.
    """
    made = catalogue.suspects.made(label_set.id)
    waiting = catalogue.suspects.open(label_set.id)
    place, told = _turn(catalogue, label_set, waiting, after, work)
    return {
        "made": made,
        "left": len(waiting),
        "judged": catalogue.suspects.judged(label_set.id) if made else 0,
        "place": place,
        "values": [label for label, _ in catalogue.labels.classes(label_set.id)],
        "item": _item(catalogue, label_set, told, view) if told else None,
    }


def judge(catalogue: Catalogue, label_set: LabelSetRow, said: Verdict, signer: str) -> dict[str, Any]:
    """Put a verdict on record once, unless somebody was quicker.

    Raises
    ------
    DeskError
        409 if the work was signed since it was shown; 422 if the verdict does not fit the work.
    """
    work = catalogue.works.key(said.work)
    also = {"neighbours": said.neighbours, "milliseconds": said.milliseconds, "attempt": said.attempt}
    try:
        with catalogue.transaction():
            if said.verdict in ("right", "labels"):
                made = _signed(catalogue, label_set, work, said, signer, also)
                return {"decision": decision_json(made)}
            return _judged(catalogue, label_set, work, said, signer, also)
    except InputError as error:
        raise DeskError(422, error.what, error.where, error.do) from error


def _turn(
    catalogue: Catalogue,
    label_set: LabelSetRow,
    waiting: list[tuple[int, dict[str, Any]]],
    after: int,
    work: int | None,
) -> tuple[int, dict[str, Any] | None]:
    if work is not None:
        told = catalogue.suspects.one(label_set.id, work)
        place = next((place for place, each in waiting if each["work"] == work), after)
        return place, told
    later = [pair for pair in waiting if pair[0] > after] or waiting
    return later[0] if later else (after, None)


def _item(catalogue: Catalogue, label_set: LabelSetRow, told: dict[str, Any], view: int) -> dict[str, Any]:
    work = told["work"]
    item = work_json(catalogue, work)
    refused = catalogue.verdicts.refused(work)
    digests = [picture["address"].rpartition("/")[2] for picture in item["pictures"]]
    suspected = [reason["picture"] for reason in told["reasons"] if reason["picture"] in digests]
    shown = view - 1 if 0 < view <= len(digests) else digests.index(suspected[0]) if suspected else 0
    standing = catalogue.journal.standing(label_set.id, work)
    others = [each for each in told["thought"] if each[0] not in told["given"] and each[1] >= _LEAST]
    return item | {
        "shown": shown,
        "digest": digests[shown] if digests else "",
        "refused": [digest in refused for digest in digests],
        "given": told["given"],
        "reasons": [reason["sentence"] for reason in told["reasons"]],
        "others": [_choice(label, chance) for label, chance in others[:_CHOICES]],
        "alike": [_alike(catalogue, label_set, key) for key in told["alike"]],
        "standing": standing if standing and standing.kind == DecisionKind.SIGNED else None,
        "expected": standing.id if standing else None,
    }


def _choice(label: str, chance: float) -> dict[str, Any]:
    return {
        "label": label,
        "probability": chance,
        "hedge": words.hedge(chance),
        "percent": words.percent(chance, of=1),
    }


def _alike(catalogue: Catalogue, label_set: LabelSetRow, work: int) -> dict[str, Any]:
    pictures = catalogue.pictures.of(work)
    return {
        "id": catalogue.works.id(work),
        "title": catalogue.works.entry(work).title,
        "labels": list(catalogue.labels.of(label_set.id, work)),
        "picture": picture_json(pictures[0]) if pictures else None,
    }


def _signed(
    catalogue: Catalogue,
    label_set: LabelSetRow,
    work: int,
    said: Verdict,
    signer: str,
    also: dict[str, Any],
) -> Decision:
    standing = catalogue.journal.standing(label_set.id, work)
    if standing and json.loads(standing.seen).get("attempt") == said.attempt:
        return standing
    if standing and standing.kind == DecisionKind.SIGNED and standing.id != said.expected:
        told = words.listing([f"'{label}'" for label in standing.labels]) or "none of these"
        what = f"already signed as {told} by {standing.by}, in another window"
        do = "Nothing was signed now; go on to the next work."
        raise DeskError(409, what, said.work, do, "conflict", {"standing": decision_json(standing)})
    labels = None if said.verdict == "right" else said.labels
    return verdicts.sign(catalogue, label_set, work, labels, signer, **also)


def _judged(
    catalogue: Catalogue,
    label_set: LabelSetRow,
    work: int,
    said: Verdict,
    signer: str,
    also: dict[str, Any],
) -> dict[str, Any]:
    stands = said.picture in catalogue.verdicts.refused(work)
    if stands != (said.verdict == NOT_OF_THE_WORK):  # sent twice, it is on record once
        verdicts.judge_picture(catalogue, label_set, work, said.picture, said.verdict, signer, **also)
    return {"picture": said.picture, "verdict": said.verdict}
