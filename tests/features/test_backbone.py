"""Backbones: the registry, and what the base class checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cartellino.errors import FeatureError, InputError
from cartellino.features.backbone import Session
from cartellino.features.looks import LOOKS, WHOLE
from cartellino.features.registry import load_backbone
from features.pattern import pattern
from features.tiny import Tiny


def test_an_unknown_backbone_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no backbone is called 'resnet'.*lite2"):
        load_backbone("resnet:all")


def test_knowing_the_names_loads_nothing_heavy() -> None:
    code = (
        "import sys; from cartellino.features.registry import BACKBONES; assert 'lite2' in list(BACKBONES);"
        "assert not {'numpy', 'onnx', 'onnxruntime', 'PIL'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "batch",
    [
        np.zeros((1, 1, 8, 8, 3)),
        *(np.zeros(shape, np.uint8) for shape in [(1, 1, 9, 8, 3), (1, 8, 8, 3), (1, 4, 8, 8, 3)]),
    ],
)
def test_pictures_that_were_not_prepared_are_refused(batch: np.ndarray) -> None:
    with pytest.raises(FeatureError, match=r"takes pictures as bytes of 1 × 8 × 8 × 3"):
        Tiny().embed(batch)


def test_vectors_that_are_not_finite_are_refused() -> None:
    class Broken(Tiny):
        def _session(self) -> Session:
            return lambda batch: np.full((len(batch), 3), np.nan, np.float32)

    with pytest.raises(FeatureError, match="not finite"):
        Broken().embed(np.zeros((1, 1, 8, 8, 3), np.uint8))


def test_the_whole_picture_is_the_backbone_itself() -> None:
    tiny = Tiny()
    assert tiny.looking(WHOLE) is tiny


def test_each_view_has_its_own_id_hash_and_width() -> None:
    views = [Tiny().looking(look) for name, look in LOOKS.items() if name != "large"]
    assert [view.id for view in views] == [
        "tiny:mean",
        *(f"tiny:mean@{name}" for name in ("mirror", "quarters", "quarters-mean", "ninths-mean")),
    ]
    assert len({view.hash for view in views}) == len(views)
    assert [view.width for view in views] == [3, 3, 12, 3, 3]
    assert [view.blocks for view in views] == [(), (), (3, 3, 3, 3), (), ()]


def test_a_view_joins_the_vectors_of_its_squares(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    picture = pattern(0, 16, 16)
    Image.fromarray(picture).save(path)
    view, mean = Tiny().looking(LOOKS["quarters"]), Tiny().looking(LOOKS["quarters-mean"])
    prepared = view.prepare(path, None)
    told = [
        picture[down : down + 8, across : across + 8].mean(axis=(0, 1))
        for down in (0, 8)
        for across in (0, 8)
    ]
    np.testing.assert_allclose(view.embed(prepared[None])[0], np.concatenate(told), rtol=1e-5)
    np.testing.assert_allclose(mean.embed(prepared[None])[0], np.mean(told, axis=0), rtol=1e-5)
    two = np.stack([prepared, prepared[::-1]])
    np.testing.assert_allclose(view.embed(two)[1], np.concatenate(told[::-1]), rtol=1e-5)


def test_a_larger_look_is_refused_where_the_network_takes_one_size() -> None:
    with pytest.raises(FeatureError, match=r"tiny:mean takes squares of 8 pixels and no others.*@large"):
        Tiny().looking(LOOKS["large"])


@pytest.mark.parametrize("name", ["lite2@halves", "lite2:all@"])
def test_an_unknown_look_is_told_with_those_there_are(name: str) -> None:
    if name.endswith("@"):
        assert load_backbone(name).look == WHOLE
        return
    with pytest.raises(FeatureError, match=r"no look '@halves'.*@whole.*@quarters"):
        load_backbone(name)
