from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from cartellino.classify import saved
from cartellino.classify.predict import predict_pictures
from cartellino.classify.train import train
from cartellino.classify.trained import TrainedModel
from cartellino.errors import InputError, ModelError
from cartellino.files import digest_of
from classify.world import CLASSES, dataset, label_set, recipe


class Other:
    """A backbone by what is asked of it."""

    id, hash = "lite2:head", "ef" * 32


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    return train(dataset("multi"), recipe(), seed=5)


@pytest.fixture
def folder(model: TrainedModel, tmp_path: Path) -> Path:
    saved.save(model, tmp_path / "department-linear-1")
    return tmp_path / "department-linear-1"


def resealed(folder: Path, **changes: Any) -> None:
    """Change tensors, or what is said of them, and make the digest fit again."""
    tensors = load_file(folder / saved.WEIGHTS) | changes
    save_file({name: value for name, value in tensors.items() if value is not None}, folder / saved.WEIGHTS)
    retold(folder, weights=digest_of(folder / saved.WEIGHTS))


def retold(folder: Path, **changes: Any) -> None:
    about = json.loads((folder / saved.ABOUT).read_text(encoding="utf-8"))
    (folder / saved.ABOUT).write_text(json.dumps(about | changes), encoding="utf-8")


def test_what_is_read_is_what_was_written(model: TrainedModel, folder: Path) -> None:
    found = saved.load(folder)
    assert found.name == "department-linear-1"
    assert np.array_equal(found.scorer.tensors()["coefficients"], model.scorer.tensors()["coefficients"])
    assert np.array_equal(found.thresholds, model.thresholds)
    assert np.array_equal(found.grid_correct, model.grid_correct)
    for name in ("kind", "classes", "temperature", "recipe", "provenance", "backbone_hash", "works"):
        assert getattr(found, name) == getattr(model, name)
    X = dataset("multi").X
    assert np.array_equal(predict_pictures(found, X), predict_pictures(model, X))


def test_the_same_training_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    saved.save(train(dataset("multi"), recipe(), seed=5), tmp_path / "again")
    assert (tmp_path / "again" / saved.WEIGHTS).read_bytes() == (folder / saved.WEIGHTS).read_bytes()


def test_one_label_a_work_has_no_thresholds(tmp_path: Path) -> None:
    saved.save(train(dataset(), recipe()), tmp_path / "single")
    assert saved.load(tmp_path / "single").thresholds is None


def test_the_card_says_what_it_learnt_and_where_it_came_from(folder: Path) -> None:
    card = (folder / saved.CARD).read_text(encoding="utf-8")
    for said in (
        "# department-linear-1",
        "department@2",
        "| train | 90 |",
        "Asian Art",
        "ab" * 32,
        "cd" * 32,
    ):
        assert said in card


def test_features_of_another_backbone_are_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"takes features of lite2:all .* are of lite2:head") as found:
        saved.load(folder, Other())  # type: ignore[arg-type]
    assert "cartellino train department" in str(found.value)


def test_other_classes_are_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="knows other classes than department@2"):
        saved.load(folder, label_set=label_set("multi", classes=CLASSES[::-1]))
    assert saved.load(folder, label_set=label_set("multi")).classes == CLASSES


def test_another_format_is_refused(folder: Path) -> None:
    retold(folder, format=3)
    with pytest.raises(ModelError, match="of format 3, and this version of Cartellino reads 1 to 2"):
        saved.load(folder)


def test_a_changed_byte_is_noticed(folder: Path) -> None:
    path = folder / saved.WEIGHTS
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ModelError, match="the weights were changed"):
        saved.load(folder)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"learnt/coefficients": np.zeros((12, 3), np.float32)},
            r"scores are \(11, 3\), and should be \(12, 3\)",
        ),
        ({"learnt/coefficients": np.zeros((13, 4), np.float32)}, r"should be \(12, 3\)"),
        ({"thresholds": np.zeros(2)}, r"thresholds are \(2,\)"),
        ({"thresholds": None}, r"thresholds are \(\)"),
        ({"grid_correct": np.zeros((3, 3), np.bool_)}, "grid_correct are"),
        ({"grid": None}, "missing or broken"),
        ({"learnt/coefficients": np.full((13, 3), np.inf, np.float32)}, "not those of a trained model"),
    ],
)
def test_tensors_of_another_shape_are_refused(folder: Path, changes: dict[str, Any], said: str) -> None:
    resealed(folder, **changes)
    with pytest.raises(ModelError, match=said):
        saved.load(folder)


def test_a_class_more_than_the_weights_know_is_refused(folder: Path) -> None:
    retold(folder, classes=[*CLASSES, "Costume"])
    with pytest.raises(ModelError, match=r"should be \(12, 4\)"):
        saved.load(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_what_does_not_describe_a_model_is_refused(folder: Path, text: str) -> None:
    (folder / saved.ABOUT).write_text(text, encoding="utf-8")
    with pytest.raises((ModelError, InputError), match="model"):
        saved.load(folder)


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such model"):
        saved.load(tmp_path)


def test_weights_alone_are_not_a_model_yet(model: TrainedModel, folder: Path) -> None:
    """What a kill between the files leaves behind must not load."""
    (folder / saved.ABOUT).unlink()
    with pytest.raises(InputError):
        saved.load(folder)
    saved.save(replace(model, name="again"), folder)
    assert saved.load(folder).classes == CLASSES


def test_a_model_of_the_first_format_is_still_read(model: TrainedModel, folder: Path) -> None:
    """As version 0.4 wrote it: a linear head's coefficients by their bare name."""
    tensors = load_file(folder / saved.WEIGHTS)
    resealed(folder, **{"learnt/coefficients": None, "coefficients": tensors["learnt/coefficients"]})
    about = json.loads((folder / saved.ABOUT).read_text(encoding="utf-8"))
    del about["scorer"]
    (folder / saved.ABOUT).write_text(json.dumps(about | {"format": 1}), encoding="utf-8")
    X = dataset("multi").X
    assert np.array_equal(predict_pictures(saved.load(folder), X), predict_pictures(model, X))
