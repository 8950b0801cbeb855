"""What is proposed: the edges that leave one value, why, and how much hangs on them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cartellino.curate.merges import Edge, Kind

COLUMNS = ("from", "to", "kind", "reason", "works_from", "works_to", "evidence")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The edges that leave one value, which are accepted or struck out together.

    Parameters
    ----------
    source : str
        The value.
    targets : tuple of str
        What it may stand for; several only for 'either'.
    kind : Kind
        Of what kind.
    reason : str
        Why, as a merge file has it.
    evidence : str
        What speaks for it, and against it.
    trust : float
        How often such a proposal is right, roughly, from 0 to 1: the order of the list heeds it.
    """

    source: str
    targets: tuple[str, ...]
    kind: Kind
    reason: str
    evidence: str
    trust: float = 1.0

    def edges(self) -> tuple[Edge, ...]:
        """Its edges."""
        return tuple(Edge(self.source, target, self.reason, self.kind) for target in self.targets)


def lines(proposals: Iterable[Proposal], counts: Mapping[str, int]) -> Iterable[tuple[str | int, ...]]:
    """The rows of a merge file: `COLUMNS`, one row for each edge."""
    for proposal in proposals:
        for target in proposal.targets:
            works = counts.get(proposal.source, 0), counts.get(target, 0)
            yield proposal.source, target, proposal.kind.value, proposal.reason, *works, proposal.evidence


def written(proposals: Iterable[Proposal], counts: Mapping[str, int]) -> str:
    """Proposals as a merge file (CSV, RFC 4180), which `read_merges` reads as it stands."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(lines(proposals, counts))
    return text.getvalue()
