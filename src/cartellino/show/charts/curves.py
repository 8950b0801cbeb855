"""How a network learnt: what each epoch came to, on what it learnt from and on what chose the epoch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.trials import ticks

_MARGIN, _GUTTER, _SCALE, _WORDS = 16.0, 24.0, 36.0, 76.0
_TITLE, _HIGH, _EPOCHS, _AIR = 34.0, 150.0, 26.0, 14.0
_ACROSS, _TICKS = 2, 6
_FIRST = 40.0  # pixels that 'epoch 1' needs to itself


class Curve(NamedTuple):
    """A measure, epoch by epoch.

    Parameters
    ----------
    name : str
        What it is called.
    train : sequence of float
        Of the works learnt from.
    validation : sequence of float
        Of the works that chose the epoch; empty if there were none.
    share : bool
        Whether it lies between 0 and 1.
    """

    name: str
    train: Sequence[float]
    validation: Sequence[float]
    share: bool = True


def curves(told: Sequence[Curve], chosen: int) -> Figure:
    """Draw measures side by side against epochs; a ring marks the epoch whose weights were kept.

    Parameters
    ----------
    told : sequence of Curve
        The measures, all of as many epochs.
    chosen : int
        The epoch that was kept, from 1.
    """
    down = math.ceil(len(told) / _ACROSS)
    cell = _TITLE + _HIGH + _EPOCHS + _AIR
    wide = (style.WIDTH - 2 * _MARGIN - _GUTTER) / _ACROSS
    with style.house():
        figure = style.sheet(style.WIDTH, _MARGIN + down * cell + _AIR)
        for place, each in enumerate(told):
            row, column = divmod(place, _ACROSS)
            left, top = _MARGIN + column * (wide + _GUTTER), _MARGIN + row * cell
            style.write(figure, left, top + 8, each.name, **style.STRONG)
            room = wide - _SCALE - _WORDS
            field = style.panel(figure, left + _SCALE, top + _TITLE, room, _HIGH)
            _curve(figure, field, each, chosen)
    return figure


def _curve(figure: Figure, field: Axes, told: Curve, chosen: int) -> None:
    epochs = max(len(told.train), len(told.validation))
    values = [*told.train, *told.validation]
    high = 1.0 if told.share else 1.05 * max(values, default=1.0) or 1.0
    field.set_xlim(0.5, epochs + 0.5)
    field.set_ylim(0, high)
    _axes(figure, field, high, epochs)
    field.axvline(chosen, color=style.CONTEXT, linewidth=1, linestyle=(0, (2, 3)), zorder=1)
    for line, colour, thick in (
        (told.train, style.CONTEXT, 1.75),
        (told.validation, style.BLUE, 2.25),
    ):
        field.plot(
            range(1, len(line) + 1),
            line,
            color=colour,
            linewidth=thick,
            marker="o" if epochs <= 12 else "",
            markersize=4,
            clip_on=False,
            zorder=3,
        )
    kept = told.validation or told.train
    ring: dict[str, Any] = {"markersize": 10, "markerfacecolor": "none", "markeredgewidth": 2}
    field.plot(
        [chosen], [kept[chosen - 1]], "o", markeredgecolor=style.VERMILLION, clip_on=False, zorder=4, **ring
    )
    _names(figure, field, told, high)


def _axes(figure: Figure, field: Axes, high: float, epochs: int) -> None:
    left, top, room, height = style.place(figure, field)
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED}
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0) if high == 1.0 else _few(high):
        field.axhline(tick, color=style.HAIRLINE, linewidth=1, zorder=0)
        y = top + height * (1 - tick / high)
        style.write(figure, left - 8, y, f"{tick:g}", ha="right", **quiet)
    step = max(1, math.ceil(epochs / _TICKS))
    apart = room / epochs
    for epoch in (1, *(each for each in range(step, epochs + 1, step) if (each - 1) * apart >= _FIRST)):
        x = left + apart * (epoch - 0.5)
        word = f"epoch {epoch}" if epoch == 1 else str(epoch)
        style.write(figure, x, top + height + 14, word, ha="center", **quiet)


def _few(high: float) -> list[float]:
    """Every other tick, where there would be a crowd."""
    found = ticks(0.0, high)
    return found[::2] if len(found) > 5 else found


def _names(figure: Figure, field: Axes, told: Curve, high: float) -> None:
    """Who is who, at the ends of the lines, and apart."""
    left, top, room, height = style.place(figure, field)
    named = [("training", told.train, style.MUTED), ("validation", told.validation, style.BLUE)]
    ends = [(name, top + height * (1 - line[-1] / high), colour) for name, line, colour in named if line]
    if len(ends) == 2:
        (one, y, first), (other, z, second) = ends
        short = style.SMALL * style.LINE - abs(y - z)
        if short > 0:
            sign = 1 if y >= z else -1
            ends = [(one, y + sign * short / 2, first), (other, z - sign * short / 2, second)]
    for name, y, colour in ends:
        style.write(figure, left + room + 8, y, name, color=colour, size=style.SMALL)
