from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from cartellino.acquire.gallery import camera, strays
from cartellino.acquire.gallery.brush import Hand
from cartellino.acquire.gallery.schools import SCHOOLS
from cartellino.pictures.fingerprint import fingerprint

PICTURE = SCHOOLS["Pointillism"].paint(np.random.default_rng(2), (360, 300), Hand(0.1, 0.5, 0.5, 0.5)).image


def test_photographs_of_one_work_differ_a_little() -> None:
    shots = [np.asarray(camera.photographed(PICTURE, np.random.default_rng(seed))) for seed in range(40)]
    sizes = {shot.shape for shot in shots}
    assert (300, 360, 3) in sizes
    assert len(sizes) > 1, "some show the mount"
    plain = [shot.astype(int) for shot in shots if shot.shape == (300, 360, 3)]
    assert all(np.abs(shot - np.asarray(PICTURE, int)).mean() < 60 for shot in plain)
    assert any((shot[..., 0] == shot[..., 2]).all() for shot in shots), "some are black and white"


@pytest.mark.parametrize("view", [camera.detail, camera.raking_light, camera.archive, strays.reverse])
def test_other_views_are_of_the_same_size_and_look_different(
    view: Callable[[Image.Image, np.random.Generator], Image.Image],
) -> None:
    shown = view(PICTURE, np.random.default_rng(1))
    assert shown.size == PICTURE.size
    assert np.abs(np.asarray(shown, int) - np.asarray(PICTURE, int)).mean() > 5


def test_a_second_photograph_is_a_near_duplicate() -> None:
    near = 0
    for seed in range(10):
        again = camera.again(PICTURE, np.random.default_rng(seed))
        assert again.size != PICTURE.size
        near += ((fingerprint(again) ^ fingerprint(PICTURE)) & (2**64 - 1)).bit_count() <= 6
    assert near >= 8
