"""Proposals that can stand together: one for each value, and never a circle or a contradiction."""

from __future__ import annotations

from collections.abc import Iterable

from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values


class Chosen:
    """Takes proposals one after another; the earlier is in the right.

    Whatever says that two values are one must be offered before what says that one lies within another: then
    the one of them that nothing leaves yet is where the others lead, and no part can be its own whole.

    Parameters
    ----------
    values : Values
        Of the field.
    """

    def __init__(self, values: Values) -> None:
        self._values = values
        self._taken: dict[str, Proposal] = {}

    def offer(self, proposals: Iterable[Proposal]) -> None:
        """Take those of `proposals` that contradict nothing taken before, the weightiest first."""
        for proposal in sorted(proposals, key=self._rank):
            if self._fits(proposal):
                self._taken[proposal.source] = proposal

    def weightiest_first(self) -> tuple[Proposal, ...]:
        """What was taken, in the order in which a person should read it."""
        return tuple(sorted(self._taken.values(), key=self._rank))

    def _rank(self, proposal: Proposal) -> tuple[float, str, tuple[str, ...]]:
        return -self._values.works(proposal.source) * proposal.trust, proposal.source, proposal.targets

    def _fits(self, proposal: Proposal) -> bool:
        leads_back = any(self._leads(end, proposal.source) for end in proposal.targets)
        return proposal.source not in self._taken and not leads_back

    def _leads(self, start: str, end: str) -> bool:
        """Whether `end` is `start`, or met on the way from it."""
        seen, waiting = set[str](), [start]
        while waiting:
            here = waiting.pop()
            if here == end:
                return True
            if here not in seen and here in self._taken:
                waiting.extend(self._taken[here].targets)
            seen.add(here)
        return False
