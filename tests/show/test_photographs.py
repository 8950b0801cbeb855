"""Photographs within drawings: lighter, as sharp, and nothing else touched."""

from __future__ import annotations

import base64
import io
import re

import numpy as np
from PIL import Image

from cartellino.show import figures
from cartellino.show.charts import style
from cartellino.show.charts.hanging import Pixels, hang
from cartellino.show.photographs import lighter

PHOTOGRAPH = np.random.default_rng(1).integers(0, 255, (90, 120, 3), np.uint8)


def drawn(pixels: Pixels) -> str:
    figure = style.sheet(200, 150)
    hang(figure, pixels, 10, 10, 120, 90)
    return figures.svg(figure)


def within(svg: str) -> list[tuple[str, Image.Image]]:
    found = re.findall(r"data:image/(\w+);base64,([A-Za-z0-9+/=\s]+)", svg)
    return [(kind, Image.open(io.BytesIO(base64.b64decode(data)))) for kind, data in found]


def test_a_photograph_is_jpeg_with_twice_the_pixels_that_it_takes() -> None:
    ((kind, image),) = within(drawn(PHOTOGRAPH))
    assert (kind, image.format, image.size) == ("jpeg", "JPEG", (240, 180))
    assert drawn(PHOTOGRAPH) == drawn(PHOTOGRAPH)


def test_flat_colours_stay_as_they_are() -> None:
    flat = np.full((90, 120, 3), (0, 114, 178), np.uint8)
    ((kind, image),) = within(drawn(flat))
    assert kind == "png"
    assert image.convert("RGB").getpixel((9, 9)) == (0, 114, 178)


def test_holes_stay_open() -> None:
    written = io.BytesIO()
    Image.fromarray(np.dstack([PHOTOGRAPH, PHOTOGRAPH[..., 0]])).save(written, "PNG")
    told = f'<image href="data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"/>'
    assert lighter(told) == told
