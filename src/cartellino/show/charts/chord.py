"""Who is most like whom: classes around a circle, and ribbons as wide as they are alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded, width
from cartellino.show.charts.order import by_similarity

_RADIUS, _RIM, _NAMES, _MARGIN = 230.0, 9.0, 150.0, 20.0
_GAP, _LEAST = 0.045, 0.02  # in radians: between two classes, and of a class that nobody's ribbon leaves
_LINE = style.LINE * style.SIZE
_AIR = 4.0

Matrix = NDArray[np.floating]


class Arc(NamedTuple):
    """Where a class lies on the rim, in radians from the top, clockwise."""

    begin: float
    end: float


def chord(names: Sequence[str], alike: Matrix, shown: NDArray[np.bool_], unsure: NDArray[np.bool_]) -> Figure:
    """Draw ribbons between classes that are alike, those that are most alike side by side.

    A ribbon is as wide at a class as the other is like it, and comes to a point where it is not among those
    shown: who is most like a rare class need not have it for the most like itself. Grey ribbons hold in one
    direction only.

    Parameters
    ----------
    names : sequence of str
        Classes, of any length.
    alike : ndarray (k, k) of float
        How alike each (row) finds each other; 0 on the diagonal.
    shown : ndarray (k, k) of bool
        Which of these are drawn.
    unsure : ndarray (k, k) of bool
        Pairs whose ribbon is dashed and all but empty.
    """
    order = by_similarity(alike)
    laid = np.ix_(order, order)
    drawn = np.where(shown, alike, 0.0)[laid]
    arcs = _arcs(drawn)
    with style.house():
        told = [folded(names[place], _NAMES) for place in order]
        spots = _spots(told, arcs)
        across, down = _reach(spots, told)
        figure = style.sheet(2 * across, 2 * down)
        field = style.panel(figure, 0, 0, 2 * across, 2 * down)
        field.set_xlim(-across, across)
        field.set_ylim(down, -down)
        _ribbons(field, drawn, unsure[laid], arcs)
        for arc in arcs:
            _rim(field, arc)
        for arc, spot, name in zip(arcs, spots, told, strict=True):
            _name(figure, field, arc, spot, name, (across, down))
    return figure


def _arcs(drawn: Matrix) -> list[Arc]:
    """As long as the ribbons that leave it are wide, around the whole circle."""
    k = len(drawn)
    gap = min(_GAP, math.pi / max(1, k))
    least = min(_LEAST, math.pi / 2 / max(1, k))
    total = float(drawn.sum())
    free = 2 * math.pi - k * (gap + least)
    spans = [least + (free * float(row.sum()) / total if total else free / k) for row in drawn]
    ends = np.cumsum([span + gap for span in spans]) - gap
    return [Arc(float(end - span), float(end)) for span, end in zip(spans, ends, strict=True)]


def _pairs(drawn: Matrix) -> list[tuple[int, int]]:
    either = np.triu((drawn > 0) | (drawn > 0).T, 1)
    return [(int(one), int(other)) for one, other in np.argwhere(either)]


def _slots(drawn: Matrix, arcs: Sequence[Arc]) -> dict[tuple[int, int], Arc]:
    """Where each ribbon meets each class: laid so that those of one class do not cross at its rim."""
    k, found = len(drawn), {}
    for one, arc in enumerate(arcs):
        partners = [other for step in range(k - 1, 0, -1) if _meet(drawn, one, other := (one + step) % k)]
        total = float(drawn[one].sum())
        scale = (arc.end - arc.begin - _least(total, arc)) / total if total else 0.0
        spare = _least(total, arc) / max(1, len(partners))
        at = arc.begin
        for other in partners:
            wide = float(drawn[one, other]) * scale
            found[one, other] = Arc(at + spare / 2, at + spare / 2 + wide)
            at += wide + spare
    return found


def _least(total: float, arc: Arc) -> float:
    return min(_LEAST, arc.end - arc.begin) if total else arc.end - arc.begin


def _meet(drawn: Matrix, one: int, other: int) -> bool:
    return bool(drawn[one, other] > 0 or drawn[other, one] > 0)


def _at(angle: float, radius: float = _RADIUS) -> tuple[float, float]:
    return radius * math.sin(angle), -radius * math.cos(angle)


def _along(arc: Arc, radius: float = _RADIUS) -> list[tuple[float, float]]:
    steps = max(2, int((arc.end - arc.begin) * radius / 4))
    return [_at(float(angle), radius) for angle in np.linspace(arc.begin, arc.end, steps)]


def _ribbons(field: Axes, drawn: Matrix, unsure: NDArray[np.bool_], arcs: Sequence[Arc]) -> None:
    """All ribbons, wide ones below."""
    slots = _slots(drawn, arcs)
    for one, other in sorted(_pairs(drawn), key=lambda pair: -float(drawn[pair] + drawn[pair[::-1]])):
        both = drawn[one, other] > 0 and drawn[other, one] > 0
        colour = style.BLUE if both else style.CONTEXT
        _ribbon(field, slots[one, other], slots[other, one], colour, bool(unsure[one, other]))


def _ribbon(field: Axes, one: Arc, other: Arc, colour: str, dashed: bool) -> None:
    """From one arc to another, by way of near the middle, and back."""
    there, back = _bend(one.end, other.begin), _bend(other.end, one.begin)
    first, second = _along(one), _along(other)
    corners = [*first, there, *second, back, first[0]]
    codes = [Path.MOVETO, *[Path.LINETO] * (len(first) - 1), Path.CURVE3, Path.CURVE3]
    codes += [*[Path.LINETO] * (len(second) - 1), Path.CURVE3, Path.CURVE3]
    ribbon = Path(corners, codes)
    dashes: dict[str, Any] = {"linestyle": (0, (4, 3)), "linewidth": 1} if dashed else {"linewidth": 0.8}
    field.add_patch(PathPatch(ribbon, facecolor=colour, alpha=0.1 if dashed else 0.38, linewidth=0))
    field.add_patch(PathPatch(ribbon, facecolor="none", edgecolor=colour, alpha=0.6, **dashes))


def _bend(one: float, other: float) -> tuple[float, float]:
    """Where the curve between two angles turns: as Poincaré's lines, which cross only if their ends do."""
    half = abs((other - one + math.pi) % (2 * math.pi) - math.pi) / 2
    middle = (one + other) / 2 + (math.pi if abs(other - one) > math.pi else 0)
    return _at(middle, _RADIUS * (2 * math.tan(math.pi / 4 - half / 2) - math.cos(half)))


