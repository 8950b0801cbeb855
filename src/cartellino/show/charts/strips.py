"""Pictures in strips: one as it is, and beside it what was made of it."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.hanging import Pixels, hang
from cartellino.show.charts.letters import folded

_MARGIN, _HEAD, _GAP, _APART = 16.0, 26.0, 8.0, 20.0


def strips(pixels: Pixels, names: Sequence[str], first: str, others: str) -> Figure:
    """Draw strips of square pictures, one below the other; the first of each stands apart.

    Parameters
    ----------
    pixels : ndarray (n, m, side, side, channels) of uint8
        Pictures, m in each strip; 1 channel or 3.
    names : sequence of str
        What stands under the first of each, of any length.
    first, others : str
        What stands above the first column, and above the others.
    """
    count = pixels.shape[1]
    side = (style.WIDTH - 2 * _MARGIN - _APART - (count - 2) * _GAP) / count
    with style.house():
        lines = [folded(name, side, style.SMALL) for name in names]
        feet = [len(each) * style.SMALL * style.LINE + 14 for each in lines]
        figure = style.sheet(style.WIDTH, _MARGIN + _HEAD + sum(feet) + len(feet) * (side + _GAP))
        style.write(figure, _MARGIN, _MARGIN + 6, first, size=style.SMALL, color=style.MUTED)
        start = _MARGIN + side + _APART
        style.write(figure, start, _MARGIN + 6, others, size=style.SMALL, color=style.MUTED)
        top = _MARGIN + _HEAD
        for strip, told, foot in zip(pixels, lines, feet, strict=True):
            for place, picture in enumerate(strip):
                left = _MARGIN if place == 0 else start + (place - 1) * (side + _GAP)
                hang(figure, picture, left, top, side, side)
            low = top + side + 6 + len(told) * style.SMALL * style.LINE / 2
            style.write(figure, _MARGIN, low, "\n".join(told), size=style.SMALL)
            top += side + _GAP + foot
    return figure
