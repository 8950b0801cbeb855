"""Backbones: the registry, and what the base class checks."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from cartellino.errors import FeatureError, InputError
from cartellino.features.backbone import Session
from cartellino.features.registry import load_backbone
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
    "batch", [np.zeros((1, 8, 8, 3)), np.zeros((1, 9, 8, 3), np.uint8), np.zeros((8, 8, 3), np.uint8)]
)
def test_pictures_that_were_not_prepared_are_refused(batch: np.ndarray) -> None:
    with pytest.raises(FeatureError, match=r"takes pictures as bytes of 8 × 8 × 3"):
        Tiny().embed(batch)


def test_vectors_that_are_not_finite_are_refused() -> None:
    class Broken(Tiny):
        def _session(self) -> Session:
            return lambda batch: np.full((len(batch), 3), np.nan, np.float32)

    with pytest.raises(FeatureError, match="not finite"):
        Broken().embed(np.zeros((1, 8, 8, 3), np.uint8))
