"""Pictures that were taken for another class beside those that they look like, by pair of classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.captioned import Captioned, Wall
from cartellino.show.charts.letters import folded

_MARGIN, _GAP, _APART, _BELOW = 16.0, 16.0, 40.0, 28.0
_SIDE = (style.WIDTH - 2 * _MARGIN - 2 * _GAP - _APART) / 4
_LEFTS = tuple(
    _MARGIN + couple * (2 * (_SIDE + _GAP) - _GAP + _APART) + place * (_SIDE + _GAP)
    for couple in (0, 1)
    for place in (0, 1)
)


@dataclass(frozen=True)
class Confused:
    """Two classes that are taken for each other.

    Parameters
    ----------
    name, note : str
        A heading and what stands below it in small letters, of any length.
    couples : sequence of (Captioned, Captioned)
        One or two works, each beside the one that it is like.
    """

    name: str
    note: str
    couples: Sequence[tuple[Captioned, Captioned]]


def look_alikes(confused: Sequence[Confused]) -> Figure:
    """Draw pairs of pictures, a row of two pairs for each pair of classes.

    Parameters
    ----------
    confused : sequence of Confused
        From above.
    """
    wide = style.WIDTH - 2 * _MARGIN
    with style.house():
        walls = [_wall(each) for each in confused]
        heads = [(folded(each.name, wide * 0.9), folded(each.note, wide, style.SMALL)) for each in confused]
        rooms = [_room(*head) for head in heads]
        below = sum(rooms) + sum(wall.height + _BELOW for wall in walls)
        figure = style.sheet(style.WIDTH, _MARGIN + below)
        top = _MARGIN
        for (name, note), room, wall in zip(heads, rooms, walls, strict=True):
            _head(figure, name, note, top)
            wall.draw(figure, top + room)
            top += room + wall.height + _BELOW
    return figure


def _wall(confused: Confused) -> Wall:
    hung = [each for couple in confused.couples for each in couple]
    return Wall(hung, _LEFTS[: len(hung)], _SIDE)


def _room(name: Sequence[str], note: Sequence[str]) -> float:
    return (len(name) * style.SIZE + len(note) * style.SMALL) * style.LINE + 12


def _head(figure: Figure, name: Sequence[str], note: Sequence[str], top: float) -> None:
    tall = len(name) * style.SIZE * style.LINE
    style.write(figure, _MARGIN, top + tall / 2, "\n".join(name), **style.STRONG)
    middle = top + tall + len(note) * style.SMALL * style.LINE / 2
    style.write(figure, _MARGIN, middle, "\n".join(note), size=style.SMALL, color=style.MUTED)
