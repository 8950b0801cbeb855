"""What share of all works has something: a bar for each thing, of one scale from nothing to all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import rows, width
from cartellino.show.words import percent

_ROW, _BAR, _MARGIN, _FOOT = 21.0, 10.0, 16.0, 52.0
_NAMES = 260.0


def coverage(
    names: Sequence[str], shares: Sequence[float], of: int, unit: str, marked: Collection[str] = ()
) -> Figure:
    """Draw shares as bars, the fullest first.

    Parameters
    ----------
    names : sequence of str
        What each share is of, of any length.
    shares : sequence of float
        From 0 to 1.
    of : int
        How many works all are.
    unit : str
        What is counted, for the axis.
    marked : collection of str
        Names to be drawn in the colour of data instead of grey.
    """
    order = sorted(range(len(names)), key=lambda place: -shares[place])
    with style.house():
        laid = rows([names[place] for place in order], _NAMES, _ROW)
        figure = style.sheet(style.WIDTH, _MARGIN + laid.height + _FOOT)
        left = _MARGIN + laid.room + 12
        told = [percent(shares[place], of) for place in order]
        room = style.WIDTH - left - max((width(each, style.SMALL) for each in told), default=0) - 12 - _MARGIN
        field = style.panel(figure, left, _MARGIN, room, laid.height)
        style.axis(figure, field, {tick / 100: f"{tick} %" for tick in range(0, 101, 25)}, unit)
        for row, place in enumerate(order):
            y, name = _MARGIN + laid.middles[row], names[place]
            colour = style.BLUE if name in marked else style.CONTEXT
            style.write(figure, left - 12, y, laid.names[row], ha="right")
            style.box(figure, left, y - _BAR / 2, shares[place] * room, _BAR, facecolor=colour)
            style.write(figure, style.WIDTH - _MARGIN, y, told[row], ha="right", size=style.SMALL)
    return figure
