from __future__ import annotations

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from cartellino.pictures.fingerprint import fingerprint

from .corpus import saved, scene


def bits_apart(one: Image.Image, other: Image.Image) -> int:
    return ((fingerprint(one) ^ fingerprint(other)) & (2**64 - 1)).bit_count()


seeds = st.integers(0, 300)


def textured(seed: int) -> Image.Image:
    """Shapes of many sizes, as in most pictures."""
    levels = np.random.default_rng(seed).integers(0, 256, (9, 12, 3)).astype(np.uint8)
    return Image.fromarray(levels).resize((240, 180), Image.Resampling.BICUBIC)


@given(seeds)
def test_it_fits_a_column_of_sqlite(seed: int) -> None:
    assert -(2**63) <= fingerprint(scene(seed=seed)) < 2**63


@given(seeds)
def test_copies_of_another_size_quality_and_tone_are_near(seed: int) -> None:
    image = textured(seed)
    small = image.resize((120, 90), Image.Resampling.LANCZOS)
    poor = Image.open(io.BytesIO(saved(image, "JPEG", quality=35)))
    assert bits_apart(image, small) <= 6
    assert bits_apart(image, poor) <= 6
    assert bits_apart(image, ImageEnhance.Brightness(image).enhance(0.9)) <= 6
    assert bits_apart(image, image.convert("L")) == 0


def test_different_pictures_are_far() -> None:
    marks = [textured(seed) for seed in range(30)]
    apart = [bits_apart(one, other) for number, one in enumerate(marks) for other in marks[:number]]
    assert np.mean(apart) > 24


def test_mirror_images_are_told_apart() -> None:
    image = scene(200, 150, 5)
    assert bits_apart(image, image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) > 6


def test_pictures_of_one_colour_share_one_fingerprint_whatever_the_colour() -> None:
    assert (
        len(
            {
                fingerprint(Image.new("RGB", (50, 40), colour))
                for colour in ("#000", "#fff", "#7b3", "#808080")
            }
        )
        <= 2
    )


def test_the_smallest_and_longest_pictures_have_one() -> None:
    for size in ((1, 1), (1, 2048), (2048, 1)):
        fingerprint(Image.new("L", size, 9))
