"""Merges: an edge list from values of a field to the classes they stand for, with kind and reason."""

from cartellino.curate.merges.edges import KINDS, Edge, Kind, tidy
from cartellino.curate.merges.following import apply, targets, unmatched
from cartellino.curate.merges.refusals import check
from cartellino.curate.merges.table import read_merges

__all__ = ["KINDS", "Edge", "Kind", "apply", "check", "read_merges", "targets", "tidy", "unmatched"]
