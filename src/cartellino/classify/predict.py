"""What a model says of pictures and works."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.calibrating import probabilities
from cartellino.classify.dataset import works_mean
from cartellino.curate.grouping import grouped
from cartellino.errors import ModelError
from cartellino.records import Suggestion

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.classify.sight import Sight
    from cartellino.classify.trained import TrainedModel

Floats = NDArray[Any]
Said = tuple[NDArray[np.int64], NDArray[np.float64]]

BATCH = 2048


def predict_pictures(model: TrainedModel, X: Floats) -> Floats:
    """Calibrated probabilities of pictures.

    Parameters
    ----------
    model : TrainedModel
        The model.
    X : ndarray (n, width) of float32, or (n,) of object
        Features of what it learnt from; or pictures, where it looks at those themselves.

    Returns
    -------
    ndarray (n, k) of float32

    Raises
    ------
    ModelError
        If the features have another width.
    """
    if X.shape[1:] != ((model.width,) if model.scorer.sees == "features" else ()):
        raise ModelError(
            f"it takes features of {model.width:,} numbers ({model.backbone_id}), and these are {X.shape}",
            model.name,
            "Use the backbone that it was trained with.",
        )
    learnt = probabilities(model.kind, model.scorer.scores(X) / np.float32(model.temperature))
    return learnt if model.groups is None else grouped(learnt, model.groups)


def predict_works(
    catalogue: Catalogue, seen: Sight, model: TrainedModel, works: Iterable[int], batch: int = BATCH
) -> Iterator[Said]:
    """Calibrated probabilities of works, in batches; works without a picture are left out.

    Parameters
    ----------
    catalogue : Catalogue
        Knows which pictures show a work.
    seen : Sight
        Knows what the model sees of them.
    model : TrainedModel
        The model.
    works : iterable of int
        Keys of works; never held all at once.
    batch : int
        Works in a batch.

    Yields
    ------
    works : ndarray (m,) of int64
        Those of the batch that have a picture, in its order.
    probabilities : ndarray (m, k) of float64
        What the model says of each.

    Raises
    ------
    ModelError
        If the model sees something else.
    FeatureError
        If a picture has no feature yet.
    """
    if seen.backbone_hash != model.backbone_hash:
        raise ModelError(
            f"it takes features of {model.backbone_id} ({model.backbone_hash[:12]}), and these are of "
            f"{seen.backbone_id} ({seen.backbone_hash[:12]})",
            model.name,
            "Set the backbone back, or train again.",
        )
    remaining = iter(works)
    while asked := list(islice(remaining, batch)):
        pairs = list(catalogue.pictures.shown_by(asked))
        if pairs:
            yield _said(seen, model, pairs, asked)


def suggest(
    catalogue: Catalogue,
    seen: Sight,
    model: TrainedModel,
    works: Sequence[int],
    limit: int = 5,
    withheld: Collection[str] = (),
) -> dict[int, list[Suggestion]]:
    """The likeliest labels of works, by their keys, best first; none for a work without a picture.

    Labels that are `withheld` are learnt for audits, and suggested to nobody.
    """
    found: dict[int, list[Suggestion]] = {work: [] for work in works}
    for keys, chances in predict_works(catalogue, seen, model, works):
        for key, row in zip(keys.tolist(), chances, strict=True):
            told = suggestions(model.classes, row, limit + len(withheld))
            found[key] = [each for each in told if each.label not in withheld][:limit]
    return found


def suggestions(classes: Sequence[str], chances: NDArray[np.floating], limit: int = 5) -> list[Suggestion]:
    """The likeliest of a work's labels, best first; equals in the order of the classes."""
    order = np.argsort(-chances, kind="stable")[:limit]
    return [Suggestion(classes[place], float(chances[place])) for place in order.tolist()]


def _said(seen: Sight, model: TrainedModel, pairs: Sequence[tuple[int, str]], asked: Sequence[int]) -> Said:
    pictured = {work for work, _ in pairs}
    keys = [work for work in dict.fromkeys(asked) if work in pictured]
    place = {work: row for row, work in enumerate(keys)}
    owner = np.array([place[work] for work, _ in pairs], np.int64)
    pictures = predict_pictures(model, seen.read([digest for _, digest in pairs]))
    return np.array(keys, np.int64), works_mean(pictures, owner, len(keys))
