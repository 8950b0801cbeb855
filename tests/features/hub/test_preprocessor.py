"""How a network wants its pictures: what the transformers library writes, understood or refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cartellino.errors import FeatureError
from cartellino.features.hub import preprocessor
from features.hub.tiny import CONFIG


def read(folder: Path, **told: object) -> preprocessor.Preprocessor:
    path = folder / preprocessor.FILE
    path.write_text(json.dumps(CONFIG | told))
    return preprocessor.read(path)


@pytest.mark.parametrize(
    ("told", "size"),
    [
        ({"size": {"height": 224, "width": 224}}, 224),
        ({"size": 224}, 224),
        ({"size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 224}}, 224),
        ({"size": {"shortest_edge": 256}, "crop_size": 224, "do_center_crop": True}, 224),
        ({"size": {"shortest_edge": 256}, "crop_size": 224, "do_center_crop": False}, 256),
    ],
)
def test_the_square_is_what_the_network_sees(tmp_path: Path, told: dict[str, object], size: int) -> None:
    assert read(tmp_path, **told).size == size


def test_bytes_become_what_the_network_was_trained_on(tmp_path: Path) -> None:
    squares = np.random.default_rng(0).integers(0, 256, (2, 4, 4, 3), dtype=np.uint8)
    told = (squares / 255 - CONFIG["image_mean"]) / CONFIG["image_std"]
    got = read(tmp_path)(squares)
    assert (got.dtype, got.shape) == (np.float32, (2, 3, 4, 4))
    np.testing.assert_allclose(got, told.transpose(0, 3, 1, 2), atol=1e-5)
    plain = read(tmp_path, do_normalize=False, do_rescale=False)(squares)
    np.testing.assert_array_equal(plain, squares.transpose(0, 3, 1, 2))


@pytest.mark.parametrize(
    "told",
    [
        {"size": {"height": 224, "width": 160}},
        {"size": "large"},
        {"size": -1},
        {"size": {"longest_edge": 5}},
        {"image_mean": [0.5]},
        {"image_std": None},
        {"resample": 9},
    ],
)
def test_what_cannot_be_served_is_told(tmp_path: Path, told: dict[str, object]) -> None:
    with pytest.raises(FeatureError, match=r"preprocessor_config\.json: how the network wants its pictures"):
        read(tmp_path, **told)


def test_damage_is_told(tmp_path: Path) -> None:
    (tmp_path / preprocessor.FILE).write_text("[1, 2")
    with pytest.raises(FeatureError, match="cannot be read"):
        preprocessor.read(tmp_path / preprocessor.FILE)
