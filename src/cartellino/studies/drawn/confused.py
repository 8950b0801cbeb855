"""Which works a model takes for another class, by the classes most confused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.curate.labelset import LabelSet
    from cartellino.model import Model
    from cartellino.studies.drawn.chosen import Rows

# Probabilities of the classes, by the work's place in the label set.
Said = Mapping[int, NDArray[np.float64]]

_COUPLES = 2


@dataclass(frozen=True)
class Mistake:
    """A work that was given another label than the catalogue's.

    Parameters
    ----------
    work : int
        Its place in the label set.
    catalogued, labelled : int
        Places of the two classes.
    probability : float
        Of the label that the model gave.
    """

    work: int
    catalogued: int
    labelled: int
    probability: float


def confused_most(matrix: NDArray[np.int64], most: int) -> list[tuple[int, int]]:
    """The `most` pairs of classes that cost most works, counted both ways.

    Parameters
    ----------
    matrix : ndarray (k, k) of int
        Works by catalogued class (row) and the model's label (column).
    most : int
        How many pairs, at most.

    Returns
    -------
    list of (int, int)
        Places of classes, the one that loses more works first; pairs without a mistake are left out.
    """
    both = np.triu(matrix + matrix.T, 1)
    order = np.argsort(-both, axis=None, kind="stable")[:most]
    pairs = [divmod(int(place), len(matrix)) for place in order if both.flat[place]]
    return [
        (one, other) if matrix[one, other] >= matrix[other, one] else (other, one) for one, other in pairs
    ]


def surest(label_set: LabelSet, said: Said, pair: tuple[int, int]) -> list[Mistake]:
    """The mistakes between two classes that a model was surest of: one each way, or two of one way.

    Parameters
    ----------
    label_set : LabelSet
        What was learnt; of one label a work.
    said : mapping of int to ndarray (k,)
        What the model said of some works.
    pair : (int, int)
        The classes.
    """
    there, back = _mistakes(label_set, said, *pair), _mistakes(label_set, said, *pair[::-1])
    if there and back:
        return [there[0], back[0]]
    return [*there, *back][:_COUPLES]


def said_of(model: Model, dataset: Dataset, works: Rows) -> dict[int, NDArray[np.float64]]:
    """What a model says of some works of a dataset (places in its label set), by work."""
    from cartellino.evaluate.evaluate import said_by

    if not len(works):
        return {}
    said = said_by(model.trained, dataset, works)
    return dict(zip(works.tolist(), said.probabilities.astype(np.float64), strict=True))


def _mistakes(label_set: LabelSet, said: Said, catalogued: int, labelled: int) -> list[Mistake]:
    """The works of one class that were given the other label, the surest first."""
    found = [
        Mistake(work, catalogued, labelled, float(chances[labelled]))
        for work, chances in said.items()
        if label_set.truth[work] == catalogued and chances.argmax() == labelled
    ]
    return sorted(found, key=lambda each: -each.probability)
