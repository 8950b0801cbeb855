"""The shapes of the pictures of each class, from tall to wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import rows
from cartellino.show.words import number

_ROW, _MARGIN, _TOP, _FOOT, _NAMES = 24.0, 16.0, 36.0, 52.0, 260.0
_TICKS = {-2: "1 : 4", -1: "1 : 2", 0: "square", 1: "2 : 1", 2: "4 : 1"}
_END = 2.6  # doublings of width over height shown; scrolls beyond are drawn at the edge


def shapes(classes: Sequence[str], ratios: Sequence[Sequence[float]], pictures: Sequence[int]) -> Figure:
    """Draw width over height by class: a dot at the middle, the middle half thick, nine tenths thin.

    Parameters
    ----------
    classes : sequence of str
        Names, of any length.
    ratios : sequence of (float × 5)
        Quantiles at 5, 25, 50, 75 and 95 %; empty where there is no picture.
    pictures : sequence of int
        How many pictures they are of.
    """
    order = sorted(range(len(classes)), key=lambda place: ratios[place][2] if ratios[place] else 0.0)
    with style.house():
        names = rows([classes[place] for place in order], _NAMES, _ROW)
        figure = style.sheet(style.WIDTH, _TOP + names.height + _FOOT)
        left = _MARGIN + names.room + 16
        room = style.WIDTH - left - _MARGIN - 80
        field = style.panel(figure, left, _TOP, room, names.height)
        field.set_ylim(names.height, 0)
        field.set_xlim(-_END, _END)
        for tick, told in _TICKS.items():
            field.axvline(tick, color=style.HAIRLINE, linewidth=1, zorder=0)
            x = left + room * (tick + _END) / (2 * _END)
            y = _TOP + names.height + 14
            style.write(figure, x, y, told, size=style.SMALL, color=style.MUTED, ha="center")
        head: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED}
        style.write(figure, left + room / 2, _TOP + names.height + 36, "width : height", ha="center", **head)
        style.write(figure, style.WIDTH - _MARGIN, _TOP - 16, "pictures", ha="right", **head)
        for row, place in enumerate(order):
            y = names.middles[row]
            style.write(figure, left - 16, _TOP + y, names.names[row], ha="right")
            told = number(pictures[place])
            style.write(figure, style.WIDTH - _MARGIN, _TOP + y, told, ha="right", color=style.MUTED)
            if ratios[place]:
                low, first, middle, last, high = np.clip(np.log2(ratios[place]), -_END, _END)
                field.plot([low, high], [y, y], color=style.BLUE, linewidth=1.25, alpha=0.6)
                field.plot(
                    [first, last], [y, y], color=style.BLUE, linewidth=6, alpha=0.45, solid_capstyle="butt"
                )
                field.plot([middle], [y], "o", color=style.BLUE, markersize=7)
    return figure