def _rim(field: Axes, arc: Arc) -> None:
    corners = [*_along(arc, _RADIUS + 2), *reversed(_along(arc, _RADIUS + 2 + _RIM))]
    field.add_patch(Polygon(corners, closed=True, facecolor=style.INK, linewidth=0))


def _spots(told: Sequence[Sequence[str]], arcs: Sequence[Arc]) -> list[tuple[float, float]]:
    """Where names begin, left and right of the circle, moved apart where they would cover each other."""
    beside = [_at((arc.begin + arc.end) / 2, _RADIUS + _RIM + _MARGIN) for arc in arcs]
    spots = list(beside)
    for side in (True, False):
        column = [place for place, (x, _) in enumerate(beside) if (x >= 0) is side]
        column.sort(key=lambda place: beside[place][1])
        heights = [len(told[place]) * _LINE + _AIR for place in column]
        wanted = [beside[place][1] for place in column]
        for place, y in zip(column, _parted(wanted, heights), strict=True):
            spots[place] = (_aside(y, len(told[place]) * _LINE, beside[place][0]), y)
    return spots


def _aside(y: float, high: float, wanted: float) -> float:
    """Where a name begins so that none of its lines covers the circle."""
    nearest = max(0.0, abs(y) - high / 2)
    reach = _RADIUS + _RIM + _AIR
    clear = math.sqrt(max(0.0, reach**2 - nearest**2)) + _AIR
    return math.copysign(max(abs(wanted), clear), wanted)


def _reach(spots: Sequence[tuple[float, float]], told: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Half the width and height of the sheet: the circle, and all names."""
    rim = _RADIUS + _RIM + _MARGIN
    across = [abs(x) + max(map(width, name)) for (x, _), name in zip(spots, told, strict=True)]
    down = [abs(y) + len(name) * _LINE / 2 for (_, y), name in zip(spots, told, strict=True)]
    return max([rim, *across]) + _MARGIN, max([rim, *down]) + _MARGIN / 2


def _parted(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles as near to those wanted as may be, each clear of the one above; groups share their error."""
    groups: list[tuple[list[int], float]] = []
    for place in range(len(wanted)):
        members, middle = [place], wanted[place]
        while (
            groups
            and groups[-1][1] + _tall(groups[-1][0], heights) / 2 > middle - _tall(members, heights) / 2
        ):
            members = groups.pop()[0] + members
            middle = _best(members, wanted, heights)
        groups.append((members, middle))
    found: list[float] = []
    for members, middle in groups:
        top = middle - _tall(members, heights) / 2
        for place in members:
            found.append(top + heights[place] / 2)
            top += heights[place]
    return found


def _tall(members: Sequence[int], heights: Sequence[float]) -> float:
    return sum(heights[place] for place in members)


def _best(members: Sequence[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    """The middle of a group whose members are, on average, where they are wanted."""
    top, shifts = 0.0, []
    for place in members:
        shifts.append(wanted[place] - (top + heights[place] / 2))
        top += heights[place]
    return sum(shifts) / len(shifts) + top / 2


def _name(
    figure: Figure,
    field: Axes,
    arc: Arc,
    spot: tuple[float, float],
    name: Sequence[str],
    middle: tuple[float, float],
) -> None:
    rim = _at((arc.begin + arc.end) / 2, _RADIUS + _RIM + 4)
    field.plot(*np.array([rim, spot]).T, color=style.CONTEXT, linewidth=0.8)
    right = spot[0] >= 0
    x = middle[0] + spot[0] + (4 if right else -4)
    style.write(figure, x, middle[1] + spot[1], "\n".join(name), ha="left" if right else "right")
