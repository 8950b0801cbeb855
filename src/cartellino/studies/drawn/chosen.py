"""Which pictures stand for their classes in a figure, and what they look like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.museum import Museum

Rows = NDArray[np.int64]

_TITLE = 80  # letters: what a picture has room for


def having(dataset: Dataset) -> NDArray[np.bool_]:
    """Which classes each picture has, (pictures, k)."""
    held = dataset.label_set
    return np.column_stack([held.has(place) for place in range(len(held.classes))])[dataset.owner]


def class_of(dataset: Dataset, row: int) -> str:
    """The class that a picture is shown for: the first that it has."""
    held, work = dataset.label_set, dataset.owner[row]
    return next(label for place, label in enumerate(held.classes) if held.has(place)[work])


def one_of_each(dataset: Dataset, rows: Rows, most: int) -> Rows:
    """The first of some pictures for each of the `most` commonest classes, the commonest first."""
    first = dict.fromkeys(_firsts(rows, having(dataset)))
    return np.array(list(first)[:most], np.int64)


def spread(rows: Rows, most: int) -> Rows:
    """`most` of the rows, evenly from first to last."""
    wanted = np.linspace(0, len(rows) - 1, min(most, len(rows)))
    return rows[wanted.round().astype(np.int64)]


def seen(museum: Museum, works: Iterable[int], side: int) -> dict[int, NDArray[np.uint8]]:
    """What some works look like.

    Parameters
    ----------
    museum : Museum
        The collection.
    works : iterable of int
        Their keys in the catalogue.
    side : int
        Pixels of the longest side, at most.

    Returns
    -------
    dict of int to ndarray (height, width, 3) of uint8
        By the work's key; one whose picture can no longer be decoded is left out.
    """
    from cartellino.curate.looking.thumbs import thumbnail

    views = museum.catalogue.pictures.best_views(list(works))
    found = ((view.work, thumbnail(view, museum.pictures, side)) for view in views)
    return {work: np.asarray(small) for work, small in found if small is not None}


def titled(museum: Museum, work: int) -> str:
    """What a work is called on its label, shortened if it is long; its id if it has no title."""
    from cartellino.show.wall_label import wall_label

    told = museum.catalogue.works.entry(work)
    label = wall_label(told.columns, told.title, told.accession, told.work_id)
    return shorten(label.title, _TITLE, placeholder=" …") or told.work_id


def drawn(rows: Rows, most: int, seed: Sequence[int]) -> list[int]:
    """`most` of the rows as a seed draws them; the same seed draws the same."""
    order = np.random.default_rng(list(seed)).permutation(rows)
    return [int(row) for row in order[:most]]


def _firsts(rows: Rows, has: NDArray[np.bool_]) -> Iterator[int]:
    for place in np.argsort(-has[rows].sum(axis=0), kind="stable").tolist():
        of_class = rows[has[rows, place]]
        if len(of_class):
            yield int(of_class[0])
