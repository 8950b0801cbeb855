"""How light and dark the pictures of each class are, each class before all the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded
from cartellino.show.words import count

_MARGIN, _GAP, _ACROSS, _DOWN = 16.0, 24.0, 4, 76.0
_SCALE = 26.0  # below each: the scale from black to white


def intensities(classes: Sequence[str], histograms: NDArray[np.floating], pictures: Sequence[int]) -> Figure:
    """Draw the grey levels of each class as a curve before the mean of all classes.

    Parameters
    ----------
    classes : sequence of str
        Names, of any length.
    histograms : ndarray (k, bins) of float
        Share of pixels by level, from black to white.
    pictures : sequence of int
        How many pictures each is the mean of.
    """
    wide = (style.WIDTH - 2 * _MARGIN - (_ACROSS - 1) * _GAP) / _ACROSS
    with style.house():
        heads = [folded(name, wide) for name in classes]
        lines = [
            max(len(each) for each in heads[first : first + _ACROSS])
            for first in range(0, len(classes), _ACROSS)
        ]
        tops, y = [], _MARGIN
        for most in lines:
            tops.append(y + (most + 1) * style.SIZE * style.LINE + 10)
            y = tops[-1] + _DOWN + _SCALE + 12
        figure = style.sheet(style.WIDTH, y)
        common = np.asarray(histograms).mean(axis=0)
        top_of_all = float(max(_roof(histograms), common.max()))
        for place, name in enumerate(heads):
            x, top = _MARGIN + place % _ACROSS * (wide + _GAP), tops[place // _ACROSS]
            field = style.panel(figure, x, top, wide, _DOWN)
            field.set_ylim(0, top_of_all)
            _curves(field, np.asarray(histograms)[place], common)
            head = top - 10 - style.SIZE * style.LINE * (1 + len(name) / 2)
            style.write(figure, x, head, "\n".join(name), **style.STRONG)
            told = count(pictures[place], "picture")
            style.write(figure, x, top - 14, told, size=style.SMALL, color=style.MUTED)
            _ends(figure, x, top + _DOWN, wide)
    return figure


def _roof(histograms: NDArray[np.floating]) -> float:
    """Where the curves are cut off: a peak of white backdrop must not press all others flat."""
    peaks = np.sort(np.asarray(histograms).ravel())
    return float(peaks[-max(1, len(peaks) // 50)]) or 1.0


def _curves(field: Axes, own: NDArray[np.floating], common: NDArray[np.floating]) -> None:
    levels = (np.arange(len(own)) + 0.5) / len(own)
    field.set_xlim(0, 1)
    field.axhline(0, color=style.HAIRLINE, linewidth=1)
    field.fill_between(levels, own, color=style.BLUE, alpha=0.3, linewidth=0)
    field.plot(levels, own, color=style.BLUE, linewidth=1.5)
    field.plot(levels, common, color=style.CONTEXT, linewidth=1.25, linestyle=(0, (3, 2)))


def _ends(figure: Figure, x: float, y: float, wide: float) -> None:
    for text, at, side in (("black", x, "left"), ("white", x + wide, "right")):
        style.write(figure, at, y + 12, text, size=style.SMALL, color=style.MUTED, ha=side)
