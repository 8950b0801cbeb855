"""Maps over pictures: they lie where they belong, and every word fits on the sheet."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from cartellino.show import figures
from cartellino.show.charts import style
from cartellino.show.charts.heat import Looked, coloured, overlaid

LONG = "catalogued as " + "Donaudampfschifffahrtsgesellschaft and other companies " * 5
GREY = np.full((60, 90, 3), 128, np.uint8)
CORNER = np.array([[0, 0], [0, 1]], np.float32)


def shown(heat: np.ndarray, shape: tuple[int, int] = (60, 90), told: str = "one,\ntwo (0.63)") -> Looked:
    return Looked(np.full((*shape, 3), 128, np.uint8), heat, told)


def test_a_map_lies_over_its_own_part_of_a_picture() -> None:
    laid = overlaid(GREY, CORNER).astype(int).sum(axis=2)
    assert laid.shape == (60, 90)
    assert np.unravel_index(laid.argmax(), laid.shape)[0] >= 40
    assert laid[-1, -1] > 2 * laid[0, 0]
    assert laid[-1, 0] == pytest.approx(laid[0, 0], abs=9)
    assert laid[0, -1] == pytest.approx(laid[0, 0], abs=9)


def test_no_colour_of_a_picture_is_taken_for_the_map() -> None:
    red = np.zeros((8, 8, 3), np.uint8)
    red[..., 0] = 255
    (laid,) = np.unique(overlaid(red, np.zeros((2, 2), np.float32)).reshape(-1, 3), axis=0)
    assert len(set(laid.tolist())) <= 2
    assert int(laid.max()) - int(laid.min()) <= 2


def test_colours_grow_lighter_in_even_steps() -> None:
    """Lightness of CIELAB, from a grey of the same luminance."""
    linear = (coloured(np.linspace(0, 1, 21, dtype=np.float32)[None])[0] / 255.0) ** 2.2
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    lightness = np.where(luminance > 0.008856, 116 * np.cbrt(luminance) - 16, 903.3 * luminance)
    steps = np.diff(lightness)
    assert steps.min() > 0
    assert steps[1:].max() < 2 * steps[1:].min()


@pytest.mark.parametrize("shape", [(60, 90), (300, 15), (12, 240), (1, 1)])
def test_pictures_keep_their_shape_and_words_the_sheet(shape: tuple[int, int]) -> None:
    looked = [shown(CORNER, shape, LONG)] * 4
    drawn = [
        figures.heat_maps([(LONG, looked), ("short", looked[:1])], "least", "most"),
        figures.feature_maps(looked, [3, 1], np.stack([CORNER] * 2), 2048, "least", "most"),
    ]
    for figure in drawn:
        with style.house():
            figure.canvas.draw()
            for text in figure.texts:
                box = text.get_window_extent()
                assert box.x0 >= 0
                assert box.x1 <= figure.bbox.x1
                assert box.y0 >= 0
                assert box.y1 <= figure.bbox.y1
        *pictures, _ = figure.axes
        for field in pictures:
            _, _, width, height = style.place(figure, field)
            assert min(width, height) >= 1.9
            if 1 / 20 < shape[0] / shape[1] < 20:
                assert height / width == pytest.approx(shape[0] / shape[1], rel=0.02)
        told = "".join(text.get_text() for text in figure.texts).replace(" ", "")
        assert told.count(LONG.replace(" ", "")) >= 4


def test_single_channels_are_numbered_as_the_network_numbers_them() -> None:
    figure = figures.feature_maps([shown(CORNER)], [1203, 7], np.stack([CORNER] * 2), 2048, "a", "b")
    said = [text.get_text() for text in figure.texts]
    assert said.index("1,203") < said.index("7")
    assert "all 2,048 channels, summed" in said


def test_colours_lie_upon_their_frames() -> None:
    """The key, from black to a pale yellow, and a tile of four places."""
    figure = figures.feature_maps([shown(CORNER)], [7], CORNER[None], 2048, "least", "most")
    with Image.open(io.BytesIO(figures.png(figure))) as image:
        drawn = np.asarray(image.convert("RGB")).astype(int)
    for field in figure.axes[-2:]:
        left, top, width, height = (2 * length for length in style.place(figure, field))
        right, low = round(left + width), round(top + height)
        assert drawn[round(top) + 3, round(left) + 3].max() < 20
        assert drawn[low - 4, right - 4].min() > 120
