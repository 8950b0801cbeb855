"""What a model goes by: the numbers that pictures are to it before it tells classes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.progress import Progress
from cartellino.records import Part

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.trained import TrainedModel

Floats = NDArray[Any]


def has_traits(model: TrainedModel) -> bool:
    """Whether there are such numbers: of a network and of what sees features, not of visual words."""
    return model.scorer.sees == "features" or model.scorer.family == "network"


def traits(model: TrainedModel, dataset: Dataset, progress: Progress | None = None) -> Floats:
    """What the pictures of a data set are to a model that `has_traits`.

    Of a network, what its head is handed; of what sees features, these, standardised by the pictures that it
    learnt from, and with the say for wide and narrow stages that its recipe gives them.

    Parameters
    ----------
    model : TrainedModel
        The model.
    dataset : Dataset
        What it sees of pictures.
    progress : Progress, optional
        Who is told how far it is.

    Returns
    -------
    ndarray (pictures, d) of float32

    Raises
    ------
    PictureError
        If a picture cannot be decoded.
    """
    if model.scorer.sees == "features":
        return _standardised(dataset, float(model.recipe.settings.get("balance", 0.0)))
    from cartellino.classify.networks.handed import handed
    from cartellino.classify.networks.scorer import NetworkScorer

    assert isinstance(model.scorer, NetworkScorer)
    return handed(model.scorer, dataset.X, progress)


def _standardised(dataset: Dataset, balance: float) -> Floats:
    from cartellino.classify.heads.linear.scaling import Scaling, say_of

    learnt = dataset.X[dataset.rows(Part.TRAIN, Part.VALIDATION)]
    say = say_of(dataset.blocks, dataset.X.shape[1], balance)
    return np.asarray(Scaling.learn(learnt, np.ones(len(learnt)), say).apply(dataset.X))
