"""What a better figure costs: values over a cost, and the line that nothing here beats."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded, width

_LEFT, _RIGHT, _TOP, _FOOT, _HEIGHT, _NAMES = 84.0, 40.0, 30.0, 60.0, 320.0, 230.0
_ASIDE = (-13.0, 13.0, *(side * step for step in range(26, 130, 13) for side in (-1.0, 1.0)))  # of a dot
_AIR = 1.6  # times the dearest and the cheapest, so that no dot stands on an edge


def pareto(
    names: Sequence[str],
    values: Sequence[tuple[float, float, float]],
    costs: Sequence[float],
    frontier: Sequence[bool],
    *,
    measure: str,
    cost: str,
) -> Figure:
    """Draw a figure with its interval over a cost, which goes by its logarithm.

    Parameters
    ----------
    names : sequence of str
        Of the models.
    values : sequence of (float, float, float)
        Value and ends of its interval.
    costs : sequence of float
        Above 0.
    frontier : sequence of bool
        Those that nothing here beats at no higher cost; a dashed line joins them.
    measure, cost : str
        Names for the axes.
    """
    order = sorted(range(len(names)), key=lambda place: (costs[place], values[place][0]))
    with style.house():
        figure = style.sheet(style.WIDTH, _TOP + _HEIGHT + _FOOT)
        room = style.WIDTH - _LEFT - _RIGHT
        field = style.panel(figure, _LEFT, _TOP, room, _HEIGHT)
        low, high = _ends(values)
        field.set_ylim(low, high)
        first, last = math.log10(min(costs) / _AIR), math.log10(max(costs) * _AIR)
        field.set_xlim(first, last)
        _axes(figure, field, (low, high), (first, last), (measure, cost))
        best = [place for place in order if frontier[place]]
        field.plot(
            [math.log10(costs[place]) for place in best],
            [values[place][0] for place in best],
            color=style.CONTEXT,
            linewidth=1,
            linestyle=(0, (4, 3)),
            zorder=1,
        )
        for place in order:
            _dot(field, math.log10(costs[place]), values[place], frontier[place])
        _labels(figure, [names[place] for place in order], _spots(order, values, costs, field), room)
    return figure


def _ends(values: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    low, high = min(each[1] for each in values), max(each[2] for each in values)
    air = max(0.02, 0.12 * (high - low))
    return low - air, high + air


def _axes(
    figure: Figure,
    field: Axes,
    upright: tuple[float, float],
    across: tuple[float, float],
    named: tuple[str, str],
) -> None:
    left, top, room, height = style.place(figure, field)
    for tick in _rounds(*upright):
        y = top + height * (1 - (tick - upright[0]) / (upright[1] - upright[0]))
        field.axhline(tick, color=style.HAIRLINE, linewidth=1, zorder=0)
        style.write(figure, left - 8, y, f"{tick:.2f}", ha="right", size=style.SMALL, color=style.MUTED)
    for told in _decades(*across):
        x = left + room * (math.log10(told) - across[0]) / (across[1] - across[0])
        field.axvline(math.log10(told), color=style.HAIRLINE, linewidth=1, zorder=0)
        y = top + height + 14
        style.write(figure, x, y, f"{told:g}", ha="center", size=style.SMALL, color=style.MUTED)
    style.write(
        figure, left + room / 2, top + height + 38, named[1], ha="center", size=style.SMALL, color=style.MUTED
    )
    style.write(
        figure, 18, top + height / 2, named[0], upward=True, ha="center", size=style.SMALL, color=style.MUTED
    )


def _rounds(low: float, high: float) -> list[float]:
    """Four to nine ticks at round numbers."""
    step = next(each for each in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if (high - low) / each <= 8)
    start = math.ceil(low / step)
    return [step * place for place in range(start, math.floor(high / step) + 1)]


def _decades(first: float, last: float) -> list[float]:
    """Ticks at 1, 2 and 5 times the powers of ten, or at those alone where there are many."""
    digits = (1, 2, 5) if last - first < 2.2 else (1,)
    told = [
        digit * 10.0**power for power in range(math.floor(first), math.ceil(last) + 1) for digit in digits
    ]
    return [each for each in told if first <= math.log10(each) <= last]


def _dot(field: Axes, x: float, value: tuple[float, float, float], best: bool) -> None:
    colour = style.BLUE if best else style.CONTEXT
    field.plot([x, x], value[1:], color=colour, linewidth=2, alpha=0.55, solid_capstyle="butt")
    field.plot([x], [value[0]], "o", color=colour, markersize=9)


def _spots(
    order: Sequence[int], values: Sequence[tuple[float, float, float]], costs: Sequence[float], field: Axes
) -> list[tuple[float, float]]:
    """Where the dots are, as shares of the field from its left and its top."""
    (first, last), (low, high) = field.get_xlim(), field.get_ylim()
    return [
        (
            (math.log10(costs[place]) - first) / (last - first),
            1 - (values[place][0] - low) / (high - low),
        )
        for place in order
    ]


def _labels(figure: Figure, names: Sequence[str], spots: Sequence[tuple[float, float]], room: float) -> None:
    """Names beside their dots, off the dashed line, wherever they meet no other name and no dot."""
    taken = [(_LEFT + across * room - 7, _TOP + down * _HEIGHT - 7, 14.0, 14.0) for across, down in spots]
    for name, (across, down) in zip(names, spots, strict=True):
        lines = folded(name, _NAMES)
        wide, high = max(width(line) for line in lines), len(lines) * style.SIZE * style.LINE
        x, y = _LEFT + across * room, _TOP + down * _HEIGHT
        places = [
            (x + 10 if right else x - 10 - wide, y + aside - high / 2, wide, high)
            for aside in _ASIDE
            for right in (True, False)
        ]
        sheet = [box for box in places if box[0] >= 4 and box[0] + wide <= style.WIDTH - 4 and box[1] >= 4]
        free = [box for box in sheet if not any(_overlap(box, other) for other in taken)]
        box = (free or sheet or places)[0]
        taken.append(box)
        style.write(figure, box[0], box[1] + high / 2, "\n".join(lines))


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
