"""A model of fine classes answers with broad ones: probabilities add up, and nothing is learnt anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cartellino.classify import saved
from cartellino.classify.broader import broader, broader_definition
from cartellino.classify.predict import predict_pictures
from cartellino.classify.train import train
from cartellino.curate.merges import Edge
from cartellino.errors import LabelError
from classify.world import dataset, label_set, recipe

EDGES = (
    Edge("Asian Art", "The world", "a smaller house"),
    Edge("European Paintings", "The world", "a smaller house"),
)


def test_probabilities_add_up_and_survive_saving(tmp_path: Path) -> None:
    data = dataset()
    model = train(data, recipe())
    broad = replace(label_set(), name="wing", classes=("Arms and Armor", "The world"), hash="ef" * 32)
    found = broader(model, data.label_set, broad, EDGES)
    fine, added = predict_pictures(model, data.X), predict_pictures(found, data.X)
    assert added[:, 0] == pytest.approx(fine[:, 1], abs=1e-6)
    assert added[:, 1] == pytest.approx(fine[:, 0] + fine[:, 2], abs=1e-6)
    assert (found.classes, found.provenance.label_set_hash) == (broad.classes, broad.hash)
    saved.save(found, tmp_path / "model")
    assert np.array_equal(predict_pictures(saved.load(tmp_path / "model"), data.X), added)


def test_a_broader_model_can_be_made_broader_still() -> None:
    data = dataset()
    model = train(data, recipe())
    broad = replace(label_set(), classes=("Arms and Armor", "The world"))
    once = broader(model, data.label_set, broad, EDGES)
    top = replace(label_set(), classes=("All",))
    twice = broader(once, broad, top, (Edge("Arms and Armor", "All"), Edge("The world", "All")))
    assert predict_pictures(twice, data.X) == pytest.approx(1.0, abs=1e-6)


def test_the_broad_definition_keeps_parts_and_names_its_classes() -> None:
    told = broader_definition(label_set(), "wing", EDGES)
    assert (told.name, told.like, told.only) == ("wing", "department@2", ("The world", "Arms and Armor"))
    with pytest.raises(LabelError, match="do not add up"):
        broader_definition(label_set("multi"), "wing", EDGES)
    with pytest.raises(LabelError, match="none of these merges"):
        broader_definition(label_set(), "wing", (Edge("Egypt", "The world"),))
    with pytest.raises(LabelError, match="no work of it has 'The world'"):
        broader(train(dataset(), recipe()), label_set(), label_set(), EDGES)
