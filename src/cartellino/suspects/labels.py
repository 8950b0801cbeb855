"""Labels that a model which has not seen them would not give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.show import words
from cartellino.suspects import confident
from cartellino.suspects.reasons import Kind, Reason

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet

Floats = NDArray[np.floating]
_EVEN = 0.5
_NAMED = 3  # labels of one work that are doubted in words; the others weigh no more


def doubted(label_set: LabelSet, said: Floats) -> dict[int, list[Reason]]:
    """Find the works whose labels a model would not give.

    For one label a work: those of which another class is likelier. For several: those with a label, or
    without one, that confident learning holds to be the other way round, and that is likelier so.

    Parameters
    ----------
    label_set : LabelSet
        What was given.
    said : ndarray (n, k)
        Probabilities out of sample; NaN for works of which nothing was said.

    Returns
    -------
    dict of int to list of Reason
        By the work's place in the label set.
    """
    known = np.flatnonzero(np.isfinite(said).all(axis=1))
    if label_set.kind == "multi":
        return _several(label_set, said, known)
    return _single(label_set, said, known)


def wrong(label_set: LabelSet, said: Floats) -> int:
    """How many works have a wrong label, as the confident joint estimates it."""
    known = np.isfinite(said).all(axis=1)
    if label_set.kind == "multi":
        doubt, sure = confident.one_against_rest(said[known], label_set.truth[known].astype(bool))
        return int((sure & (doubt > _EVEN)).any(axis=1).sum())
    table = confident.joint(said[known], label_set.truth[known])
    return round(float(table.sum() - np.trace(table)))


def _single(label_set: LabelSet, said: Floats, known: NDArray[np.int64]) -> dict[int, list[Reason]]:
    given = label_set.truth[known]
    doubt, other = confident.doubts(said[known], given)
    found = {}
    for row in np.flatnonzero(doubt > _EVEN).tolist():
        chances = said[known[row]]
        sentence = _otherwise(label_set.classes, int(given[row]), int(other[row]), chances)
        found[int(known[row])] = [Reason(Kind.LABEL, sentence, float(doubt[row]))]
    return found


def _otherwise(classes: Sequence[str], given: int, other: int, chances: Floats) -> str:
    likelier, own = float(chances[other]), float(chances[given])
    return (
        f"A model that has not seen it says {words.hedge(likelier)} ‘{classes[other]}’ "
        f"({words.percent(likelier, of=1)}), and gives ‘{classes[given]}’ {words.percent(own, of=1)}."
    )


def _several(label_set: LabelSet, said: Floats, known: NDArray[np.int64]) -> dict[int, list[Reason]]:
    given = label_set.truth[known].astype(bool)
    doubt, sure = confident.one_against_rest(said[known], given)
    found = {}
    sure &= doubt > _EVEN
    for row in np.flatnonzero(sure.any(axis=1)).tolist():
        places = np.flatnonzero(sure[row])
        places = places[np.argsort(-doubt[row, places], kind="stable")][:_NAMED]
        told = [
            _one(label_set.classes[place], bool(given[row, place]), float(said[known[row], place]))
            for place in places.tolist()
        ]
        sentence = f"A model that has not seen it {words.listing(told)}."
        found[int(known[row])] = [Reason(Kind.LABEL, sentence, float(doubt[row, places[0]]))]
    return found


def _one(label: str, has: bool, chance: float) -> str:
    told = words.percent(chance, of=1)
    return f"gives ‘{label}’ only {told}" if has else f"misses ‘{label}’ ({words.hedge(chance)}, {told})"
