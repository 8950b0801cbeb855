"""What is measured of a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cartellino.errors import PictureError
from cartellino.records import Picture, Trim
from cartellino.suspects.flatness import flat
from cartellino.suspects.measures import measure, measured
from cartellino.suspects.writing import page

from . import painted


def kept(path: Path, image: Image.Image, trim: Trim) -> Picture:
    image.save(path)
    return Picture("ab" * 32, path.name, image.width, image.height, trim, 0, "PNG")


def test_only_what_lies_inside_the_border_is_measured(tmp_path: Path) -> None:
    image = Image.new("RGB", (200, 200))
    image.paste((200, 180, 40), (50, 50, 150, 150))
    path = tmp_path / "bordered.png"
    inside = measured(path, kept(path, image, Trim(50, 50, 150, 150)))
    assert inside["flat"] == inside["ground"] == 1.0
    assert inside["light"] > 0.5
    whole = measured(path, kept(path, image, Trim(0, 0, 200, 200)))
    assert whole["light"] == 0.0


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.png"
    picture = kept(path, Image.new("RGB", (20, 20)), Trim(0, 0, 20, 20))
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(PictureError, match="cannot be read any more"):
        measured(path, picture)


def test_brightness_and_colour_are_cleanvisions() -> None:
    told = measure(Image.new("RGB", (100, 80), (255, 0, 0)))
    assert told["dark"] == told["light"] == pytest.approx(0.241**0.5, abs=1e-4)
    assert told["chroma"] == 255
    assert told["entropy"] == pytest.approx(np.log2(3))  # all channels in one histogram, as Pillow counts


def test_every_measure_is_a_finite_number() -> None:
    for image in (painted.page(), painted.chart(), painted.blank(), Image.new("RGB", (5, 900))):
        assert all(np.isfinite(value) for value in measure(image).values())


def test_lines_of_writing_are_told_from_lines_that_do_not_run_through() -> None:
    rows = np.full((320, 300), 235.0, np.float32)
    for top in range(20, 300, 16):
        rows[top : top + 6, 20:280:3] = 30
    written = page(rows, np.zeros_like(rows))
    assert written["lines"] > 0.8
    assert written["through"] > 0.9
    assert written["gaps"] > 0.4
    scattered = rows.copy()
    random = np.random.default_rng(0)
    for column in range(300):
        scattered[:, column] = np.roll(rows[:, column], random.integers(0, 16))
    spoilt = page(scattered, np.zeros_like(rows))
    assert spoilt["gaps"] < 0.2
    assert spoilt["through"] < 0.8


def test_patches_are_counted_and_the_ground_is_none_of_them() -> None:
    card = np.full((240, 240, 3), 40, np.float32)
    for row in range(3):
        for column in range(3):
            card[row * 80 + 10 : row * 80 + 70, column * 80 + 10 : column * 80 + 70] = (
                row * 90,
                column * 90,
                120,
            )
    told = flat(card, card.mean(axis=2))
    assert told["patches"] == 9
    assert told["patched"] > 0.3
