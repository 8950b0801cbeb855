"""How often each visual word is said: by a picture, or by the pictures of a class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded
from cartellino.show.words import count

_MARGIN, _NAMES, _DOWN, _GAP, _SCALE = 16.0, 220.0, 56.0, 14.0, 44.0
_FEW = 5  # words a row that stand out


def word_histograms(names: Sequence[str], shares: NDArray[np.floating], pictures: Sequence[int]) -> Figure:
    """Draw a row of bars for each picture or class, a bar for each word; ticks show the mean of all rows.

    Parameters
    ----------
    names : sequence of str
        Of pictures or classes, of any length.
    shares : ndarray (k, words) of float
        Share of the keypoints that says each word.
    pictures : sequence of int
        How many pictures each row is the mean of.
    """
    told = np.asarray(shares, np.float64)
    left = _MARGIN + _NAMES + 12
    wide = style.WIDTH - left - _MARGIN
    with style.house():
        heads = [folded(name, _NAMES) for name in names]
        tall = [max(_DOWN, (len(head) + 1) * style.SIZE * style.LINE) for head in heads]
        figure = style.sheet(style.WIDTH, sum(tall) + len(tall) * _GAP + _MARGIN + _SCALE)
        y = _MARGIN
        for place, head in enumerate(heads):
            field = style.panel(figure, left, y + tall[place] - _DOWN, wide, _DOWN)
            _bars(field, told[place], told.mean(axis=0), float(told.max(initial=0)) or 1.0)
            middle = y + tall[place] / 2
            style.write(figure, left - 12, middle - 8, "\n".join(head), ha="right")
            below = middle - 8 + (len(head) / 2 + 0.6) * style.SIZE * style.LINE
            many = count(pictures[place], "picture")
            style.write(figure, left - 12, below, many, size=style.SMALL, color=style.MUTED, ha="right")
            y += tall[place] + _GAP
        key = "ticks: the mean of all rows; orange: what stands out above it most"
        told_below = f"words 0 to {told.shape[1] - 1:,}; {key}"
        style.write(figure, left, y + 8, told_below, size=style.SMALL, color=style.MUTED)
    return figure


def _bars(field: Axes, own: NDArray[np.float64], common: NDArray[np.float64], most: float) -> None:
    """Bars, those that stand out most in the colour of findings."""
    places = np.arange(len(own))
    telling = np.argsort(common - own, kind="stable")[:_FEW]
    colours = np.where(np.isin(places, telling) & (own > common), style.VERMILLION, style.BLUE)
    field.set_xlim(-0.5, len(own) - 0.5)
    field.set_ylim(0, most)
    field.axhline(0, color=style.HAIRLINE, linewidth=1)
    field.bar(places, own, width=0.8, color=colours.tolist(), linewidth=0)
    field.hlines(common, places - 0.4, places + 0.4, color=style.INK, linewidth=1)
