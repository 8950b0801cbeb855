"""Suggested merges: edges with their evidence, for a person to strike out and mend. Nothing is applied."""

from cartellino.curate.suggesting.proposals import Proposal, written
from cartellino.curate.suggesting.suggest import Suggested, propose, suggest

__all__ = ["Proposal", "Suggested", "propose", "suggest", "written"]
