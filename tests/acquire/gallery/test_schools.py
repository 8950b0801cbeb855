from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from cartellino.acquire.gallery import strays
from cartellino.acquire.gallery.brush import Hand, Painted
from cartellino.acquire.gallery.schools import SCHOOLS

HANDS = [Hand(0, 0, 0, 0), Hand(0.99, 0.99, 0.99, 0.99), Hand(0.4, 0.6, 0.2, 0.8)]
SIZES = [(324, 468), (468, 324), (360, 360)]
PAINTERS = {name: school.paint for name, school in SCHOOLS.items()} | {"of no school": strays.paint}


def painted(name: str, seed: int, size: tuple[int, int] = (360, 288)) -> Painted:
    return PAINTERS[name](np.random.default_rng(seed), size, HANDS[seed % len(HANDS)])


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image, np.int16)


@pytest.mark.parametrize("name", PAINTERS)
def test_a_painter_fills_the_canvas_and_says_what_is_on_it(name: str) -> None:
    for seed, size in enumerate(SIZES):
        done = painted(name, seed, size)
        assert done.image.size == size
        assert done.image.mode == "RGB"
        assert pixels(done.image).std() > 1
        assert done.tags
        assert len(set(done.tags)) == len(done.tags)


@pytest.mark.parametrize("name", PAINTERS)
def test_a_seed_gives_the_same_picture_and_another_seed_another(name: str) -> None:
    one, same, other = (painted(name, seed).image for seed in (3, 3, 6))
    assert one.tobytes() == same.tobytes()
    assert np.abs(pixels(one) - pixels(other)).mean() > 3


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_manner_can_show_every_subject(name: str) -> None:
    for subject in SCHOOLS:
        picture = painted(subject, 4, (240, 180)).image
        shown = SCHOOLS[name].manner(picture, np.random.default_rng(1))
        assert shown.size == picture.size
        assert shown.mode == "RGB"
        assert np.abs(pixels(shown) - pixels(picture)).mean() > 1


def test_the_schools_can_be_told_apart_by_simple_measures() -> None:
    """Not a classifier: only that the schools differ in what they are named for."""
    pictures = {
        name: [pixels(painted(name, seed, (240, 192)).image) for seed in range(8)] for name in SCHOOLS
    }

    def mean(name: str, measure: object) -> float:
        return float(np.mean([measure(picture) for picture in pictures[name]]))  # type: ignore[operator]

    def edges(picture: np.ndarray) -> float:
        return float(np.abs(np.diff(picture.mean(axis=2), axis=1)).mean())

    def colourful(picture: np.ndarray) -> float:
        return float((picture.max(axis=2) - picture.min(axis=2)).mean())

    for busy in ("Pointillism", "Woodcut", "Geometric Tiling"):
        assert mean(busy, edges) > 1.2 * mean("Colour Field", edges)
    assert mean("Pointillism", colourful) > 1.5 * mean("Ink Wash", colourful)
