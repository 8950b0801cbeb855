"""From all works to the parts of a split: what each step kept, and how many it lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import rows, width
from cartellino.show.words import number

_COLOURS = (style.CONTEXT, style.GREEN, style.ORANGE, style.BLUE)  # as the parts of class counts
_ROW, _BAR, _MARGIN, _KEY = 36.0, 16.0, 16.0, 28.0
_NAMES = 300.0  # pixels before a step folds


def funnel(steps: Sequence[tuple[str, int]], parts: Mapping[str, int]) -> Figure:
    """Draw a funnel as bars of one scale, the last of them parted.

    Parameters
    ----------
    steps : sequence of (str, int)
        What is true of the works that are left, and how many they are; each no more than the one before.
    parts : mapping of str to int
        Works of the last step by part.
    """
    most = max(1, steps[0][1])
    with style.house():
        names = rows([step for step, _ in steps], _NAMES, _ROW)
        figure = style.sheet(style.WIDTH, _MARGIN + names.height + _KEY + _MARGIN)
        left = _MARGIN + names.room + 16
        told = [number(works) for _, works in steps]
        room = max(width(each) for each in told) + width(f"  −{number(most)}", style.SMALL) + 20
        scale = (style.WIDTH - left - room - _MARGIN) / most
        for place, (_, works) in enumerate(steps):
            y = _MARGIN + names.middles[place]
            style.write(figure, left - 16, y, names.names[place], ha="right")
            if place < len(steps) - 1:
                style.box(
                    figure,
                    left,
                    y - _BAR / 2,
                    max(1, works * scale),
                    _BAR,
                    facecolor=style.HAIRLINE,
                )
            style.write(figure, left + works * scale + 8, y, told[place])
            lost = steps[place - 1][1] - works if place else 0
            if lost:
                x = left + works * scale + 8 + width(told[place]) + 10
                style.write(figure, x, y, f"−{number(lost)}", size=style.SMALL, color=style.MUTED)
        _parts(figure, left, _MARGIN + names.middles[-1], scale, parts)
    return figure


def _parts(figure: Figure, left: float, y: float, scale: float, parts: Mapping[str, int]) -> None:
    """The last bar in its parts, named below it in their order."""
    x = key = left
    for place, (part, works) in enumerate(parts.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        style.box(figure, x, y - _BAR / 2, works * scale, _BAR, facecolor=colour)
        x += works * scale
        style.box(figure, key, y + _KEY - 5, 10, 10, facecolor=colour)
        told = f"{part} {number(works)}"
        style.write(figure, key + 16, y + _KEY, told, size=style.SMALL)
        key += 16 + width(told, style.SMALL) + 20
