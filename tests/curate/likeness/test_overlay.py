"""Laying one picture over another: shifts and scales are found."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from cartellino.curate.likeness.overlay import Overlay, sampled

from .painted import painting

WHOLE = np.array([[0.0, 0.0, 1.0, 1.0]])
SHARE = st.floats(0, 0.06)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 50), SHARE, SHARE, SHARE, SHARE)
def test_a_crop_is_laid_where_it_came_from(
    seed: int, left: float, top: float, right: float, bottom: float
) -> None:
    image = painting(seed, size=(256, 256)).convert("L")
    box = (256 * left, 256 * top, 256 * (1 - right), 256 * (1 - bottom))
    first, second = (
        gaussian_filter(np.asarray(image.resize((64, 64), box=each), np.float32), 2)[None]
        for each in ((0, 0, 256, 256), box)
    )
    overlay = Overlay(WHOLE, WHOLE)
    overlay.improve(first, second, 32, 10)
    points = overlay.points(8)
    across = (points[:, 0] - left) / (1 - left - right)
    down = (points[:, 1] - top) / (1 - top - bottom)
    assert np.abs(overlay.places(points) - np.stack([across, down], axis=1)).max() < 0.02


def test_boxes_are_laid_over_each_other_to_begin_with() -> None:
    overlay = Overlay(np.array([[0.1, 0.0, 0.9, 1.0]]), np.array([[0.0, 0.2, 1.0, 0.7]]))
    points = overlay.points(100)
    assert 0.1 < points[:, 0].min() < 0.25
    assert np.allclose(overlay.places(points)[0, :, 50], [0.5, 0.45], atol=0.01)


def test_values_are_taken_between_pixels_and_outside_is_told() -> None:
    grey = np.arange(16, dtype=np.float32).reshape(1, 4, 4)
    places = np.array([[[0.5, 1.2], [0.125, 0.375]]], dtype=np.float32)
    values, inside = sampled(grey, places)
    assert values[0, :, 0].tolist() == [1.5, 5.5]
    assert inside[0].tolist() == [[1, 0], [1, 0]]
