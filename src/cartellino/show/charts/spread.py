"""How the works of each class spread over ordered columns, such as centuries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded, rows, width
from cartellino.show.charts.order import shares
from cartellino.show.words import number

_MARGIN, _GAP, _ROW = 16.0, 10.0, 24.0
_NAMES = 210.0
_WIDEST = 64.0
_FULLEST, _LIFTED = 0.62, 0.6  # as in the matrix of confusions: small shares stay visible


def spread(
    classes: Sequence[str], columns: Sequence[str], counts: NDArray[np.integer], unit: str = "works"
) -> Figure:
    """Draw a grid of classes by columns; a cell is as full as its share of the row.

    Parameters
    ----------
    classes : sequence of str
        Names of the rows, of any length.
    columns : sequence of str
        Names of the columns, in their order; short.
    counts : ndarray (classes, columns) of int
        What each cell counts.
    unit : str
        What is counted, for the head of the totals.
    """
    counts = np.asarray(counts)
    with style.house():
        laid = rows(classes, _NAMES, _ROW)
        left = _MARGIN + laid.room + _GAP
        totals = max(width(number(int(counts.sum(axis=1).max(initial=0)))), width(unit, style.SMALL)) + 16
        across = min(_WIDEST, (style.WIDTH - left - totals - _MARGIN) / max(1, len(columns)))
        upright = any(width(word, style.SMALL) > across - 4 for name in columns for word in name.split(" "))
        heads = max((width(name, style.SMALL) for name in columns), default=0) + 8 if upright else 34.0
        top = _MARGIN + heads
        figure = style.sheet(style.WIDTH, top + laid.height + _MARGIN)
        for place, name in enumerate(columns):
            x = left + (place + 0.5) * across
            if upright:
                style.write(figure, x, top - 6, name, size=style.SMALL, upward=True)
            else:
                told = "\n".join(folded(name, across - 2, style.SMALL))
                style.write(figure, x, top - 16, told, size=style.SMALL, ha="center")
        end = left + across * len(columns)
        style.write(figure, end + totals - 4, top - 14, unit, size=style.SMALL, ha="right", color=style.MUTED)
        part = shares(counts)
        for row, middle in enumerate(laid.middles):
            y = top + laid.edges[row]
            style.box(figure, left, y - 0.5, end - left, 1, facecolor=style.HAIRLINE)
            style.write(figure, left - _GAP, top + middle, laid.names[row], ha="right")
            _row(figure, left, y, across, laid.heights[row], counts[row], part[row])
            total = number(int(counts[row].sum()))
            style.write(figure, end + totals - 4, top + middle, total, ha="right", color=style.MUTED)
    return figure


def _row(
    figure: Figure,
    left: float,
    y: float,
    across: float,
    height: float,
    counts: NDArray[np.integer],
    part: NDArray[np.floating],
) -> None:
    for place in np.flatnonzero(counts).tolist():
        x = left + place * across
        fullness = _FULLEST * float(part[place]) ** _LIFTED
        style.box(figure, x, y, across - 1, height - 1, facecolor=style.BLUE, alpha=fullness)
        told = number(int(counts[place]))
        size = 11.0 if width(told, 11.0) <= across - 3 else 9.0
        style.write(figure, x + across / 2, y + height / 2, told, ha="center", size=size)
