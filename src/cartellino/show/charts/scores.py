"""How well each class is told, with the interval that so few works leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import Rows, rows, width
from cartellino.show.words import number

_ROW, _TOP, _FOOT, _MARGIN = 26.0, 40.0, 52.0, 16.0
_NAMES = 260.0
_FEW = 10  # works; below that the dot is hollow


def class_scores(
    classes: Sequence[str],
    values: Sequence[float | None],
    low: Sequence[float | None],
    high: Sequence[float | None],
    support: Sequence[int],
    *,
    measure: str = "F1",
    mean: float | None = None,
) -> Figure:
    """Draw a measure by class as a dot on its 95 % interval, the best first.

    Parameters
    ----------
    classes : sequence of str
        Names, of any length.
    values, low, high : sequence of float or None
        The measure from 0 to 1 and its interval; None where no work of the class was tested.
    support : sequence of int
        Works of each class that were tested; dots on fewer than ten are hollow.
    measure : str
        Its name, for the axis.
    mean : float, optional
        Mean over classes, drawn as a line.
    """
    order = sorted(range(len(classes)), key=lambda place: (values[place] is None, -(values[place] or 0.0)))
    with style.house():
        names = rows([classes[place] for place in order], _NAMES, _ROW)
        figure = style.sheet(style.WIDTH, _TOP + names.height + _FOOT)
        left, right = _MARGIN + names.room + 16, _MARGIN + 96
        field = style.panel(figure, left, _TOP, style.WIDTH - left - right, names.height)
        field.set_ylim(names.height, 0)
        told = f"{measure}, with its 95 % interval (hollow: fewer than ten works)"
        style.axis(figure, field, style.fifths(), told)
        _heads(figure, measure, right)
        for row, place in enumerate(order):
            _row(figure, field, names, row, left)
            _figures(figure, _TOP + names.middles[row], right, values[place], support[place])
            if (value := values[place]) is not None:
                _dot(field, names.middles[row], value, low[place], high[place], support[place])
        if mean is not None:
            _mean(figure, field, names.height, mean, left, style.WIDTH - left - right)
    return figure


def _row(figure: Figure, field: Axes, names: Rows, row: int, left: float) -> None:
    style.write(figure, left - 16, _TOP + names.middles[row], names.names[row], ha="right")
    field.axhline(names.middles[row], color=style.HAIRLINE, linewidth=1, zorder=0)


def _figures(figure: Figure, y: float, right: float, value: float | None, support: int) -> None:
    told = "–" if value is None else f"{value:.2f}"
    style.write(figure, style.WIDTH - right + 48, y, told, ha="right")
    style.write(figure, style.WIDTH - _MARGIN, y, number(support), ha="right", color=style.MUTED)


def _heads(figure: Figure, measure: str, right: float) -> None:
    y = _TOP - 14
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED, "ha": "right"}
    style.write(figure, style.WIDTH - right + 48, y, measure, **quiet)
    style.write(figure, style.WIDTH - _MARGIN, y, "works", **quiet)


def _dot(field: Axes, y: float, value: float, low: float | None, high: float | None, support: int) -> None:
    if low is not None and high is not None and not np.isnan([low, high]).any():
        field.plot([low, high], [y, y], color=style.BLUE, linewidth=2, solid_capstyle="butt", alpha=0.55)
    face = style.PAPER if support < _FEW else style.BLUE
    field.plot(
        [value],
        [y],
        "o",
        markersize=8,
        color=face,
        markeredgecolor=style.BLUE,
        markeredgewidth=2,
        clip_on=False,
    )


def _mean(figure: Figure, field: Axes, height: float, mean: float, left: float, room: float) -> None:
    field.plot([mean, mean], [0, height], color=style.INK, linewidth=1, linestyle=(0, (4, 3)))
    told = f"mean over classes {mean:.2f}"
    half = width(told, style.SMALL) / 2
    x = min(max(left + mean * room, left + half), left + room - half)
    style.write(figure, x, _TOP - 14, told, ha="center", size=style.SMALL)
