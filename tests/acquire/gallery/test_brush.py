from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.acquire.gallery import brush

RNG = np.random.default_rng


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.floats(2, 200), st.integers(1, 5))
def test_noise_fills_its_size_and_stays_in_range(width: int, height: int, cell: float, octaves: int) -> None:
    made = brush.noise(RNG(1), (width, height), cell, octaves)
    assert made.shape == (height, width)
    assert made.dtype == np.float32
    assert 0 <= made.min() <= made.max() <= 1


def test_noise_varies_and_follows_its_seed() -> None:
    one, other = (brush.noise(RNG(seed), (90, 60), 20, 3) for seed in (1, 2))
    assert one.std() > 0.05
    assert np.abs(one - other).mean() > 0.05
    assert np.array_equal(one, brush.noise(RNG(1), (90, 60), 20, 3))


def test_resizing_keeps_flat_masks_flat_and_ramps_straight() -> None:
    assert np.allclose(brush.resized(np.full((5, 7), 0.3, np.float32), (40, 30)), 0.3, atol=1e-5)
    ramp = np.tile(np.arange(10, dtype=np.float32), (4, 1))
    grown = brush.resized(ramp, (100, 8))
    assert np.allclose(grown[0, 20:80], (np.arange(20, 80) + 0.5) / 10 - 0.5, atol=1e-4)


def test_paint_is_laid_where_the_mask_says() -> None:
    ground, mask = (
        brush.flat((4, 2), brush.rgb("ffffff")),
        np.array([[0, 0.5, 1, 1], [0, 0, 0, 0]], np.float32),
    )
    laid = brush.over(ground, brush.rgb("000000"), mask)
    assert laid[:, 0].tolist() == [[1, 0.5, 0, 0]] * 3
    assert (laid[:, 1] == 1).all()


def test_colours_survive_the_way_to_an_image_and_back() -> None:
    picture = brush.flat((3, 2), brush.rgb("b4402b")) * np.float32(1)
    shown = brush.image(picture)
    assert shown.size == (3, 2)
    assert shown.getpixel((1, 1)) == brush.ink(brush.rgb("b4402b")) == (0xB4, 0x40, 0x2B)
    assert np.allclose(brush.array(shown), picture, atol=1 / 255)


@pytest.mark.parametrize(
    "finish", [brush.canvas, lambda plane, rng: brush.paper((60, 40), plane[:, :1, :1], rng)]
)
def test_surfaces_change_little_and_stay_in_range(finish: object) -> None:
    ground = brush.flat((60, 40), brush.rgb("c0a080")) * np.float32(1)
    done = finish(ground, RNG(3))  # type: ignore[operator]
    assert done.shape == (3, 40, 60)
    assert 0 <= done.min() <= done.max() <= 1
    assert 0.002 < np.abs(done - ground).mean() < 0.2
