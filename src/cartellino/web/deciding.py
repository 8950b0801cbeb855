"""A person's decision, put on record with the reason and with what was on the screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cartellino.catalogue import Catalogue, tallies
from cartellino.records import Decision, DecisionKind, Suggestion
from cartellino.show import words
from cartellino.web.errors import DeskError
from cartellino.web.items import SHOWN, decision_json
from cartellino.web.schema import Signing

if TYPE_CHECKING:
    from cartellino.catalogue.labels import LabelSetRow

NONE = "None of the values of the label set."
PUT_OFF = "Put off at the desk."
BLIND = "Signed without suggestions, in a calibration round."


def sign(catalogue: Catalogue, label_set: LabelSetRow, signing: Signing, signer: str) -> Decision:
    """Journal a decision once, unless somebody was quicker.

    Raises
    ------
    DeskError
        409 if the work was signed since it was shown; 422 if the labels do not fit the label set.
    """
    work = catalogue.works.key(signing.work)
    _check_labels(catalogue, label_set, signing)
    model = _model(catalogue, label_set, signing)
    with catalogue.transaction():
        standing = catalogue.journal.standing(label_set.id, work)
        if standing and _is_again(standing, signing):
            return standing
        _check_expected(standing, signing)
        made = _decision(catalogue, label_set, work, model, signing, signer)
        return catalogue.journal.get(catalogue.journal.decide(made))


def withdraw(catalogue: Catalogue, decision: int, signer: str, reason: str) -> Decision:
    """Take a person's decision back; both stay on record.

    Raises
    ------
    DeskError
        409 if it no longer stands, or was not made by a person.
    """
    taken = catalogue.journal.get(decision)
    if taken.kind not in (DecisionKind.SIGNED, DecisionKind.SKIPPED):
        raise DeskError(409, "only what a person signed or put off is undone here", f"decision {decision}")
    with catalogue.transaction():
        standing = catalogue.journal.standing(taken.label_set, taken.work)
        if standing is None or standing.id != decision:
            do = "Look at the work's history."
            raise DeskError(409, "this decision no longer stands", f"decision {decision}", do, "conflict")
        catalogue.journal.withdraw(decision, signer, reason)
    return taken


def _check_labels(catalogue: Catalogue, label_set: LabelSetRow, signing: Signing) -> None:
    known = {label for label, _ in catalogue.labels.classes(label_set.id)}
    for label in signing.labels:
        if label not in known:
            raise DeskError(
                422, f"'{label}' is no value of this label set", label_set.name, "Choose one of its values."
            )
    if len(set(signing.labels)) < len(signing.labels):
        raise DeskError(422, "a label is named twice", label_set.name, "Name each once.")
    if label_set.kind == "single" and len(signing.labels) > 1:
        raise DeskError(422, "a work has one label in this label set", label_set.name, "Sign one of them.")


def _model(catalogue: Catalogue, label_set: LabelSetRow, signing: Signing) -> int | None:
    if signing.run is None:
        return None
    model = tallies.model_of(catalogue, label_set, signing.run)
    if model is None:
        what = "these suggestions are not of this label set, which may have been frozen anew"
        raise DeskError(409, what, label_set.name, "Reload the page.", "stale")
    return model


def _is_again(standing: Decision, signing: Signing) -> bool:
    made = (json.loads(standing.seen).get("attempt"), standing.kind, list(standing.labels))
    return made == (signing.attempt, signing.kind, signing.labels)


def _check_expected(standing: Decision | None, signing: Signing) -> None:
    if standing is None or standing.kind != DecisionKind.SIGNED:
        return
    if standing.id == signing.expected and signing.kind == "signed":
        return
    labels = " and ".join(f"'{label}'" for label in standing.labels) or "none of these"
    raise DeskError(
        409,
        f"already signed as {labels} by {standing.by}, in another window",
        signing.work,
        "Nothing was signed now; go on to the next work.",
        "conflict",
        {"standing": decision_json(standing)},
    )


def _decision(
    catalogue: Catalogue,
    label_set: LabelSetRow,
    work: int,
    model: int | None,
    signing: Signing,
    signer: str,
) -> Decision:
    shown = _shown(catalogue, label_set, work, signing)
    return Decision(
        work=work,
        label_set=label_set.id,
        kind=DecisionKind(signing.kind),
        labels=tuple(signing.labels) if signing.kind == "signed" else (),
        reason=reason(signing, shown),
        probability=_probability(signing, shown),
        model=model if shown else None,
        by=signer,
        seen=json.dumps(_seen(signing, shown, model), ensure_ascii=False),
    )


def _shown(catalogue: Catalogue, label_set: LabelSetRow, work: int, signing: Signing) -> list[Suggestion]:
    # Looked up again rather than taken from the page: predictions never change, and a page may be mistaken.
    if signing.blind or signing.run is None:
        return []
    return catalogue.journal.suggestions(signing.run, work)[: SHOWN[label_set.kind]]


def _seen(signing: Signing, shown: list[Suggestion], model: int | None) -> dict[str, Any]:
    return {
        "blind": signing.blind,
        "run": signing.run,
        "model": model,
        "suggestions": [[said.label, round(said.probability, 4)] for said in shown],
        "neighbours": signing.neighbours,
        "milliseconds": signing.milliseconds,
        "attempt": signing.attempt,
    }


def _probability(signing: Signing, shown: list[Suggestion]) -> float | None:
    if signing.kind != "signed" or len(signing.labels) != 1:
        return None
    return next((said.probability for said in shown if said.label == signing.labels[0]), None)


def reason(signing: Signing, shown: list[Suggestion]) -> str:
    """Why a decision was made, as a sentence for the record."""
    if signing.kind == "skipped":
        return PUT_OFF
    if signing.blind:
        return BLIND
    if not signing.labels:
        return NONE
    if len(signing.labels) > 1:
        taken = sum(said.label in signing.labels for said in shown)
        return f"Chosen at the desk; {taken} of {len(signing.labels)} had been suggested."
    return _reason_for_one(signing.labels[0], shown)


def _reason_for_one(label: str, shown: list[Suggestion]) -> str:
    for rank, said in enumerate(shown, 1):
        if said.label == label:
            hedged = f"{words.hedge(said.probability)}, {words.percent(said.probability, of=1)}"
            return (
                f"The first suggestion ({hedged}) was accepted."
                if rank == 1
                else f"Suggestion {rank} ({hedged}) was chosen."
            )
    return (
        "Chosen at the desk; it was not among the suggestions."
        if shown
        else "Chosen at the desk, without suggestions."
    )
