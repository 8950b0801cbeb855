from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from cartellino.pictures.borders import find
from cartellino.records import Trim

from .corpus import saved, scene

WIDTH, HEIGHT = 180, 130


def bordered(
    sides: tuple[int, int, int, int], colour: object, image: Image.Image | None = None, quality: int = 0
) -> tuple[Image.Image, Trim]:
    image = image or scene(WIDTH, HEIGHT)
    left, top, right, bottom = sides
    whole = Image.new("RGB", (image.width + left + right, image.height + top + bottom), colour)
    whole.paste(image, (left, top))
    if quality:
        whole = Image.open(io.BytesIO(saved(whole, "JPEG", quality=quality))).convert("RGB")
    return whole, Trim(left, top, left + image.width, top + image.height)


def apart(one: Trim, other: Trim) -> int:
    return max(abs(getattr(one, side) - getattr(other, side)) for side in ("left", "top", "right", "bottom"))


def everything(image: Image.Image) -> Trim:
    return Trim(0, 0, *image.size)


margins = st.sampled_from([0, 5, 12, 30])


@given(
    margins,
    margins,
    st.sampled_from(["#000000", "#ffffff"]),
    st.sampled_from([0, 75, 92]),
)
def test_padding_on_opposite_sides_is_found_to_the_pixel_or_two(
    beside: int, above: int, colour: str, quality: int
) -> None:
    image, inner = bordered((beside, above, beside, above), colour, quality=quality)
    assert apart(find(image), inner) <= (2 if quality else 0)


@pytest.mark.parametrize(("colour", "shift"), [("#7f7f7f", 180), ("#1b2a60", 120), ("#d8c8a0", 10)])
def test_a_border_may_have_any_colour_that_the_picture_has_not(colour: str, shift: int) -> None:
    faint = Image.fromarray((np.asarray(scene(WIDTH, HEIGHT)) // 4 + shift).astype(np.uint8))
    image, inner = bordered((9, 9, 9, 9), colour, faint)
    assert apart(find(image), inner) == 0


def test_a_mat_inside_black_padding_is_found_too() -> None:
    mat, inner = bordered((14, 14, 14, 14), "#f4f1e8")
    image, _ = bordered((40, 0, 40, 0), "#000000", mat, quality=85)
    assert apart(find(image), Trim(inner.left + 40, inner.top, inner.right + 40, inner.bottom)) <= 2


def test_a_scanner_s_noise_does_not_hide_its_border() -> None:
    image, inner = bordered((20, 16, 20, 16), "#f0f0f0")
    noisy = np.asarray(image).astype(int)
    noisy[: inner.top] += np.random.default_rng(1).integers(-4, 5, noisy[: inner.top].shape)
    assert apart(find(Image.fromarray(noisy.clip(0, 255).astype(np.uint8))), inner) <= 2


def test_a_sheet_in_the_corner_of_a_scanner_s_bed() -> None:
    image, inner = bordered((0, 0, 40, 25), "#ffffff")
    assert apart(find(image), inner) <= 1


def test_hairs_at_the_outermost_lines_hide_nothing() -> None:
    image, inner = bordered((20, 20, 20, 20), "#ffffff")
    ImageDraw.Draw(image).rectangle((0, 0, image.width - 1, image.height - 1), outline="#8090a0")
    assert apart(find(image), inner) <= 1


def test_a_dark_painting_in_black_padding_loses_only_the_padding() -> None:
    dark = Image.fromarray((np.asarray(scene(WIDTH, HEIGHT)) // 10 + 7).astype(np.uint8))
    image, inner = bordered((0, 30, 0, 30), "#000000", dark)
    assert apart(find(image), inner) <= 1


@pytest.mark.parametrize("ground", ["#000000", "#ffffff", "#9a9a9a"])
def test_the_backdrop_of_an_object_stays(ground: str) -> None:
    image = Image.new("RGB", (200, 240), ground)
    ImageDraw.Draw(image).ellipse((60, 50, 140, 190), fill="#7a4a20")
    ImageDraw.Draw(image).rectangle((90, 180, 110, 225), fill="#5a3a10")
    assert find(image) == everything(image)


def test_the_dark_ground_of_a_portrait_stays() -> None:
    rng = np.random.default_rng(2)
    ground = rng.integers(8, 14, (240, 180, 3)).astype(np.uint8)
    image = Image.fromarray(ground)
    ImageDraw.Draw(image).ellipse((60, 40, 120, 120), fill="#d8a878")
    assert find(image) == everything(image)


def test_a_sky_that_grows_darker_stays() -> None:
    sky = np.linspace(240, 90, 200)[:, None].repeat(150, 1)
    image = Image.fromarray(sky.astype(np.uint8)).convert("RGB")
    assert find(image) == everything(image)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#808080"])
def test_a_picture_of_one_colour_is_left_whole(colour: str) -> None:
    image = Image.new("RGB", (120, 90), colour)
    assert find(image) == everything(image)


def test_what_would_leave_less_than_a_quarter_is_no_border() -> None:
    image, _ = bordered((300, 0, 300, 0), "#000000")
    assert find(image) == everything(image)


@pytest.mark.parametrize("size", [(1, 1), (1, 20000), (15, 400), (2, 3)])
def test_tiny_and_extreme_pictures_survive(size: tuple[int, int]) -> None:
    assert find(Image.new("RGB", size)) == Trim(0, 0, *size)


@given(st.integers(0, 2**32 - 1), st.integers(1, 80), st.integers(1, 80))
def test_a_trim_lies_inside_and_leaves_a_quarter(seed: int, width: int, height: int) -> None:
    rng = np.random.default_rng(seed)
    levels = rng.choice([0, 0, 0, 255, 128], (height, width)) * (rng.random((height, width)) > 0.02)
    trim = find(Image.fromarray(levels.astype(np.uint8)))
    assert 0 <= trim.left < trim.right <= width
    assert 0 <= trim.top < trim.bottom <= height


def test_turning_a_picture_turns_its_trim() -> None:
    image, _ = bordered((12, 30, 12, 30), "#ffffff")
    trim, turned = find(image), find(image.transpose(Image.Transpose.TRANSPOSE))
    assert apart(turned, Trim(trim.top, trim.left, trim.bottom, trim.right)) <= 1


@pytest.mark.realdata
def test_black_padding_of_real_paintings(data_folder: Path) -> None:
    files = sorted((data_folder / "wikiart7" / "images").rglob("*.jpg"))[::70]
    padded = even = 0
    for file in files:
        image = Image.open(file).convert("RGB")
        trim = find(image)
        left, top, right, bottom = trim.left, trim.top, image.width - trim.right, image.height - trim.bottom
        padded += any((left, top, right, bottom))
        even += abs(left - right) <= 2 and abs(top - bottom) <= 2  # it was padded to a square, evenly
    assert padded >= 0.95 * len(files)
    assert even >= 0.85 * len(files)


@pytest.mark.realdata
def test_real_objects_keep_their_backdrops(data_folder: Path) -> None:
    files = sorted((data_folder / "met" / "images").glob("*.jpg"))[::30]
    lost = []
    for file in files:
        trim, size = find(Image.open(file)), ImageOps.exif_transpose(Image.open(file)).size
        lost.append(1 - (trim.right - trim.left) * (trim.bottom - trim.top) / (size[0] * size[1]))
    assert np.mean(lost) < 0.04
