"""Sketches: views of the inside and of the whole, and what cannot be decoded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cartellino.errors import PictureError
from cartellino.pictures.fingerprint import fingerprint
from cartellino.pictures.sketch import SIDE, VIEWS, measured, sketched
from cartellino.pictures.store import PictureStore
from cartellino.settings import PictureSettings

from .corpus import saved, scene

WHOLE = (0.0, 0.0, 1.0, 1.0)


def bits_apart(one: np.uint64, other: np.uint64) -> int:
    return (int(one) ^ int(other)).bit_count()


def test_the_first_view_is_the_fingerprint_and_equal_boxes_have_equal_views() -> None:
    grey = scene(300, 200, 4).convert("L")
    views = measured(grey, WHOLE, 200.0).views
    assert (views.shape, views.dtype) == ((VIEWS,), np.uint64)
    assert bits_apart(views[0], np.uint64(fingerprint(grey) & (2**64 - 1))) == 0
    assert (views[0::2] == views[1::2]).all()


def test_a_crop_is_like_the_view_that_was_cut_alike() -> None:
    grey = scene(400, 300, 7).convert("L")
    crop = grey.crop((20, 15, 380, 285))
    original, copy = measured(grey, WHOLE, 300.0), measured(crop, WHOLE, 270.0)
    assert bits_apart(original.views[4], copy.views[0]) <= 2 < bits_apart(original.views[0], copy.views[0])


def test_a_kept_picture_is_measured_inside_its_border(tmp_path: Path) -> None:
    image = Image.new("RGB", (640, 480), "black")
    image.paste(scene(480, 360, 3), (80, 60))
    store = PictureStore(tmp_path, PictureSettings())
    kept = store.add(saved(image, quality=95))
    sketch = sketched(store.path(kept), kept)
    assert sketch.inside == pytest.approx((0.125, 0.125, 0.875, 0.875), abs=0.01)
    assert (sketch.grey.shape, sketch.grey.dtype) == ((SIDE, SIDE), np.uint8)
    assert sketch.fineness == pytest.approx(360, abs=4)
    alone = measured(scene(480, 360, 3).convert("L"), WHOLE, 360.0)
    assert bits_apart(sketch.views[0], alone.views[0]) <= 4


def test_a_file_that_is_gone_or_broken_is_said(tmp_path: Path) -> None:
    store = PictureStore(tmp_path, PictureSettings())
    kept = store.add(saved(scene()))
    store.path(kept).write_bytes(b"not a picture")
    with pytest.raises(PictureError, match="can no longer be decoded"):
        sketched(store.path(kept), kept)
    store.path(kept).unlink()
    with pytest.raises(PictureError, match="can no longer be decoded"):
        sketched(store.path(kept), kept)
