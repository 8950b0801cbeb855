"""Pictures on a sheet: whole, in their own shapes, within its edges."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from cartellino.show import figures
from cartellino.show.charts import style
from cartellino.show.charts.captioned import Captioned
from cartellino.show.charts.hanging import Hung, Pixels, fitted
from cartellino.show.charts.pairs import Confused
from cartellino.show.charts.spoken import Word

side = st.integers(1, 400)


def picture(height: int, width: int) -> Pixels:
    return np.full((height, width, 3), 90, np.uint8)


def places(figure: Figure) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of each picture."""
    return [style.place(figure, field) for field in figure.axes]


def on_the_sheet(figure: Figure) -> bool:
    across, down = style.sides(figure)
    return all(
        left >= 0 and top >= 0 and left + width <= across + 0.01 and top + height <= down + 0.01
        for left, top, width, height in places(figure)
    )


@given(st.lists(st.tuples(side, side), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_a_row_hangs_whole_pictures_side_by_side(shapes: list[tuple[int, int]]) -> None:
    hung = Hung("Dutch", "3 works", [picture(*shape) for shape in shapes])
    figure = figures.hangings([hung, hung])
    assert on_the_sheet(figure)
    row = places(figure)[: len(shapes)]
    for (left, _, width, _), (right, *_) in pairwise(row):
        assert right >= left + width
    for (_, _, width, height), (down, across) in zip(row, shapes, strict=True):
        assert width / height == pytest.approx(across / down) or min(width, height) == pytest.approx(1)


@given(side, side, st.floats(2, 300), st.floats(2, 300))
def test_a_picture_that_is_fitted_touches_two_sides(down: int, across: int, wide: float, high: float) -> None:
    width, height = fitted(picture(down, across), wide, high)
    assert width <= wide * (1 + 1e-9)
    assert height <= high * (1 + 1e-9)
    assert width == pytest.approx(wide) or height == pytest.approx(high)


def test_pairs_stand_two_in_a_row_with_their_feet_on_one_line() -> None:
    one, other = Captioned(picture(40, 20), ("a", "b")), Captioned(picture(10, 90), ("c",))
    figure = figures.look_alikes([Confused("a and c", "", [(one, other), (other, one)])])
    assert on_the_sheet(figure)
    feet = {round(top + height, 3) for _, top, _, height in places(figure)}
    assert len(feet) == 1
    lefts = [left for left, *_ in places(figure)]
    assert lefts[1] - lefts[0] < lefts[2] - lefts[1]  # a pair stands closer than two pairs


def test_the_colour_beside_a_word_is_that_of_the_pictures_by_day_and_by_night() -> None:
    figure = figures.spoken([], [Word("word 3", "once", style.BLUE, [picture(5, 5)])])
    bar = figure.axes[0].images[0].get_array()
    assert bar is not None
    assert tuple(int(each) for each in bar[0, 0]) == (0x00, 0x72, 0xB2)
    assert "var(--data)" not in figures.inline(figure, "words", "")
