"""How many works each class has, and in which part of the split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import rows, width
from cartellino.show.words import count, number

_COLOURS = (style.CONTEXT, style.GREEN, style.ORANGE, style.BLUE, style.PURPLE, style.VERMILLION)
_ROW, _BAR, _TOP, _MARGIN = 24.0, 12.0, 44.0, 16.0
_NAMES = 260.0  # pixels before a name folds


def class_counts(classes: Sequence[str], parts: Mapping[str, Sequence[int]], unit: str = "work") -> Figure:
    """Draw works by class, stacked by part, the largest class first.

    Parameters
    ----------
    classes : sequence of str
        Names, of any length.
    parts : mapping of str to sequence of int
        For each part of the split, its works by class.
    unit : str
        What is counted.
    """
    table = np.array([parts[part] for part in parts], dtype=np.int64).reshape(len(parts), len(classes))
    order = np.argsort(-table.sum(axis=0), kind="stable")
    table = table[:, order]
    most = max(1, int(table.sum(axis=0).max(initial=1)))
    with style.house():
        names = rows([classes[place] for place in order], _NAMES, _ROW)
        figure = style.sheet(style.WIDTH, _TOP + names.height + _MARGIN)
        left = _MARGIN + names.room + 12
        scale = (style.WIDTH - left - width(number(most)) - 12 - _MARGIN) / most
        for place, middle in enumerate(names.middles):
            style.write(figure, left - 12, _TOP + middle, names.names[place], ha="right")
            end = left + int(table[:, place].sum()) * scale
            style.write(figure, end + 8, _TOP + middle, number(int(table[:, place].sum())))
            _bar(figure, left, _TOP + middle, table[:, place] * scale)
        _key(figure, left, {part: int(sum(parts[part])) for part in parts}, unit)
    return figure


def _bar(figure: Figure, left: float, middle: float, lengths: NDArray[np.floating]) -> None:
    x = left
    for part, length in enumerate(lengths.tolist()):
        if length:
            style.box(figure, x, middle - _BAR / 2, length, _BAR, facecolor=_COLOURS[part % len(_COLOURS)])
        x += length


def _key(figure: Figure, left: float, totals: Mapping[str, int], unit: str) -> None:
    """Name the parts in the order in which they stand in each bar."""
    x, y = left, _TOP / 2
    for place, (part, total) in enumerate(totals.items()):
        style.box(figure, x, y - 5, 10, 10, facecolor=_COLOURS[place % len(_COLOURS)])
        told = f"{part} {number(total)}" if place else f"{part} {count(total, unit)}"
        style.write(figure, x + 16, y, told, size=style.SMALL)
        x += 16 + width(told, style.SMALL) + 20
