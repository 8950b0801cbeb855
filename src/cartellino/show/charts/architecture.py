"""What a classifier is made of, from what it is given to what it answers, one layer below the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded, width
from cartellino.show.words import number

_MARGIN, _TOP, _FOOT, _ROW = 16.0, 44.0, 20.0, 52.0
_GLYPHS, _NAMES, _SHAPES, _NUMBERS = 190.0, 300.0, 150.0, 104.0
_TALLEST, _DEEPEST, _FLAT = 36.0, 64.0, 168.0


class Stage(NamedTuple):
    """A layer as it is drawn: its name, what it does, the shape that it gives, and what it weighs."""

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int | None
    learnt: bool = True


def architecture(stages: Sequence[Stage]) -> Figure:
    """Draw layers from the first, above, to the last; blue is learnt, grey is taken as it is.

    Maps of numbers are drawn as slabs, as high as they are wide and as deep as they have channels; rows of
    numbers as bars. Lengths go with the logarithm. A bar beside the number of parameters is its share of all.

    Parameters
    ----------
    stages : sequence of Stage
        The layers, with names of any length.
    """
    names = [folded(stage.name, _NAMES) for stage in stages]
    kinds = [folded(stage.kind, _NAMES, style.SMALL) for stage in stages]
    heights = [_height(*each) for each in zip(names, kinds, strict=True)]
    with style.house():
        figure = style.sheet(style.WIDTH, _TOP + sum(heights) + _FOOT)
        field = style.panel(figure, 0, 0, *style.sides(figure))
        field.set_xlim(0, style.WIDTH)
        field.set_ylim(style.sides(figure)[1], 0)
        _heads(figure)
        most = max((stage.parameters or 0 for stage in stages), default=0)
        top = _TOP
        for place, stage in enumerate(stages):
            y = top + heights[place] / 2
            if place:
                _arrow(field, top)
            _glyph(field, stage, y)
            _words(figure, names[place], kinds[place], y)
            _numbers(figure, field, stage, y, most)
            top += heights[place]
    return figure


def _height(name: Sequence[str], kind: Sequence[str]) -> float:
    lines = (len(name) * style.SIZE + len(kind) * style.SMALL) * style.LINE
    return max(_ROW, lines + 16)


def _heads(figure: Figure) -> None:
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED}
    left = _MARGIN + _GLYPHS + 16
    style.write(figure, left, _TOP - 20, "layer", **quiet)
    style.write(figure, left + _NAMES + _SHAPES, _TOP - 20, "gives", ha="right", **quiet)
    style.write(figure, style.WIDTH - _MARGIN, _TOP - 20, "parameters", ha="right", **quiet)


def _arrow(field: Axes, y: float) -> None:
    x = _MARGIN + _GLYPHS / 2
    field.plot([x, x], [y - 5, y + 5], color=style.CONTEXT, linewidth=1)
    field.plot([x - 3, x, x + 3], [y + 1, y + 5, y + 1], color=style.CONTEXT, linewidth=1)


def _glyph(field: Axes, stage: Stage, y: float) -> None:
    middle = _MARGIN + _GLYPHS / 2
    colour = style.BLUE if stage.learnt and stage.parameters != 0 else style.CONTEXT
    edges: dict[str, Any] = {"linewidth": 1, "edgecolor": colour}
    if len(stage.shape) == 3:
        channels, down, _ = stage.shape
        high = _TALLEST * min(1.0, math.log2(down + 1) / 8)
        deep = _DEEPEST * min(1.0, math.log2(channels + 1) / 11)
        slant = high / 3
        left, low = middle - (deep + slant) / 2, y + high * 0.35 - 2
        front = [(left, low), (left + slant, low - high * 0.7), (left + slant + deep, low - high * 0.7)]
        face = [*front, (left + deep, low)]
        field.add_patch(Polygon(face, facecolor=colour, alpha=0.35, **edges))
        side = [(left, low), (left + deep, low), (left + deep, low + 5), (left, low + 5)]
        field.add_patch(Polygon(side, facecolor=colour, alpha=0.7, **edges))
        return
    long = _FLAT * min(1.0, math.log2(math.prod(stage.shape) + 1) / 12) if stage.shape else 44.0
    corners = [(middle - long / 2, y - 6), (middle + long / 2, y - 6)]
    corners += [(middle + long / 2, y + 6), (middle - long / 2, y + 6)]
    field.add_patch(Polygon(corners, facecolor=colour, alpha=0.35, **edges))


def _words(figure: Figure, name: Sequence[str], kind: Sequence[str], y: float) -> None:
    left = _MARGIN + _GLYPHS + 16
    over, under = len(name) * style.SIZE * style.LINE, len(kind) * style.SMALL * style.LINE
    style.write(figure, left, y - under / 2, "\n".join(name))
    style.write(figure, left, y + over / 2, "\n".join(kind), size=style.SMALL, color=style.MUTED)


def _numbers(figure: Figure, field: Axes, stage: Stage, y: float, most: int) -> None:
    right = _MARGIN + _GLYPHS + 16 + _NAMES + _SHAPES
    shape = " × ".join(number(side) for side in stage.shape)
    fits = style.SIZE * min(1.0, _SHAPES / max(1.0, width(shape)))
    style.write(figure, right, y, shape, ha="right", size=fits)
    told = (
        "by the data" if stage.parameters is None else number(stage.parameters) if stage.parameters else "–"
    )
    quiet: dict[str, Any] = {} if stage.parameters else {"color": style.MUTED}
    style.write(figure, style.WIDTH - _MARGIN, y, told, ha="right", **quiet)
    if stage.parameters:
        long = max(1.0, _NUMBERS * stage.parameters / most)
        x, low = style.WIDTH - _MARGIN, y + 13
        colour = style.BLUE if stage.learnt else style.CONTEXT
        field.plot([x - long, x], [low, low], color=colour, linewidth=3, solid_capstyle="butt", alpha=0.6)
