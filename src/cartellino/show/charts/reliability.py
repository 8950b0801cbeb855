"""Whether what is said with 80 % comes true four times in five."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cartellino.show.charts import style
from cartellino.show.words import count, number

_LEFT, _TOP, _SIDE, _STRIP, _GAP, _NOTES = 76.0, 20.0, 400.0, 72.0, 32.0, 280.0
_PALE = 0.35


def reliability(
    confidence: Sequence[float],
    came_true: Sequence[float],
    works: Sequence[int],
    low: Sequence[float],
    high: Sequence[float],
    *,
    unit: str = "work",
) -> Figure:
    """Draw confidence against success, with the band into which a perfectly calibrated model would fall.

    Parameters
    ----------
    confidence, came_true : sequence of float
        Mean probability and share that came true, for bins of equal width from 0 to 1; NaN if empty.
    works : sequence of int
        How many each bin holds.
    low, high : sequence of float
        The 95 % band of a perfectly calibrated model with as many works in each bin.
    unit : str
        What is counted.
    """
    with style.house():
        height = _TOP + _SIDE + _GAP + _STRIP + 56
        figure = style.sheet(_LEFT + _SIDE + _NOTES, height)
        field = style.panel(figure, _LEFT, _TOP, _SIDE, _SIDE)
        ticks = style.fifths()
        style.axis(figure, field, dict.fromkeys(ticks, ""), "")
        style.axis(figure, field, ticks, f"share of {_several(unit)} that came true", upright=True)
        filled = [place for place, n in enumerate(works) if n]
        outside = [
            place for place in filled if not low[place] - 1e-12 <= came_true[place] <= high[place] + 1e-12
        ]
        _band(field, low, high, filled)
        field.plot([0, 1], [0, 1], color=style.INK, linewidth=1, linestyle=(0, (4, 3)))
        for place in filled:
            colour = style.VERMILLION if place in outside else style.BLUE
            field.plot(
                [confidence[place]],
                [came_true[place]],
                "o",
                color=colour,
                markersize=9,
                clip_on=False,
                zorder=4,
            )
        _strip(figure, works, unit)
        _notes(figure, sum(works), len(outside), unit)
    return figure


def _band(field: Axes, low: Sequence[float], high: Sequence[float], filled: Sequence[int]) -> None:
    step = 1 / len(low)
    for place in filled:
        field.add_patch(
            Rectangle(
                (place * step, low[place]),
                step,
                high[place] - low[place],
                facecolor=style.CONTEXT,
                alpha=_PALE,
                linewidth=0,
            )
        )


def _strip(figure: Figure, works: Sequence[int], unit: str) -> None:
    """How many works stand behind each dot."""
    top = _TOP + _SIDE + _GAP
    strip = style.panel(figure, _LEFT, top, _SIDE, _STRIP)
    style.axis(figure, strip, style.fifths(), "probability that the model gave")
    wide, most = _SIDE / len(works), max(1, *works)
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED}
    for place, n in enumerate(works):
        high, x = _STRIP * n / most, _LEFT + place * wide
        style.box(figure, x + 1, top + _STRIP - high, wide - 2, high, facecolor=style.CONTEXT)
        if n:
            style.write(figure, x + wide / 2, top + _STRIP - high - 8, number(n), ha="center", **quiet)
    style.write(figure, _LEFT - 8, top + _STRIP / 2, _several(unit), ha="right", **quiet)


def _notes(figure: Figure, total: int, outside: int, unit: str) -> None:
    x, y = _LEFT + _SIDE + 28, _TOP + 8.0
    style.write(figure, x, y, f"n = {count(total, unit)}", **style.STRONG)
    notes = (
        (style.BLUE, 1.0, "within the band"),
        (style.VERMILLION, 1.0, f"outside it: {outside or 'none'}"),
        (style.CONTEXT, _PALE, "where 95 % of perfectly calibrated"),
        (style.CONTEXT, 0.0, "models would fall at this n"),
    )
    for place, (colour, opacity, told) in enumerate(notes):
        down = y + 30 + place * 22 - (6 if not opacity else 0)
        style.box(figure, x, down - 5, 10, 10, facecolor=colour, alpha=opacity)
        style.write(figure, x + 18, down, told, size=style.SMALL)


def _several(unit: str) -> str:
    return count(2, unit).partition(" ")[2]
