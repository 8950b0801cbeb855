from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from cartellino.classify.dataset import assemble
from cartellino.classify.predict import predict_pictures, predict_works, suggest, suggestions
from cartellino.classify.train import train
from cartellino.classify.trained import TrainedModel
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.errors import ModelError
from cartellino.progress import Silent
from classify.museum import Museum
from classify.world import recipe


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Museum:
    return Museum(tmp_path_factory.mktemp("museum"), works=120)


@pytest.fixture(scope="module")
def model(museum: Museum) -> TrainedModel:
    label_set = freeze(museum.catalogue, LabelDefinition("school", "school"), Silent())
    return train(assemble(museum.catalogue, museum.store, label_set), recipe())


def test_batches_change_nothing_and_keep_the_order(museum: Museum, model: TrainedModel) -> None:
    asked = list(museum.keys.values())[::-1]
    whole = list(predict_works(museum.catalogue, museum.store, model, asked))
    pieces = list(predict_works(museum.catalogue, museum.store, model, iter(asked), batch=7))
    assert [work for keys, _ in pieces for work in keys.tolist()] == asked == whole[0][0].tolist()
    assert np.concatenate([chances for _, chances in pieces]) == pytest.approx(whole[0][1], abs=1e-6)


def test_a_work_of_two_pictures_gets_their_mean(museum: Museum, model: TrainedModel) -> None:
    key = museum.keys["w0"]
    digests = [digest for _, digest in museum.catalogue.pictures.shown_by([key])]
    assert len(digests) == 2
    ((_, chances),) = predict_works(museum.catalogue, museum.store, model, [key])
    assert chances[0] == pytest.approx(
        predict_pictures(model, museum.store.read(digests)).mean(axis=0), abs=1e-6
    )


def test_works_without_a_picture_are_left_out(museum: Museum, model: TrainedModel) -> None:
    key = museum.keys["w1"]
    ((keys, _),) = predict_works(museum.catalogue, museum.store, model, [999_999, key])
    assert keys.tolist() == [key]
    found = suggest(museum.catalogue, museum.store, model, [999_999, key])
    assert found[999_999] == []
    assert found[key][0].label == "Italian"


def test_features_of_another_backbone_are_refused(museum: Museum, model: TrainedModel) -> None:
    other = replace(model, backbone_hash="f" * 64)
    with pytest.raises(ModelError, match="it takes features of made:up"):
        next(predict_works(museum.catalogue, museum.store, other, [1]))
    with pytest.raises(ModelError, match="features of 4 numbers"):
        predict_pictures(model, np.zeros((2, 5), np.float32))


def test_suggestions_come_best_first(model: TrainedModel) -> None:
    found = suggestions(("a", "b", "c"), np.array([0.2, 0.5, 0.3]), limit=2)
    assert [(each.label, each.probability) for each in found] == [("b", 0.5), ("c", 0.3)]


def test_memory_stays_flat_however_many_works(museum: Museum, model: TrainedModel) -> None:
    keys = list(museum.keys.values())

    def peak(times: int) -> int:
        many = (key for _ in range(times) for key in keys)
        tracemalloc.start()
        for _ in predict_works(museum.catalogue, museum.store, model, many, batch=60):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(12) < 1.5 * peak(2)
