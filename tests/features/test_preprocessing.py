"""Preprocessing: trimmed, squashed whole, at any size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cartellino.errors import PictureError
from cartellino.features.preprocessing import Shown, reduced, squashed
from cartellino.records import Trim
from features.pattern import pattern


def saved(folder: Path, image: Image.Image, suffix: str = ".png", **options: object) -> Path:
    path = folder / f"picture{suffix}"
    image.save(path, **options)
    return path


def smooth(width: int, height: int) -> Image.Image:
    return Image.fromarray(pattern(0, 6, 8)).resize((width, height), Image.Resampling.BILINEAR)


def test_the_border_is_left_out_and_nothing_else(tmp_path: Path) -> None:
    inner = Image.fromarray(pattern(1, 40, 60))
    framed = Image.new("RGB", (100, 80), "black")
    framed.paste(inner, (30, 10))
    told = np.asarray(inner.resize((32, 32), Image.Resampling.BILINEAR))
    got = squashed(saved(tmp_path, framed), Trim(30, 10, 90, 50), 32)
    np.testing.assert_array_equal(got, told)
    assert (got.dtype, got.shape) == (np.uint8, (32, 32, 3))


@pytest.mark.parametrize(
    ("width", "height", "filter_"),
    [
        (30, 40, Image.Resampling.BICUBIC),
        (41, 30, Image.Resampling.BILINEAR),
        (90, 80, Image.Resampling.BILINEAR),
    ],
)
def test_only_enlarged_pictures_are_resized_bicubic(
    tmp_path: Path, width: int, height: int, filter_: Image.Resampling
) -> None:
    image = Image.fromarray(pattern(0, height, width))
    got = squashed(saved(tmp_path, image), Trim(0, 0, width, height), 40)
    np.testing.assert_array_equal(got, image.resize((40, 40), filter_))


def test_the_ends_of_a_scroll_are_kept(tmp_path: Path) -> None:
    scroll = Image.new("RGB", (2000, 100), "white")
    scroll.paste((255, 0, 0), (0, 0, 200, 100))
    scroll.paste((0, 0, 255), (1800, 0, 2000, 100))
    square = squashed(saved(tmp_path, scroll), Trim(0, 0, 2000, 100), 20)
    assert square[:, 0].tolist() == [[255, 0, 0]] * 20
    assert square[:, -1].tolist() == [[0, 0, 255]] * 20


def test_without_a_trim_all_is_shown(tmp_path: Path) -> None:
    shown = Shown(saved(tmp_path, Image.fromarray(pattern(2, 30, 50))))
    told = squashed(shown.file, Trim(0, 0, 50, 30), 16)
    np.testing.assert_array_equal(squashed(shown.file, shown.trim, 16), told)


def test_grey_becomes_colour(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("L", (30, 20), 77))
    assert (squashed(path, Trim(0, 0, 30, 20), 10) == 77).all()


@pytest.mark.parametrize("trim", [Trim(0, 0, 1600, 1000), Trim(301, 107, 1399, 893)])
def test_large_jpegs_are_decoded_small_and_look_the_same(tmp_path: Path, trim: Trim) -> None:
    image = smooth(1600, 1000)
    path = saved(tmp_path, image, ".jpg", quality=98, subsampling=0)
    with Image.open(path) as whole:
        inner = whole.crop((trim.left, trim.top, trim.right, trim.bottom))
    told = np.asarray(inner.resize((100, 100), Image.Resampling.BILINEAR), np.int16)
    difference = np.abs(squashed(path, trim, 100) - told)
    assert difference.max() <= 6
    assert difference.mean() < 1


def test_a_jpeg_is_never_decoded_smaller_than_the_square(tmp_path: Path) -> None:
    stripes = np.indices((400, 400))[1] % 2 * 255  # at half the size all grey
    path = saved(tmp_path, Image.fromarray(stripes.astype(np.uint8)).convert("RGB"), ".jpg", quality=98)
    assert squashed(path, Trim(0, 0, 210, 400), 200).std() > 50
    assert squashed(path, Trim(0, 0, 400, 400), 200).std() < 5


@pytest.mark.parametrize("data", [b"", b"not a picture", None])
def test_a_file_that_cannot_be_decoded_is_told(tmp_path: Path, data: bytes | None) -> None:
    path = saved(tmp_path, smooth(50, 50), ".jpg")
    path.write_bytes(path.read_bytes()[:500] if data is None else data)
    with pytest.raises(PictureError, match=r"picture\.jpg: the picture can no longer be decoded"):
        squashed(path, Trim(0, 0, 50, 50), 10)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="can no longer be decoded"):
        squashed(tmp_path / "gone.jpg", Trim(0, 0, 5, 5), 10)


def test_a_reduced_picture_keeps_its_shape_and_loses_its_border(tmp_path: Path) -> None:
    inner = Image.fromarray(pattern(1, 40, 120))
    framed = Image.new("RGB", (200, 80), "black")
    framed.paste(inner, (30, 10))
    path = saved(tmp_path, framed)
    got = reduced(path, Trim(30, 10, 150, 50), 60)
    np.testing.assert_array_equal(got, inner.resize((60, 20), Image.Resampling.BILINEAR))
    grey = reduced(path, Trim(30, 10, 150, 50), 60, "L")
    np.testing.assert_array_equal(grey, inner.convert("L").resize((60, 20), Image.Resampling.BILINEAR))


@pytest.mark.parametrize(
    ("size", "wanted"), [((30, 20), (20, 30)), ((64, 1), (1, 50)), ((2000, 1000), (25, 50))]
)
def test_a_reduced_picture_is_never_enlarged_and_never_nothing(
    tmp_path: Path, size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    path = saved(tmp_path, Image.new("RGB", size, "grey"), ".jpg")
    assert reduced(path, None, 50, "L").shape == wanted


def test_what_cannot_be_reduced_is_named(tmp_path: Path) -> None:
    path = tmp_path / "torn.jpg"
    path.write_bytes(b"\xff\xd8\xff torn")
    with pytest.raises(PictureError, match=r"torn\.jpg"):
        reduced(path, None, 50)
