"""Works that show the same picture, or nearly the same, and have other labels."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from cartellino.curate.kin import shown
from cartellino.curate.pairs import rows_of
from cartellino.show import words
from cartellino.suspects.reasons import Kind, Reason

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.curate.kin import Keys
    from cartellino.curate.labelset import LabelSet

_SAME, _NEARLY = 0.7, 0.6  # one of two is wrong, or both are one object; which of them, nobody can say here
_NAMED = 3


def contradicted(catalogue: Catalogue, label_set: LabelSet) -> dict[int, list[Reason]]:
    """Find works whose picture another work shows too, under another label.

    Returns
    -------
    dict of int to list of Reason
        By the work's place in the label set.
    """
    same, nearly = shown(catalogue).links(label_set.works)
    found: dict[int, list[Reason]] = {}
    for linked, how, strength in (
        (same, "The same picture", _SAME),
        (nearly, "Nearly the same picture", _NEARLY),
    ):
        for rows in _groups(label_set.works, *linked):
            for row in rows:
                if row not in found and (others := _otherwise(label_set, row, rows)):
                    found[row] = [_reason(catalogue, label_set, others, how, strength)]
    return found


def labels_of(label_set: LabelSet, row: int) -> tuple[str, ...]:
    """The labels of the work at a place of the label set."""
    return tuple(label for place, label in enumerate(label_set.classes) if label_set.has(place)[row])


def _groups(works: Keys, linked: Keys, numbers: Keys) -> list[list[int]]:
    """Places of works that share a number, several at a time."""
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for row, number in zip(rows_of(works, linked).tolist(), numbers.tolist(), strict=True):
        if row >= 0:
            groups[number].add(row)
    return [sorted(rows) for rows in groups.values() if len(rows) > 1]


def _otherwise(label_set: LabelSet, row: int, rows: list[int]) -> list[int]:
    return [other for other in rows if np.any(label_set.truth[other] != label_set.truth[row])]


def _reason(
    catalogue: Catalogue, label_set: LabelSet, others: list[int], how: str, strength: float
) -> Reason:
    keys = tuple(int(label_set.works[other]) for other in others[:_NAMED])
    told = [
        f"{catalogue.works.id(key)} (‘{', '.join(labels_of(label_set, other))}’)"
        for key, other in zip(keys, others, strict=False)
    ]
    more = len(others) - len(keys)
    listed = words.listing([*told, *([f"{more:,} more"] if more else [])])
    return Reason(Kind.TWIN, f"{how} stands under another label: {listed}.", strength, keys)
