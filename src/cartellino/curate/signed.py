"""What people signed at the desk, as it bears on a label set that is frozen anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cartellino.catalogue import Catalogue
from cartellino.records import Decision, DecisionKind


@dataclass(frozen=True)
class Signatures:
    """Signed decisions by work, and the classes that were on offer when each was signed."""

    decisions: dict[int, Decision]
    offered: dict[int, frozenset[str]]

    def values(self, kind: str, work: int, written: Iterable[str]) -> list[str]:
        """The values of a work once its signature is heeded.

        A signature replaces the value of a single-label set. For several labels it speaks only about the
        classes that were on offer: a tag that the signer could not have chosen stays as the museum wrote it.
        """
        decision = self.decisions[work]
        if kind == "single":
            return list(decision.labels)
        offered = self.offered[decision.label_set]
        return [*(value for value in written if value not in offered), *decision.labels]


def signatures(catalogue: Catalogue, name: str) -> Signatures:
    """What stands signed under any version of label set `name`, of works that are still in their source."""
    versions = [row.id for row in catalogue.labels.list() if row.name == name]
    if not versions:
        return Signatures({}, {})
    standing = catalogue.journal.standings(versions[0], DecisionKind.SIGNED)
    offered = {key: frozenset(label for label, _ in catalogue.labels.classes(key)) for key in versions}
    there = set(catalogue.works.keys())
    return Signatures({decision.work: decision for decision in standing if decision.work in there}, offered)
