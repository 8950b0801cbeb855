"""Classes on a plane: true to scale, named without a name on another, and doubt dashed."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from numpy.typing import NDArray

from cartellino.show import figures
from cartellino.show.charts.beside import Box, Disc, beside

LONG = "European Sculpture and Decorative Arts, including the Robert Lehman Collection"
PLACES = np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 0.0], [-2.0, 1.0]])


def drawn(unsure: NDArray[np.bool_] | None = None) -> Figure:
    alike = np.array([[0, 3, 1, 2], [3, 0, 1, 1], [1, 1, 0, 1], [2, 1, 1, 0]]) / 6
    shown = alike > 0.3
    doubt = np.zeros((4, 4), bool) if unsure is None else unsure
    return figures.apart(["a", "b", "c", "d"], PLACES, [100, 25, 4, 100], alike, shown, doubt, (1, "one"))


def circles(figure: Figure) -> list[Circle]:
    (field,) = figure.axes
    return [each for each in field.patches if isinstance(each, Circle)][1::2]


def test_distances_on_paper_are_in_proportion_and_up_is_up() -> None:
    centres = [np.array(each.center) for each in circles(drawn())]
    scale = math.dist(centres[0], centres[1]) / 5
    for one, other in combinations(range(4), 2):
        expected = scale * math.dist(PLACES[one], PLACES[other])
        assert math.dist(centres[one], centres[other]) == pytest.approx(expected)
    assert centres[1][1] < centres[0][1]
    bar = [line for line in drawn().axes[0].lines if line.get_linewidth() == 1.5]
    assert np.ptp(bar[0].get_xdata()) == pytest.approx(scale)


def test_areas_go_with_works() -> None:
    radii = [each.radius for each in circles(drawn())]
    assert radii == pytest.approx([radii[0], radii[0] / 2, radii[0] / 5, radii[0]])


def test_lines_are_as_wide_as_classes_are_alike_and_doubt_is_dashed() -> None:
    def lines(figure: Figure) -> list[tuple[str, float]]:
        thick = [line for line in figure.axes[0].lines if line.get_alpha() == 0.4]
        return [(line.get_linestyle(), line.get_linewidth()) for line in thick]

    ((first, wide), (other, narrow)) = lines(drawn())
    assert (first, other, wide / narrow) == ("-", "-", pytest.approx(1.5))
    doubt = np.zeros((4, 4), bool)
    doubt[0, 3] = doubt[3, 0] = True
    assert [dashes for dashes, _ in lines(drawn(doubt))] == ["-", "--"]


@pytest.mark.parametrize("n", [1, 2, 11, 34])
def test_names_cover_neither_each_other_nor_a_disc(n: int) -> None:
    random = np.random.default_rng(n)
    discs = [Disc(*random.uniform(150, 650, 2), 9) for _ in range(n)]
    sizes = [(float(random.integers(40, 150)), 34.0) for _ in range(n)]
    boxes = beside(discs, sizes, np.zeros((0, 2)), (880, 800))
    for one, other in combinations(boxes, 2):
        assert not _meet(one, other)
    for box, disc in ((box, disc) for box in boxes for disc in discs):
        assert math.dist(_nearest(box, disc), disc[:2]) >= disc.radius - 1e-9
    assert all(box.left >= 0 and box.right <= 880 and box.top >= 0 and box.bottom <= 800 for box in boxes)


def test_a_name_rather_covers_no_line() -> None:
    line = np.column_stack([np.arange(100, 300, 2), np.full(100, 100)])
    (box,) = beside([Disc(100, 100, 8)], [(60, 30)], line, (400, 300))
    assert box.right < 100 or box.bottom < 100 or box.top > 100


@given(st.integers(0, 6), st.booleans())
@settings(max_examples=12, deadline=None)
def test_any_number_of_classes_is_drawn(n: int, together: bool) -> None:
    points = np.zeros((n, 2)) if together else np.random.default_rng(n).normal(size=(n, 2))
    alike = np.where(np.eye(n, dtype=bool), 0, 1 / max(1, n - 1))
    none = np.zeros((n, n), bool)
    figure = figures.apart([LONG] * n, points, [3] * n, alike, ~none, none, (1.0, "one"))
    assert len(circles(figure)) == n
    assert figures.svg(figure)


def _meet(one: Box, other: Box) -> bool:
    return max(one.left, other.left) < min(one.right, other.right) and max(one.top, other.top) < min(
        one.bottom, other.bottom
    )


def _nearest(box: Box, disc: Disc) -> tuple[float, float]:
    return min(max(disc.x, box.left), box.right), min(max(disc.y, box.top), box.bottom)
