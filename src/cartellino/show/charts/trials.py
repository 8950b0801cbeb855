"""How a search went: what each trial came to, and the best so far."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cartellino.show.charts import style

_LEFT, _RIGHT, _TOP, _FOOT, _HEIGHT = 84.0, 150.0, 24.0, 60.0, 280.0


def trials(
    values: Sequence[float | None],
    whole: Sequence[bool],
    *,
    measure: str,
    falls: bool,
    first: float | None = None,
) -> Figure:
    """Draw the objective of each trial in its order, and the best so far as a line.

    Parameters
    ----------
    values : sequence of float or None
        Means over the folds that were tried; None for trials that failed.
    whole : sequence of bool
        Which went through all folds; the others are drawn hollow, and set no record.
    measure : str
        Its name, for the axis.
    falls : bool
        Whether less is better.
    first : float, optional
        What the recipe as it is comes to, drawn as a dashed line.
    """
    told = [value for value in values if value is not None] or [0.0]
    with style.house():
        figure = style.sheet(style.WIDTH, _TOP + _HEIGHT + _FOOT)
        room = style.WIDTH - _LEFT - _RIGHT
        field = style.panel(figure, _LEFT, _TOP, room, _HEIGHT)
        low, high = _ends(told, falls, first)
        field.set_ylim(low, high)
        field.set_xlim(-0.7, max(1, len(values)) - 0.3)
        _axes(figure, field, low, high, len(values), measure)
        for place, value in enumerate(values):
            if value is None:
                continue
            face = style.CONTEXT if whole[place] else style.PAPER
            shown = min(max(value, low), high)
            field.plot(
                [place], [shown], "o", markersize=7, color=face, markeredgecolor=style.CONTEXT, clip_on=False
            )
        best = _best(values, whole, falls)
        _record(figure, field, best, (low, high))
        if first is not None:
            field.axhline(first, color=style.INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
            _right(figure, (high - first) / (high - low), "as it is", style.INK, best, (low, high))
    return figure


def _ends(told: Sequence[float], falls: bool, first: float | None) -> tuple[float, float]:
    """The whole span but for trials that are far worse than most, which stand on the edge."""
    ordered = sorted(told, reverse=not falls)
    worst = ordered[min(len(ordered) - 1, math.ceil(0.85 * len(ordered)))]
    ends = [ordered[0], worst, *([] if first is None else [first])]
    low, high = min(ends), max(ends)
    air = max(1e-3, 0.1 * (high - low))
    return low - air, high + air


def _best(values: Sequence[float | None], whole: Sequence[bool], falls: bool) -> list[float]:
    """The best of the whole trials up to each; NaN before the first."""
    found, so_far = [], math.nan
    for value, full in zip(values, whole, strict=True):
        if value is not None and full and (math.isnan(so_far) or (value < so_far) == falls):
            so_far = value
        found.append(so_far)
    return found


def _record(figure: Figure, field: Axes, best: Sequence[float], ends: tuple[float, float]) -> None:
    if not best or math.isnan(best[-1]):
        return
    field.step(range(len(best)), best, where="post", color=style.VERMILLION, linewidth=2)
    low, high = ends
    y = _TOP + _HEIGHT * (high - best[-1]) / (high - low)
    style.write(
        figure, style.WIDTH - _RIGHT + 8, y, f"best {best[-1]:.3f}", color=style.VERMILLION, size=style.SMALL
    )


def _right(
    figure: Figure, down: float, told: str, colour: str, best: Sequence[float], ends: tuple[float, float]
) -> None:
    """A word at the right edge, moved off that of the best."""
    low, high = ends
    y = _TOP + _HEIGHT * down
    if best and not math.isnan(best[-1]):
        other = _TOP + _HEIGHT * (high - best[-1]) / (high - low)
        if abs(y - other) < style.SMALL * 1.3:
            y = other - style.SMALL * 1.3 if y <= other else other + style.SMALL * 1.3
    style.write(figure, style.WIDTH - _RIGHT + 8, y, told, color=colour, size=style.SMALL)


def _axes(figure: Figure, field: Axes, low: float, high: float, count: int, measure: str) -> None:
    left, top, room, height = style.place(figure, field)
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED}
    for tick in ticks(low, high):
        y = top + height * (high - tick) / (high - low)
        field.axhline(tick, color=style.HAIRLINE, linewidth=1, zorder=0)
        style.write(figure, left - 8, y, f"{tick:.3g}", ha="right", **quiet)
    step = max(1, round(count / 8))
    for place in range(0, count, step):
        x = left + room * (place + 0.7) / (max(1, count) + 0.4)
        style.write(figure, x, top + height + 14, str(place), ha="center", **quiet)
    style.write(
        figure, left + room / 2, top + height + 38, "trial (0 is the recipe as it is)", ha="center", **quiet
    )
    style.write(figure, 18, top + height / 2, measure, upward=True, ha="center", **quiet)


def ticks(low: float, high: float) -> list[float]:
    """Three to eight ticks at round numbers."""
    raw = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * digit for digit in (1, 2, 5, 10) if power * digit >= raw)
    return [round(step * place, 12) for place in range(math.ceil(low / step), math.floor(high / step) + 1)]
