from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cartellino.pictures.depth import eight_bit, is_deep

from .corpus import saved


@given(st.integers(0, 2**16 - 1))
def test_sixteen_bits_are_rounded_to_the_nearest_of_eight(level: int) -> None:
    scaled, words = eight_bit(Image.fromarray(np.full((2, 3), level, np.uint16)))
    assert scaled.getpixel((0, 0)) == round(level / 257)
    assert words == "16 bits scaled to 8"


def test_more_rows_than_a_band_are_all_scaled() -> None:
    ramp = np.arange(1000, dtype=np.uint16)[:, None].repeat(3, 1) * 65
    assert np.array_equal(np.asarray(eight_bit(Image.fromarray(ramp))[0]), np.rint(ramp / 257))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0, 200]], np.int32), [0, 200]),  # eight bits in a wide coat
        (np.array([[0, 65535]], np.int32), [0, 255]),
        (np.array([[-1000, 1000]], np.int32), [0, 255]),
        (np.array([[0, 1_000_000]], np.int32), [0, 255]),
        (np.array([[0.0, 0.2]], np.float32), [0, 51]),
        (np.array([[0.0, 51.0]], np.float32), [0, 51]),
        (np.array([[np.nan, np.inf, 7.0]], np.float32), [0, 255, 7]),
        (np.full((1, 2), -4.5, np.float32), [0, 0]),
    ],
)
def test_other_ranges_are_guessed_with_care(values: np.ndarray, expected: list[int]) -> None:
    scaled, words = eight_bit(Image.fromarray(values))
    assert np.asarray(scaled)[0].tolist() == expected
    assert "scaled to 8 bits" in words


def test_eight_bits_are_not_deep() -> None:
    for mode in ("1", "L", "P", "RGB", "RGBA", "CMYK", "LA"):
        assert not is_deep(Image.new(mode, (2, 2)))
    assert is_deep(Image.open(io.BytesIO(saved(Image.new("I;16", (2, 2)), "PNG"))))
