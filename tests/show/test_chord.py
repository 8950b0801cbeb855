"""Ribbons around a circle: as wide as classes are alike, each way by itself, and all on the circle."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from numpy.typing import NDArray

from cartellino.show import figures
from cartellino.show.charts import chord as chords
from cartellino.show.charts import style
from cartellino.show.charts.chord import Arc

DRAWN = np.array([[0.0, 0.6, 0.0], [0.3, 0.0, 0.0], [0.5, 0.0, 0.0]])


def wide(arc: Arc) -> float:
    return arc.end - arc.begin


@st.composite
def shares(draw: st.DrawFn) -> NDArray[np.float64]:
    k = draw(st.integers(2, 30))
    random = np.random.default_rng(draw(st.integers(0, 99)))
    alike = random.random((k, k)) * (random.random((k, k)) < draw(st.floats(0.05, 1)))
    np.fill_diagonal(alike, 0)
    return alike


def test_a_ribbon_is_as_wide_as_the_other_is_like_it_and_a_point_where_it_is_not() -> None:
    slots = chords._slots(DRAWN, chords._arcs(DRAWN))
    assert wide(slots[0, 1]) == pytest.approx(2 * wide(slots[1, 0]))
    assert wide(slots[2, 0]) == pytest.approx(0.5 / 0.3 * wide(slots[1, 0]))
    assert wide(slots[0, 2]) == 0
    assert (1, 2) not in slots


@given(shares())
@settings(max_examples=40, deadline=None)
def test_ribbons_share_their_class_s_arc_and_arcs_the_circle(drawn: NDArray[np.float64]) -> None:
    arcs = chords._arcs(drawn)
    assert all(one.end < other.begin for one, other in pairwise(arcs))
    assert arcs[-1].end - arcs[0].begin < 2 * math.pi
    slots = chords._slots(drawn, arcs)
    for one, arc in enumerate(arcs):
        own = sorted(slot for (place, _), slot in slots.items() if place == one)
        assert all(first.end <= second.begin + 1e-9 for first, second in pairwise(own))
        assert all(arc.begin - 1e-9 <= slot.begin <= slot.end <= arc.end + 1e-9 for slot in own)


def test_ribbons_of_one_class_do_not_cross_at_its_rim() -> None:
    """The next class clockwise is met at the clockwise end, the one before it at the other."""
    everyone = 1.0 - np.eye(5)
    slots = chords._slots(everyone, chords._arcs(everyone))
    order = sorted((slots[0, other].begin, other) for other in range(1, 5))
    assert [other for _, other in order] == [4, 3, 2, 1]


def test_what_may_be_chance_is_dashed_and_one_way_is_grey() -> None:
    unsure = np.zeros((3, 3), bool)
    unsure[:2, :2] = True
    figure = figures.chord(["a", "b", "c"], DRAWN, DRAWN > 0, unsure)
    edges = [each for each in figure.axes[0].patches if each.get_alpha() == 0.6]
    told = {to_hex(each.get_edgecolor()).upper(): each.get_linestyle() for each in edges}
    assert set(told) == {style.BLUE, style.CONTEXT}
    assert told[style.CONTEXT] in ("solid", "-")
    assert told[style.BLUE] not in ("solid", "-")


@given(st.lists(st.tuples(st.floats(-300, 300), st.floats(10, 90)), max_size=12))
def test_names_of_a_side_keep_their_order_and_clear_of_each_other(told: list[tuple[float, float]]) -> None:
    told.sort()
    wanted, heights = [each for each, _ in told], [each for _, each in told]
    found = chords._parted(wanted, heights)
    for place in range(1, len(found)):
        assert found[place] - found[place - 1] >= (heights[place] + heights[place - 1]) / 2 - 1e-6


@pytest.mark.parametrize("n", [2, 3, 12])
def test_no_name_covers_the_circle(n: int) -> None:
    names = [
        f"European Sculpture and Decorative Arts, including the rest of it {place}" for place in range(n)
    ]
    alike = (1.0 - np.eye(n)) / (n - 1)
    figure = figures.chord(names, alike, alike > 0, alike < 0)
    assert len(figure.texts) >= n
    figure.canvas.draw()
    (field,) = figure.axes
    middle = field.transData.transform((0, 0))
    for text in figure.texts:
        box = text.get_window_extent()
        x = min(max(middle[0], box.x0), box.x1) - middle[0]
        y = min(max(middle[1], box.y0), box.y1) - middle[1]
        assert math.hypot(x, y) > chords._RADIUS + chords._RIM
