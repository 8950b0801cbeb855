"""Scores beside chance: what is far right of its mark was not guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.letters import rows, width
from cartellino.show.words import percent

_ROW, _MARGIN, _TOP, _FOOT, _NAMES = 34.0, 16.0, 44.0, 52.0, 240.0


def beside_chance(
    names: Sequence[str],
    scores: Sequence[tuple[float, float, float]],
    chances: Sequence[float],
    measure: str,
    found: Sequence[bool],
) -> Figure:
    """Draw a score with its interval and the score of chance for each row.

    Parameters
    ----------
    names : sequence of str
        What each score is of.
    scores : sequence of (float, float, float)
        Score and the ends of its interval, from 0 to 1.
    chances : sequence of float
        What chance reaches.
    measure : str
        What is measured, for the axis.
    found : sequence of bool
        Which scores are a finding, and drawn as one.
    """
    with style.house():
        laid = rows(names, _NAMES, _ROW)
        figure = style.sheet(style.WIDTH, _TOP + laid.height + _FOOT)
        left, right = _MARGIN + laid.room + 16, 180.0
        room = style.WIDTH - left - right
        field = style.panel(figure, left, _TOP, room, laid.height)
        field.set_ylim(laid.height, 0)
        style.axis(figure, field, {tick / 100: f"{tick} %" for tick in range(0, 101, 20)}, measure)
        head: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED, "ha": "right"}
        style.write(figure, style.WIDTH - 90, _TOP - 14, "guessed", **head)
        style.write(figure, style.WIDTH - _MARGIN, _TOP - 14, "chance", **head)
        for row, y in enumerate(laid.middles):
            score, low, high = scores[row]
            colour = style.VERMILLION if found[row] else style.BLUE
            field.axhline(y, color=style.HAIRLINE, linewidth=1, zorder=0)
            field.plot([low, high], [y, y], color=colour, linewidth=3, alpha=0.55, solid_capstyle="butt")
            field.plot([score], [y], "o", color=colour, markersize=8)
            field.plot(
                [chances[row]] * 2, [y - 9, y + 9], color=style.INK, linewidth=2, solid_capstyle="butt"
            )
            style.write(figure, left - 16, _TOP + y, laid.names[row], ha="right")
            style.write(figure, style.WIDTH - 90, _TOP + y, percent(score), ha="right")
            told = percent(chances[row])
            style.write(figure, style.WIDTH - _MARGIN, _TOP + y, told, ha="right", color=style.MUTED)
        if names:
            _mark(figure, left, chances[0], room)
    return figure


def _mark(figure: Figure, left: float, chance: float, room: float) -> None:
    half = width("chance", style.SMALL) / 2
    x = min(max(left + chance * room, left + half), left + room - half)
    style.write(figure, x, _TOP - 14, "chance", size=style.SMALL, ha="center")
