"""How the works of each class spread over the centuries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.catalogue.dates import century, century_in_words
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.dated import spans

_COLUMNS = 22  # what fits beside names with numbers that can be read
_FRINGE = 0.005  # share of works before the first column


@dataclass(frozen=True)
class Centuries:
    """Works by class and century.

    Parameters
    ----------
    fields : tuple of str
        The fields that say when they were made, the better one first.
    dated : int
        Works with a date.
    columns : tuple of str
        Centuries without a gap; the first may gather all before the second.
    counts : ndarray (k, columns) of int
        Works by class and column.
    """

    fields: tuple[str, ...]
    dated: int
    columns: tuple[str, ...]
    counts: NDArray[np.int64]


def centuries(catalogue: Catalogue, label_set: LabelSet, fields: tuple[str, ...]) -> Centuries | None:
    """Count works by century, as `fields` date them; None if no work of the set is dated.

    A date that spans several centuries counts where its middle lies.
    """
    when = spans(catalogue, fields)
    middles = [when.get(work) for work in label_set.works.tolist()]
    lies = np.array([0 if span is None else century(_middle(*span)) for span in middles], dtype=np.int64)
    dated = lies != 0
    if not dated.any():
        return None
    first, last = _range(lies[dated])
    columns = [each for each in range(first, last + 1) if each]
    place = np.searchsorted(columns, np.clip(lies, first, last))
    counts = np.zeros((len(label_set.classes), len(columns)), np.int64)
    for each in range(len(label_set.classes)):
        counts[each] = np.bincount(place[label_set.has(each) & dated], minlength=len(columns))
    names = [century_in_words(each, short=True) for each in columns]
    if lies[dated].min() < first:
        names[0] = f"to {names[0]}"
    return Centuries(fields, int(dated.sum()), tuple(names), counts)


def _range(lies: NDArray[np.int64]) -> tuple[int, int]:
    last = int(lies.max())
    begins = int(np.quantile(lies, _FRINGE, method="lower"))
    return max(begins, last - _COLUMNS + 1), last


def _middle(first: int, last: int) -> int:
    return (first + last) // 2 or 1
