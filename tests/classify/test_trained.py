from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from cartellino.classify.train import train
from classify.world import dataset, recipe


def test_a_model_knows_the_width_of_its_features_and_cannot_be_changed() -> None:
    data = dataset()
    model = train(data, recipe())
    assert model.width == data.X.shape[1]
    with pytest.raises(FrozenInstanceError):
        model.temperature = 1.0  # type: ignore[misc]
