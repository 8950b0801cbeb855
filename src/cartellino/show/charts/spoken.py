"""Visual words: pictures with their words drawn on them, and what stands for each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.captioned import Captioned, Wall
from cartellino.show.charts.hanging import Pixels, hang

_MARGIN, _GAP, _APART = 16.0, 16.0, 24.0
_ACROSS = 3
_SIDE = (style.WIDTH - 2 * _MARGIN - (_ACROSS - 1) * _GAP) / _ACROSS
_PATCH, _NAMES, _BAR, _ROW = 76.0, 120.0, 8.0, 88.0


@dataclass(frozen=True)
class Word:
    """A visual word.

    Parameters
    ----------
    name, note : str
        What it is called, and what stands below that in small letters.
    colour : str
        In which it is drawn on the pictures.
    patches : sequence of ndarray (side, side, 3) of uint8
        What is nearest to it, nearest first.
    """

    name: str
    note: str
    colour: str
    patches: Sequence[Pixels]


def spoken(pictures: Sequence[Captioned], words: Sequence[Word]) -> Figure:
    """Draw pictures in rows of three, and below them a row of patches for each word.

    Parameters
    ----------
    pictures : sequence of Captioned
        With words drawn on them already.
    words : sequence of Word
        Those that have a colour.
    """
    with style.house():
        walls = [_wall(pictures[first : first + _ACROSS]) for first in range(0, len(pictures), _ACROSS)]
        above = _MARGIN + sum(wall.height + _APART for wall in walls)
        figure = style.sheet(style.WIDTH, above + len(words) * _ROW + _MARGIN)
        top = _MARGIN
        for wall in walls:
            wall.draw(figure, top)
            top += wall.height + _APART
        for place, word in enumerate(words):
            _row(figure, word, above + place * _ROW)
    return figure


def _wall(pictures: Sequence[Captioned]) -> Wall:
    return Wall(pictures, [_MARGIN + place * (_SIDE + _GAP) for place in range(len(pictures))], _SIDE)


def _row(figure: Figure, word: Word, top: float) -> None:
    middle = top + _PATCH / 2
    style.write(figure, _MARGIN, middle - 9, word.name)
    style.write(figure, _MARGIN, middle + 9, word.note, size=style.SMALL, color=style.MUTED)
    left = _MARGIN + _NAMES
    # A picture of one colour: unlike a box it stays by night what it is on the pictures above.
    hang(figure, _plain(word.colour), left, top, _BAR, _PATCH)
    for place, patch in enumerate(word.patches):
        hang(figure, patch, left + _BAR + 8 + place * (_PATCH + 8), top, _PATCH, _PATCH)


def _plain(colour: str) -> Pixels:
    return np.full((2, 2, 3), np.array(to_rgb(colour)) * 255, np.uint8)
