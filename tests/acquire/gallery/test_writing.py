from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from cartellino.acquire.gallery.writing import written
from cartellino.errors import PictureError
from cartellino.pictures.decode import decode
from cartellino.settings import PictureSettings

PICTURE = Image.fromarray(np.random.default_rng(0).integers(60, 200, (40, 60, 3)).astype(np.uint8)).resize(
    (240, 160)
)


def bytes_of(way: str) -> bytes:
    data = written(PICTURE, way, np.random.default_rng(1))
    assert data is not None
    return data


@pytest.mark.parametrize(
    ("way", "change"),
    [
        ("cmyk", "CMYK without a profile"),
        ("turned", "turned upright"),
        ("alpha", "its transparency laid on #ffffff"),
        ("sixteen bit", "16 bits scaled to 8"),
    ],
)
def test_odd_files_are_odd_in_the_way_they_say(way: str, change: str) -> None:
    decoded = decode(bytes_of(way), PictureSettings())
    assert change in decoded.changes[0]
    assert decoded.image.size == PICTURE.size


@pytest.mark.parametrize(("way", "reason"), [("cut", "cut short"), ("html", "this is HTML")])
def test_broken_files_are_broken(way: str, reason: str) -> None:
    with pytest.raises(PictureError, match=reason):
        decode(bytes_of(way), PictureSettings())


def test_a_poor_copy_is_smaller_and_a_lost_one_is_nothing() -> None:
    assert len(bytes_of("poor")) < len(bytes_of("jpeg"))
    assert written(PICTURE, "missing", np.random.default_rng(1)) is None
