"""From which probability each tag is given, and what that buys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import rows, width
from cartellino.show.words import number

_ROW, _TOP, _FOOT, _MARGIN = 26.0, 44.0, 52.0, 16.0
_NAMES = 260.0
_QUIET: dict[str, Any] = {"ha": "right", "color": style.MUTED}


def tag_thresholds(
    tags: Sequence[str],
    thresholds: Sequence[float],
    precision: Sequence[float],
    recall: Sequence[float],
    support: Sequence[int],
) -> Figure:
    """Draw the threshold of each tag between the precision and the recall it leads to, frequent tags first.

    Parameters
    ----------
    tags : sequence of str
        Names, of any length.
    thresholds : sequence of float
        Probability from which each tag is given.
    precision, recall : sequence of float
        What was measured with these thresholds.
    support : sequence of int
        Works that have the tag.
    """
    order = sorted(range(len(tags)), key=lambda place: -support[place])
    with style.house():
        names = rows([tags[place] for place in order], _NAMES, _ROW)
        figure = style.sheet(style.WIDTH, _TOP + names.height + _FOOT)
        left, right = _MARGIN + names.room + 16, _MARGIN + 64
        field = style.panel(figure, left, _TOP, style.WIDTH - left - right, names.height)
        field.set_ylim(names.height, 0)
        told = "precision, recall, and the probability from which the tag is given"
        style.axis(figure, field, style.fifths(), told)
        _key(figure, left)
        for row, place in enumerate(order):
            y = names.middles[row]
            style.write(figure, left - 16, _TOP + y, names.names[row], ha="right")
            style.write(figure, style.WIDTH - _MARGIN, _TOP + y, number(support[place]), **_QUIET)
            _marks(field, y, thresholds[place], precision[place], recall[place])
    return figure


def _marks(field: Axes, y: float, threshold: float, precision: float, recall: float) -> None:
    field.plot([precision, recall], [y, y], color=style.CONTEXT, linewidth=2, solid_capstyle="butt")
    field.plot([precision], [y], "o", color=style.BLUE, markersize=8, clip_on=False)
    field.plot([recall], [y], "D", color=style.ORANGE, markersize=7, clip_on=False)
    field.plot(
        [threshold], [y], "|", color=style.INK, markersize=15, markeredgewidth=2, clip_on=False, zorder=4
    )


def _key(figure: Figure, left: float) -> None:
    style.write(figure, style.WIDTH - _MARGIN, _TOP - 14, "works", size=style.SMALL, **_QUIET)
    x = left
    for sign, name, colour in (
        ("o", "precision", style.BLUE),
        ("D", "recall", style.ORANGE),
        ("|", "threshold", style.INK),
    ):
        mark = style.panel(figure, x, _TOP - 20, 12, 12)
        mark.set(xlim=(0, 1), ylim=(0, 1))
        mark.plot([0.5], [0.5], sign, color=colour, markersize=8, markeredgewidth=2 if sign == "|" else 0)
        style.write(figure, x + 18, _TOP - 14, name, size=style.SMALL)
        x += 18 + width(name, style.SMALL) + 24
