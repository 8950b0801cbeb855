"""Which class is taken for which, those that are alike side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import Rows, rows
from cartellino.show.charts.order import by_similarity, shares
from cartellino.show.words import number

_NAMES, _MARGIN, _GAP, _TITLES = 190.0, 16.0, 10.0, 34.0
_SIDE = 640.0  # what the cells of all classes share, within the bounds below
_SMALLEST, _LARGEST = 16.0, 46.0
_FULLEST = 0.6  # opacity of a cell that holds its whole row: ink stays legible on it, by day and by night
_LIFTED = 0.5  # exponent from a share of the row to the fullness of its cell: small shares stay visible


class _Plan(NamedTuple):
    rows: Rows
    letters: float
    numbers: float
    left: float
    top: float


def confusion(classes: Sequence[str], matrix: NDArray[np.integer]) -> Figure:
    """Draw a confusion matrix; a cell is as full as its share of the row, so that small classes are legible.

    Parameters
    ----------
    classes : sequence of str
        Names, of any length.
    matrix : ndarray (n, n) of int
        Works by right class (row) and predicted class (column), in the order of `classes`.
    """
    order = by_similarity(matrix)
    counts = np.asarray(matrix)[np.ix_(order, order)]
    with style.house():
        plan = _plan([classes[place] for place in order])
        side = plan.rows.height
        figure = style.sheet(plan.left + side + 72 + _MARGIN, plan.top + side + _MARGIN)
        field = style.panel(figure, plan.left, plan.top, side, side)
        field.set_xlim(0, side)
        field.set_ylim(side, 0)
        _grid(field, plan.rows.edges)
        _cells(figure, plan, counts)
        _names(figure, plan, counts)
        _titles(figure, plan)
    return figure


def _plan(names: Sequence[str]) -> _Plan:
    cell = min(_LARGEST, max(_SMALLEST, _SIDE / max(1, len(names))))
    letters = 14.0 if cell >= 24 else 12.0 if cell >= 18 else 11.0
    laid = rows(names, _NAMES, cell, letters)
    start = _MARGIN + _TITLES + laid.room + _GAP
    return _Plan(laid, letters, 13.0 if cell >= 28 else 11.0 if cell >= 20 else 9.5, start, start)


def _grid(field: Axes, edges: Sequence[float]) -> None:
    lines: dict[str, Any] = {"colors": style.HAIRLINE, "linewidths": 0.75, "clip_on": False}
    field.hlines(edges, 0, edges[-1], **lines)
    field.vlines(edges, 0, edges[-1], **lines)


def _cells(figure: Figure, plan: _Plan, counts: NDArray[np.integer]) -> None:
    part = shares(counts)
    edges, middles, heights = plan.rows.edges, plan.rows.middles, plan.rows.heights
    for row, column in np.argwhere(counts > 0).tolist():
        fullness = _FULLEST * float(part[row, column]) ** _LIFTED
        colour = style.BLUE if row == column else style.VERMILLION
        x, y = plan.left + edges[column], plan.top + edges[row]
        style.box(figure, x, y, heights[column], heights[row], facecolor=colour, alpha=fullness)
        style.write(
            figure,
            plan.left + middles[column],
            plan.top + middles[row],
            number(int(counts[row, column])),
            ha="center",
            size=plan.numbers,
        )


def _names(figure: Figure, plan: _Plan, counts: NDArray[np.integer]) -> None:
    right = plan.left + plan.rows.height + _GAP
    for place, middle in enumerate(plan.rows.middles):
        name = plan.rows.names[place]
        style.write(figure, plan.left - _GAP, plan.top + middle, name, ha="right", size=plan.letters)
        style.write(figure, plan.left + middle, plan.top - _GAP, name, upward=True, size=plan.letters)
        works = int(counts[place].sum())
        told = f"{100 * counts[place, place] / works:.0f} % of {number(works)}" if works else "no work"
        style.write(
            figure, right, plan.top + middle, told, color=style.MUTED, size=min(style.SMALL, plan.letters)
        )


def _titles(figure: Figure, plan: _Plan) -> None:
    middle = plan.rows.height / 2
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED, "ha": "center"}
    style.write(figure, plan.left + middle, _MARGIN + 6, "labelled by the model as", **quiet)
    style.write(figure, _MARGIN + 6, plan.top + middle, "catalogued as", upward=True, **quiet)
