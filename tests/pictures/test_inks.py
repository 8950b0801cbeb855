from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cartellino.pictures.inks import printed

ink = st.integers(0, 255)


def colour(*inks: int) -> list[int]:
    return [int(level) for level in np.asarray(printed(Image.new("CMYK", (1, 1), inks)))[0, 0]]


def test_paper_is_white_and_all_ink_is_black() -> None:
    assert colour(0, 0, 0, 0) == [255, 255, 255]
    assert max(colour(255, 255, 255, 255)) < 25


@pytest.mark.parametrize(
    ("inks", "expected"),  # the process colours as swatch books show them in sRGB
    [
        ((255, 0, 0, 0), (0, 158, 224)),
        ((0, 255, 0, 0), (226, 0, 122)),
        ((0, 0, 255, 0), (255, 236, 0)),
        ((0, 255, 255, 0), (227, 6, 19)),
        ((0, 0, 0, 255), (42, 42, 42)),
    ],
)
def test_solids_look_as_they_do_in_print(inks: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert np.abs(np.subtract(colour(*inks), expected)).max() <= 26


def test_halftones_are_darker_than_their_share_of_ink() -> None:
    assert 140 <= colour(0, 0, 0, 128)[0] <= 165  # dot gain: half the paper covered looks like more than half


@given(ink, ink, ink, ink, st.integers(0, 3))
def test_more_ink_never_gives_more_light(c: int, m: int, y: int, k: int, which: int) -> None:
    less = [c, m, y, k]
    more = less.copy()
    more[which] = min(255, more[which] + 60)
    assert sum(colour(*more)) <= sum(colour(*less)) + 1


def test_large_pictures_are_mixed_in_bands_without_a_seam() -> None:
    ramp = np.zeros((200, 3, 4), np.uint8)
    ramp[..., 0] = np.arange(200)[:, None]
    red = np.asarray(printed(Image.fromarray(ramp, "CMYK")))[:, 0, 0].astype(int)
    assert (np.diff(red) <= 0).all()
    assert np.abs(np.diff(red)).max() <= 3
