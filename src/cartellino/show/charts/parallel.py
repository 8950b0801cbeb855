"""Settings side by side, a line for each trial: where the good ones run together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded, width
from cartellino.show.words import plain

_MARGIN, _TOP, _FOOT, _HEIGHT, _NAMES = 84.0, 60.0, 24.0, 300.0, 150.0
_LONGEST = 24
_BEHIND = {"facecolor": style.PAPER, "alpha": 0.85, "linewidth": 0, "pad": 1.0}  # lines run under words


class Axis(NamedTuple):
    """A setting: its name, and where each trial stands on it, from 0 (below) to 1, with words for both."""

    name: str
    places: tuple[float, ...]
    ticks: tuple[tuple[float, str], ...]


def axis_of(name: str, values: Sequence[Any], *, log: bool = False) -> Axis:
    """The axis of a setting with these values: numbers by their size, anything else by its kinds."""
    if all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in values):
        sizes = [math.log(each) if log else float(each) for each in values]
        low, high = min(sizes), max(sizes)
        reach = (high - low) or 1.0
        ends = ((0.0, f"{min(values):.3g}"), (1.0, f"{max(values):.3g}"))
        return Axis(name, tuple((each - low) / reach for each in sizes), ends if high > low else ends[:1])
    told = [plain(str(each)) for each in values]
    kinds = list(dict.fromkeys(told))
    step = 1 / max(1, len(kinds) - 1)
    return Axis(
        name,
        tuple(kinds.index(each) * step for each in told),
        tuple((place * step, kind) for place, kind in enumerate(kinds)),
    )


def parallel(axes: Sequence[Axis], goodness: Sequence[float], best: int) -> Figure:
    """Draw a line for each trial across its settings; the fuller the better, the best in its own colour.

    Parameters
    ----------
    axes : sequence of Axis
        At least two; the last is usually what the trials came to.
    goodness : sequence of float
        From 0, the worst, to 1.
    best : int
        The place of the best trial; -1 if it is not among these.
    """
    with style.house():
        figure = style.sheet(style.WIDTH, _TOP + _HEIGHT + _FOOT)
        left = max([_MARGIN, *(width(_shown(told), style.SMALL) + 24 for _, told in axes[0].ticks)])
        room = style.WIDTH - left - _MARGIN
        field = style.panel(figure, left, _TOP, room, _HEIGHT)
        field.set_xlim(0, max(1, len(axes) - 1))
        field.set_ylim(-0.02, 1.02)
        for place in sorted(range(len(goodness)), key=lambda each: (each == best, goodness[each])):
            _line(field, [axis.places[place] for axis in axes], goodness[place], place == best)
        for place, axis in enumerate(axes):
            x = left + room * place / max(1, len(axes) - 1)
            _axis(figure, field, place, axis, x, room / max(1, len(axes) - 1))
    return figure


def _line(field: Axes, heights: Sequence[float], good: float, best: bool) -> None:
    colour = style.VERMILLION if best else style.BLUE
    field.plot(
        range(len(heights)),
        heights,
        color=colour,
        linewidth=2.5 if best else 1.25,
        alpha=1.0 if best else 0.08 + 0.6 * good**2,
        solid_joinstyle="round",
        clip_on=False,
    )


def _axis(figure: Figure, field: Axes, place: int, axis: Axis, x: float, room: float) -> None:
    field.plot([place, place], [0, 1], color=style.INK, linewidth=1, clip_on=False)
    name = "\n".join(folded(axis.name, min(_NAMES, room - 8)))
    style.write(figure, x, _TOP - 30, name, ha="center", size=style.SMALL)
    for height, told in axis.ticks:
        y = _TOP + _HEIGHT * (1.02 - height) / 1.04
        quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED, "bbox": _BEHIND}
        style.write(figure, x - 8, y, _shown(told), ha="right", **quiet)


def _shown(told: str) -> str:
    """A value of a setting, cut where it is long: the table of trials has it whole."""
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
