"""Which labels come together more often, and less often, than chance would have it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import rows, width
from cartellino.show.charts.order import by_similarity
from cartellino.show.words import number

_MARGIN, _GAP, _NAMES = 16.0, 10.0, 190.0
_SIDE, _SMALLEST, _LARGEST = 700.0, 17.0, 44.0
_FULLEST = 0.62
_FULL_AT = 2.0  # doublings: four times as often as by chance, or a quarter


def together(names: Sequence[str], counts: NDArray[np.integer], beyond: NDArray[np.floating]) -> Figure:
    """Draw labels by labels, those that come together side by side.

    A cell says how many works have both. It is the fuller the further that is from chance: vermillion where
    they come together more often, blue where less often.

    Parameters
    ----------
    names : sequence of str
        Labels, of any length.
    counts : ndarray (k, k) of int
        Works with both; on the diagonal, works with the label.
    beyond : ndarray (k, k) of float
        How far that is from chance, in doublings; 0 is as by chance.
    """
    order = by_similarity(counts)
    counts, beyond = (np.asarray(each)[np.ix_(order, order)] for each in (counts, beyond))
    with style.house():
        cell = min(_LARGEST, max(_SMALLEST, _SIDE / max(1, len(names))))
        letters = 14.0 if cell >= 24 else 11.0
        laid = rows([names[place] for place in order], _NAMES, cell, letters)
        start, side = _MARGIN + laid.room + _GAP, laid.height
        figure = style.sheet(start + side + _MARGIN, start + side + _MARGIN)
        for row, middle in enumerate(laid.middles):
            told = laid.names[row]
            style.write(figure, start - _GAP, start + middle, told, ha="right", size=letters)
            style.write(figure, start + middle, start - _GAP, told, upward=True, size=letters)
            for column, x in enumerate(laid.middles):
                place = (start + laid.edges[column], start + laid.edges[row])
                size = (laid.heights[column] - 1, laid.heights[row] - 1)
                colour, fullness = _fill(row == column, float(beyond[row, column]))
                style.box(figure, *place, *size, facecolor=colour, alpha=fullness)
                if counts[row, column] or beyond[row, column] < -1:
                    said = number(int(counts[row, column]))
                    small = min(12.0, 12.0 * (size[0] - 2) / max(1.0, width(said, 12.0)))
                    style.write(figure, start + x, start + middle, said, ha="center", size=small)
    return figure


def _fill(own: bool, beyond: float) -> tuple[str, float]:
    if own:
        return style.HAIRLINE, 1.0
    fullness = _FULLEST * min(1.0, abs(beyond) / _FULL_AT)
    return (style.VERMILLION if beyond > 0 else style.BLUE), fullness
