"""Works that show the same picture, or nearly the same, and have other labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from cartellino.curate.kin import shown
from cartellino.curate.likeness.known import remembered
from cartellino.curate.pairs import rows_of
from cartellino.show import words
from cartellino.suspects.reasons import Kind, Reason

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.curate.kin import Keys
    from cartellino.curate.labelset import LabelSet

_SAME, _NEARLY = 0.7, 0.6  # one of two is wrong, or both are one object; which of them, nobody can say here
_NAMED = 3
_ASKED = 12  # of those with other labels, looked at for each


def contradicted(catalogue: Catalogue, label_set: LabelSet) -> dict[int, list[Reason]]:
    """Find works whose picture another work shows too, under another label.

    Pictures are nearly the same where they were confirmed to be (`cartellino.curate.likeness.known`).

    Returns
    -------
    dict of int to list of Reason
        By the work's place in the label set.
    """
    same, nearly = shown(catalogue).links(label_set.works, remembered(catalogue))
    found: dict[int, list[Reason]] = {}
    for linked, how, strength in (
        (same, "The same picture", _SAME),
        (nearly, "Nearly the same picture", _NEARLY),
    ):
        for rows in _groups(label_set.works, *linked):
            for row, others in _opposed(label_set, rows):
                if row not in found:
                    found[row] = [_reason(catalogue, label_set, others, how, strength)]
    return found


def labels_of(label_set: LabelSet, row: int) -> tuple[str, ...]:
    """The labels of the work at a place of the label set."""
    truth = label_set.truth[row]
    places = np.flatnonzero(truth) if label_set.kind == "multi" else [truth]
    return tuple(label_set.classes[place] for place in places)


def _groups(works: Keys, linked: Keys, numbers: Keys) -> list[list[int]]:
    """Places of works that share a number, several at a time."""
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for row, number in zip(rows_of(works, linked).tolist(), numbers.tolist(), strict=True):
        if row >= 0:
            groups[number].add(row)
    return [sorted(rows) for rows in groups.values() if len(rows) > 1]


def _opposed(label_set: LabelSet, rows: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Works of one group, and a few others of it with other labels.

    Not all of them: a picture that says 'image to follow' may be shown by ten thousand works.
    """
    by_label: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in rows:
        by_label[labels_of(label_set, row)].append(row)
    for own, mine in by_label.items():
        others = [row for label, some in by_label.items() if label != own for row in some[:_ASKED]][:_ASKED]
        if others:
            yield from ((row, others) for row in mine)


def _reason(
    catalogue: Catalogue, label_set: LabelSet, others: list[int], how: str, strength: float
) -> Reason:
    keys = tuple(int(label_set.works[other]) for other in others[:_NAMED])
    told = [
        f"{catalogue.works.id(key)} (‘{', '.join(labels_of(label_set, other))}’)"
        for key, other in zip(keys, others, strict=False)
    ]
    listed = words.listing([*told, *(["others"] if len(others) > len(keys) else [])])
    return Reason(Kind.TWIN, f"{how} stands under another label: {listed}.", strength, keys)
