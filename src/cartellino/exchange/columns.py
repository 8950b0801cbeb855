"""The columns that an export adds beside the museum's own, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cartellino.catalogue.names import folded
from cartellino.records import Decision, DecisionKind

_KINDS = ("", " probability", " decision", " by", " when")
_DECISION = _KINDS.index(" decision")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, 'CSV Injection'
_LABELLED = (DecisionKind.FILED, DecisionKind.SIGNED)


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """The five columns of one label set.

    Parameters
    ----------
    label_set : int
        Its key.
    headers : tuple of str
        Label, probability, decision, by and when, named so that no column of the museum has the same name.
    separator : str
        Stands between several labels, as in the museum's own cells.
    """

    label_set: int
    headers: tuple[str, ...]
    separator: str

    def cells(self, decision: Decision | None) -> tuple[str, ...]:
        """What stands for a work: a label only if it was filed or signed, never a mere suggestion."""
        if decision is None:
            return ("",) * len(_KINDS)
        labels = decision.labels if decision.kind in _LABELLED else ()
        probability = "" if decision.probability is None else f"{decision.probability:.4f}"
        told = (self.separator.join(labels), probability, str(decision.kind), decision.by, decision.at)
        return tuple(map(guarded, told))

    def refusal(self, reason: str) -> tuple[str, ...]:
        """What stands beside a row that could not be used: the reason, in the decision column."""
        return tuple(guarded(reason) if place == _DECISION else "" for place in range(len(_KINDS)))


def beside(taken: Sequence[str], label_sets: Sequence[tuple[int, str]], separator: str) -> list[LabelColumns]:
    """The columns for each (key, name) of `label_sets` beside a table whose headers are `taken`."""
    used = {folded(header.strip()) for header in taken}
    columns = []
    for key, name in label_sets:
        headers = _free(name, used)
        used.update(folded(header) for header in headers)
        columns.append(LabelColumns(key, tuple(map(guarded, headers)), separator))
    return columns


def guarded(cell: str) -> str:
    """`cell` with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _free(name: str, used: set[str]) -> list[str]:
    """Five headers from `name`: all of them as they are, or all with the same addition."""
    count = 0
    while True:
        addition = ("", " (cartellino)")[count] if count < 2 else f" (cartellino {count})"
        headers = [f"{name}{addition}{kind}" for kind in _KINDS]
        if used.isdisjoint(map(folded, headers)):
            return headers
        count += 1
