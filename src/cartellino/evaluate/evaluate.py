"""How good a model is on one part of its label set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import LabelError, ModelError
from cartellino.evaluate.evaluation import Evaluation, assembled
from cartellino.evaluate.said import Said, chosen_by
from cartellino.records import Part

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.trained import TrainedModel


def evaluate(model: TrainedModel, dataset: Dataset, part: str = Part.TEST, seed: int = 0) -> Evaluation:
    """Measure a model on works; a work counts once, however many pictures it has.

    Parameters
    ----------
    model : TrainedModel
        The model.
    dataset : Dataset
        The features and labels of the label set that the model learnt.
    part : str
        The part to measure on. Only 'test' is a test; the others are called what they are in words.
    seed : int
        For intervals by drawing.

    Raises
    ------
    ModelError
        If the model learnt another label set: its test works may be among those that were learnt from.
    LabelError
        If the part has no works.
    """
    label_set, works = dataset.label_set, tested(model, dataset, part)
    return assembled(
        label_set,
        said_by(model, dataset, works),
        model,
        part=str(part),
        pictures=int(np.isin(dataset.owner, works).sum()),
        pictureless=len(label_set.of(part)) - len(works),
        seed=seed,
        thresholds=model.thresholds,
    )


def tested(model: TrainedModel, dataset: Dataset, part: str) -> NDArray[np.int64]:
    """The works of a part on which a model may be measured: those with a picture (indices).

    Raises
    ------
    ModelError
        If the model learnt another label set: its test works may be among those that were learnt from.
    LabelError
        If the part has no works.
    """
    label_set = dataset.label_set
    if model.provenance.label_set_hash != label_set.hash:
        raise ModelError(
            f"this model learnt another label set ({model.provenance.label_set}), not {label_set.title}",
            model.name,
            "Works that it learnt from might be counted as a test. Train on this label set first.",
        )
    works = with_picture(dataset, label_set.of(part))
    if len(works) == 0:
        raise LabelError(
            f"the label set has no {part} works with a picture",
            label_set.title,
            f"Define it with a {part} part, or evaluate with --folds.",
        )
    return works


def with_picture(dataset: Dataset, works: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of some works that have a picture: of the others a model knows nothing."""
    return works[np.isin(works, dataset.owner)]


def said_by(model: TrainedModel, dataset: Dataset, works: NDArray[np.int64]) -> Said:
    """What a model says of some works of a dataset (indices into its label set), beside the truth."""
    from cartellino.classify.dataset import works_mean
    from cartellino.classify.giving import Giving
    from cartellino.classify.predict import predict_pictures

    label_set = dataset.label_set
    place = np.full(len(label_set.works), -1, np.int64)
    place[works] = np.arange(len(works))
    shown = place[dataset.owner] >= 0
    pictures = predict_pictures(model, dataset.X[shown])
    probabilities = works_mean(pictures, place[dataset.owner[shown]], len(works))
    return Said(
        kind=label_set.kind,
        classes=tuple(label_set.classes),
        probabilities=probabilities,
        truth=label_set.truth[works],
        kin=label_set.kin[works],
        chosen=chosen_by(
            label_set.kind, probabilities, model.thresholds, Giving.of(model.recipe, model.classes)
        ),
    )
