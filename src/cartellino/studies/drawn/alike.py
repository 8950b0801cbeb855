"""The work that is most like another, of the works that were learnt from as a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cartellino.errors import FeatureError
from cartellino.records import Part
from cartellino.studies.drawn.chosen import spread
from cartellino.studies.drawn.confused import said_of

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.curate.labelset import LabelSet
    from cartellino.features.lookalikes import Nearest
    from cartellino.model import Model
    from cartellino.museum import Museum
    from cartellino.studies.drawn.chosen import Rows
    from cartellino.studies.drawn.confused import Mistake, Said

_COMPARED = 300  # works of a class: as many as are asked again where there are no features


def by_features(museum: Museum, label_set: LabelSet, mistakes: Sequence[Mistake]) -> dict[int, int]:
    """By the features that the collection has already; a work without any of today's is left out.

    Parameters
    ----------
    museum : Museum
        The collection.
    label_set : LabelSet
        What was learnt.
    mistakes : sequence of Mistake
        For each of which the work is wanted that is catalogued as what it was taken for.

    Returns
    -------
    dict of int to int
        Places in the label set: of the work that was mistaken, and of the one that it is most like.
    """
    from cartellino.features.neighbours import Neighbours
    from cartellino.features.store import FeatureStore

    backbone = museum.backbone
    whose = (backbone.id, backbone.hash, backbone.width, backbone.blocks)
    try:
        with FeatureStore(museum.folder / "features", *whose) as store:
            nearest = Neighbours(store).nearest
            likest = ((each.work, _likest(museum, nearest, label_set, each)) for each in mistakes)
            return {work: other for work, other in likest if other is not None}
    except FeatureError:  # those that are kept are of another version of the backbone
        return {}


def by_probabilities(
    model: Model, dataset: Dataset, said: Said, mistakes: Sequence[Mistake]
) -> dict[int, int]:
    """By what a model says of them: the smallest Hellinger distance between its probabilities.

    Parameters
    ----------
    model : Model
        The model.
    dataset : Dataset
        What it sees of the works.
    said : mapping of int to ndarray (k,)
        What it said of the works that were mistaken, among others.
    mistakes : sequence of Mistake
        As of `by_features`.

    Returns
    -------
    dict of int to int
        As of `by_features`.
    """
    from cartellino.evaluate.evaluate import with_picture

    found = {}
    for each in mistakes:
        learnt = with_picture(dataset, _learnt(dataset.label_set, each.labelled))
        theirs = said_of(model, dataset, spread(learnt, _COMPARED))
        own = np.sqrt(said[each.work])
        if theirs:
            found[each.work] = min(theirs, key=lambda work: float(((np.sqrt(theirs[work]) - own) ** 2).sum()))
    return found


def _likest(museum: Museum, nearest: Nearest, label_set: LabelSet, mistake: Mistake) -> int | None:
    from cartellino.features.lookalikes import look_alikes

    learnt = set(label_set.works[_learnt(label_set, mistake.labelled)].tolist())
    work = int(label_set.works[mistake.work])
    found = look_alikes(museum.catalogue, nearest, work, 1, learnt.__contains__)
    return int(np.searchsorted(label_set.works, found[0].work)) if found else None


def _learnt(label_set: LabelSet, place: int) -> Rows:
    """The works of a class that are learnt from, as places in the label set."""
    learnt = label_set.of(Part.TRAIN)
    return learnt[label_set.has(place)[learnt]]
