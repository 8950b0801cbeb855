"""Works that show the same picture, or nearly the same, and have other labels."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from cartellino.curate.kin import rows_of, shown
from cartellino.show import words
from cartellino.suspects.reasons import Kind, Reason

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.curate.kin import Keys
    from cartellino.curate.labelset import LabelSet
    from cartellino.suspects.places import Vectors

_SAME, _NEARLY = 0.7, 0.6  # one of two is wrong, or both are one object; which of them, nobody can say here
_NAMED = 3
# Hashes propose, features confirm: copies in JPEG quality 30, of half the size or cropped to 95 % had cosines
# of 0.67 and more; two tall clocks before a wall share a hash, and have 0.6.
_CONFIRMED = 0.65


def contradicted(catalogue: Catalogue, label_set: LabelSet, vectors: Vectors) -> dict[int, list[Reason]]:
    """Find works whose picture another work shows too, under another label.

    Parameters
    ----------
    vectors : ndarray (n, d) of float32
        Of length 1, one for each work: pictures that only their hashes call alike are not taken for one.

    Returns
    -------
    dict of int to list of Reason
        By the work's place in the label set.
    """
    same, nearly = shown(catalogue).links(label_set.works)
    found: dict[int, list[Reason]] = {}
    for linked, how, strength, least in (
        (same, "The same picture", _SAME, -2.0),
        (nearly, "Nearly the same picture", _NEARLY, _CONFIRMED),
    ):
        for rows in _groups(label_set.works, *linked):
            for row in rows:
                others = [
                    other
                    for other in _otherwise(label_set, row, rows)
                    if vectors[row] @ vectors[other] >= least
                ]
                if others and row not in found:
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
