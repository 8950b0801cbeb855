"""Classes as points: near where they are alike, large where they have many works."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.beside import Box, Disc, beside
from cartellino.show.charts.letters import folded, width
from cartellino.show.words import number

_SIDES, _TOP, _FOOT, _TALLEST = 140.0, 56.0, 56.0, 520.0
_NAMES = 160.0
_LARGEST, _SMALLEST = 24.0, 3.0
_WIDEST, _STEP = 9.0, 5.0
_FEW = 16  # classes up to which every pair has its hairline
_LINE = style.LINE * style.SIZE
_NUMBER = style.LINE * style.SMALL

Points = NDArray[np.floating]


def apart(
    names: Sequence[str],
    points: Points,
    works: Sequence[int],
    alike: NDArray[np.floating],
    shown: NDArray[np.bool_],
    unsure: NDArray[np.bool_],
    bar: tuple[float, str],
) -> Figure:
    """Draw classes at their places on a plane, and lines between those that are most alike.

    Places are given, and drawn to one scale in both directions: if they come of stress majorisation, as those
    of `cartellino.metrics.placing.placed` do, what is near on paper is near in the features.

    Parameters
    ----------
    names : sequence of str
        Classes, of any length.
    points : ndarray (k, 2) of float
        Their places; the second direction runs upward.
    works : sequence of int
        Works of each: a disc's area.
    alike : ndarray (k, k) of float
        How alike two are, in both directions: the width of a line is their mean.
    shown : ndarray (k, k) of bool
        Which pairs have a line, in one direction at least.
    unsure : ndarray (k, k) of bool
        Pairs whose line is dashed.
    bar : (float, str)
        A length in the unit of the places, and what it is, for the scale at the foot.
    """
    laid, scale, height = _laid(np.asarray(points, np.float64))
    with style.house():
        figure = style.sheet(style.WIDTH, height)
        field = style.panel(figure, 0, 0, style.WIDTH, height)
        field.set_xlim(0, style.WIDTH)
        field.set_ylim(height, 0)
        discs = _discs(laid, np.asarray(works, np.float64))
        drawn = [_line(field, laid, *pair, alike, unsure) for pair in _pairs(shown)]
        if len(names) <= _FEW:
            for one, other in _pairs(~shown & ~shown.T):
                field.plot(*laid[[one, other]].T, color=style.HAIRLINE, linewidth=1, zorder=1)
        for disc in discs:
            field.add_patch(Circle(disc[:2], disc.radius, facecolor=style.PAPER, linewidth=0, zorder=3))
            blue = {"facecolor": style.BLUE, "edgecolor": style.PAPER, "linewidth": 1}
            field.add_patch(Circle(disc[:2], disc.radius, **blue, zorder=4))
        told = [_told(name, each) for name, each in zip(names, works, strict=True)]
        sizes = [_size(each) for each in told]
        lines = np.concatenate([np.zeros((0, 2)), *drawn])
        for box, disc, lines_of in zip(
            beside(discs, sizes, lines, (style.WIDTH, height - _FOOT)), discs, told, strict=True
        ):
            _name(figure, field, box, disc, lines_of)
        if scale:
            _bar(figure, field, height, bar[0] * scale, bar[1])
    return figure


def _laid(points: Points) -> tuple[Points, float, float]:
    """Pixels of the points, pixels of a unit, and the height of the sheet."""
    low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.zeros(2))
    wide, tall = (high - low).tolist()
    room = style.WIDTH - 2 * _SIDES
    scale = min(room / wide if wide else math.inf, _TALLEST / tall if tall else math.inf)
    scale = scale if math.isfinite(scale) else 0.0
    height = _TOP + max(80.0, tall * scale) + _TOP + _FOOT
    middle = np.array([style.WIDTH / 2, (height - _FOOT) / 2])
    return middle + (points - (low + high) / 2) * scale * [1, -1], scale, height


def _discs(laid: Points, works: NDArray[np.floating]) -> list[Disc]:
    """Discs whose areas go with works, as large as may be without one covering another."""
    sides = np.sqrt(works / max(1.0, works.max(initial=0.0)))
    gaps = np.hypot(*(laid[:, None] - laid).T)
    touching = [gaps[pair] / (sides[pair[0]] + sides[pair[1]]) for pair in _pairs(np.ones_like(gaps, bool))]
    largest = min([_LARGEST, *touching])
    radii = np.maximum(_SMALLEST, max(largest, _LARGEST / 3) * sides)
    return [Disc(float(x), float(y), float(radius)) for (x, y), radius in zip(laid, radii, strict=True)]


def _pairs(asked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    either = np.triu(asked | asked.T, 1)
    return [(int(one), int(other)) for one, other in np.argwhere(either)]


def _line(
    field: Axes,
    laid: Points,
    one: int,
    other: int,
    alike: NDArray[np.floating],
    unsure: NDArray[np.bool_],
) -> Points:
    """Draw a line, and give points along it."""
    both = (alike + alike.T) / 2
    thick = max(1.0, _WIDEST * float(both[one, other] / both.max()))
    dashes = (0, (6 / thick, 6 / thick)) if unsure[one, other] else "solid"
    ends = laid[[one, other]]
    field.plot(
        *ends.T,
        color=style.BLUE,
        alpha=0.4,
        linewidth=thick,
        linestyle=dashes,
        solid_capstyle="butt",
        zorder=2,
    )
    steps = np.linspace(0, 1, max(2, int(np.hypot(*(ends[1] - ends[0])) / _STEP)))[:, None]
    return np.asarray(ends[0] + steps * (ends[1] - ends[0]))


def _told(name: str, works: int) -> tuple[list[str], str]:
    return folded(name, _NAMES), number(int(works))


def _size(told: tuple[list[str], str]) -> tuple[float, float]:
    name, count = told
    wide = max([width(count, style.SMALL), *(width(line) for line in name)])
    return wide + 4, len(name) * _LINE + _NUMBER


def _name(figure: Figure, field: Axes, box: Box, disc: Disc, told: tuple[list[str], str]) -> None:
    """Write a name on a slip of paper, and tie it to its disc where it had to go far."""
    name, count = told
    x, ha = (box.left + box.right) / 2, "center"
    if box.left >= disc.x:
        x, ha = box.left + 2, "left"
    elif box.right <= disc.x:
        x, ha = box.right - 2, "right"
    near = (min(max(disc.x, box.left), box.right), min(max(disc.y, box.top), box.bottom))
    if math.dist(near, disc[:2]) > disc.radius + 12:
        ends = np.array([near, disc[:2]])
        field.plot(*ends.T, color=style.MUTED, linewidth=0.8, zorder=2.5)
    style.box(figure, *box[:2], box.right - box.left, box.bottom - box.top, facecolor=style.PAPER, alpha=0.7)
    style.write(figure, x, box.top + len(name) * _LINE / 2, "\n".join(name), ha=ha)
    low = box.bottom - _NUMBER / 2
    style.write(figure, x, low, count, ha=ha, size=style.SMALL, color=style.MUTED)


def _bar(figure: Figure, field: Axes, height: float, long: float, told: str) -> None:
    left, y = 16.0, height - 22
    field.plot([left, left + long], [y, y], color=style.MUTED, linewidth=1.5, solid_capstyle="butt")
    for x in (left, left + long):
        field.plot([x, x], [y - 4, y + 4], color=style.MUTED, linewidth=1)
    style.write(figure, left + long + 10, y, told, size=style.SMALL, color=style.MUTED)
