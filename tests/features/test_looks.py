"""Looks: what is cut from a picture, in which order, and how vectors are joined."""

from __future__ import annotations

import numpy as np
import pytest

from cartellino.features.looks import LOOKS, look_called
from features.pattern import pattern


def test_every_pixel_lands_in_one_part_in_reading_order() -> None:
    square = pattern(0, 12, 12)
    for name, grid in (("quarters", 2), ("ninths-mean", 3)):
        parts = LOOKS[name].cut(square)
        size = 12 // grid
        assert parts.shape == (grid**2, size, size, 3)
        rows = [np.concatenate(list(parts[row * grid : (row + 1) * grid]), axis=1) for row in range(grid)]
        np.testing.assert_array_equal(np.concatenate(rows), square)


def test_a_mirror_changes_left_and_right() -> None:
    square = pattern(1, 6, 6)
    (mirrored,) = LOOKS["mirror"].cut(square)
    np.testing.assert_array_equal(mirrored, square[:, ::-1])
    assert mirrored.flags["C_CONTIGUOUS"]


def test_the_whole_is_the_square_itself() -> None:
    square = pattern(1, 6, 6)
    assert np.shares_memory(look_called("").cut(square), square)


@pytest.mark.parametrize(("name", "width"), [("quarters", 12), ("quarters-mean", 3), ("whole", 3)])
def test_vectors_are_joined_side_by_side_or_averaged(name: str, width: int) -> None:
    look = LOOKS[name]
    vectors = np.arange(2 * look.squares * 3, dtype=np.float32).reshape(2, look.squares, 3)
    joined = look.joined(vectors)
    assert (joined.shape, joined.dtype) == ((2, width), np.float32)
    told = vectors.mean(axis=1) if look.mean else vectors.reshape(2, -1)
    np.testing.assert_array_equal(joined, told)
    assert width == 3 * look.beside
