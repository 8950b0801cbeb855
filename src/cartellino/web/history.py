"""Everything that was ever decided about a work."""

from __future__ import annotations

from dataclasses import dataclass

from cartellino.catalogue import Catalogue
from cartellino.records import Decision, DecisionKind


@dataclass(frozen=True, slots=True)
class SetHistory:
    """The decisions about one work under one label set, newest first, and the one that stands."""

    name: str
    standing: Decision | None
    decisions: tuple[Decision, ...]
    withdrawn: frozenset[int]


def by_set(catalogue: Catalogue, work: int) -> list[SetHistory]:
    """The decisions about `work`, for each label set that is about it or has decided on it."""
    names = {row.id: row.name for row in catalogue.labels.list()}
    newest = {row.name: row.id for row in sorted(catalogue.labels.list(), key=lambda row: row.version)}
    decided: dict[str, list[Decision]] = {}
    for decision in catalogue.journal.history(work):
        decided.setdefault(names[decision.label_set], []).append(decision)
    return [
        SetHistory(
            name,
            catalogue.journal.standing(key, work),
            tuple(sorted(decided.get(name, []), key=lambda decision: -decision.id)),
            frozenset(each.withdraws for each in decided.get(name, []) if each.withdraws is not None),
        )
        for name, key in newest.items()
    ]


def spoken(decision: Decision) -> str:
    """What a decision says, in a few words."""
    labels = ", ".join(decision.labels)
    return {
        DecisionKind.FILED: f"Filed as {labels}",
        DecisionKind.REVIEW: "Sent to review",
        DecisionKind.SIGNED: f"Signed as {labels}" if labels else "Signed: none of these",
        DecisionKind.SKIPPED: "Put off",
        DecisionKind.WITHDRAWN: "Withdrawn",
    }[decision.kind]
