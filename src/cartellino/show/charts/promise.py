"""How much may be filed under which limit of error."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import width
from cartellino.show.words import count, percent

_LEFT, _RIGHT, _TOP, _HEIGHT, _FOOT = 76.0, 40.0, 32.0, 300.0, 56.0


def promise_curve(
    limits: Sequence[float],
    filed: Sequence[float],
    *,
    works: int,
    chosen: tuple[float, float, float] | None = None,
) -> Figure:
    """Draw the share of works that may be filed against the error limit, and the limit that was chosen.

    Parameters
    ----------
    limits, filed : sequence of float
        Error limits, growing, and the share of works that each lets file; both from 0 to 1.
    works : int
        Works of the calibration part that the promise rests on.
    chosen : tuple of float, optional
        The limit in force, the share it lets file, and the confidence from which works are filed.
    """
    with style.house():
        figure = style.sheet(style.WIDTH, _TOP + _HEIGHT + _FOOT)
        room = style.WIDTH - _LEFT - _RIGHT
        field = style.panel(figure, _LEFT, _TOP, room, _HEIGHT)
        far = max(limits, default=1.0)
        _frame(figure, field, far)
        field.plot(
            list(limits),
            list(filed),
            color=style.BLUE,
            linewidth=2,
            drawstyle="steps-post",
            clip_on=False,
            solid_joinstyle="miter",
        )
        told = f"n = {count(works, 'work')} for calibration"
        style.write(figure, _LEFT, _TOP / 2, told, size=style.SMALL, color=style.MUTED)
        if chosen is not None:
            _chosen(figure, field, chosen, far, room)
    return figure


def _frame(figure: Figure, field: Axes, far: float) -> None:
    step = next(each for each in (0.01, 0.02, 0.05, 0.1, 0.2) if far / each <= 10 or each == 0.2)
    limits = [place * step for place in range(int(far / step + 1e-9) + 1)]
    shares = [0.0, 0.25, 0.5, 0.75, 1.0]
    below, aside = "largest share of filed works that may be wrong", "share of works filed"
    style.axis(figure, field, {tick: f"{100 * tick:.0f} %" for tick in limits}, below, upto=far)
    style.axis(figure, field, {tick: f"{100 * tick:.0f} %" for tick in shares}, aside, upright=True)


def _chosen(figure: Figure, field: Axes, chosen: tuple[float, float, float], far: float, room: float) -> None:
    limit, share, threshold = chosen
    field.plot([limit, limit], [0, share], color=style.VERMILLION, linewidth=1, linestyle=(0, (4, 3)))
    field.plot([limit], [share], "o", color=style.VERMILLION, markersize=9, clip_on=False, zorder=4)
    told = f"at most {percent(limit, 1)} wrong: {percent(share)} filed, from confidence {threshold:.2f} up"
    x = _LEFT + room * limit / far
    fits = x + 12 + width(told) < style.WIDTH - 8
    y = _TOP + _HEIGHT * (1 - share) + (18 if share > 0.08 else -16)
    style.write(figure, x + (12 if fits else -12), y, told, ha="left" if fits else "right", **style.STRONG)
