"""How wide words are, and where they fold: the name of a class is never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from cartellino.show.charts.style import LINE, SIZE
from cartellino.show.words import plain


@lru_cache(maxsize=65536)
def width(text: str, size: float = SIZE, weight: int = 400) -> float:
    """Width of a line of text in pixels."""
    letters = FontProperties(size=size, weight=weight)
    across, _, _ = text_to_path.get_text_width_height_descent(text, letters, ismath=False)
    return float(across)


def folded(name: str, room: float, size: float = SIZE) -> list[str]:
    """Fold a name into lines no wider than `room` pixels, at blanks where there are any; never before '%'."""
    lines = [""]
    for word in re.split(r" (?!%)", plain(name)):
        for piece in _pieces(word, room, size):
            longer = f"{lines[-1]} {piece}".strip()
            if not lines[-1] or width(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


@dataclass(frozen=True)
class Rows:
    """Rows of names, each as high as its name needs.

    Parameters
    ----------
    names : tuple of str
        Folded, lines parted by line feeds.
    room : float
        Width of the widest line, in pixels.
    heights : tuple of float
        Of the rows, in pixels.
    """

    names: tuple[str, ...]
    room: float
    heights: tuple[float, ...]

    @property
    def middles(self) -> list[float]:
        """The middle of each row, in pixels from the top."""
        return [below - height / 2 for below, height in zip(self.edges[1:], self.heights, strict=True)]

    @property
    def edges(self) -> list[float]:
        """Where rows begin and end: one more than there are rows."""
        edges = [0.0]
        for height in self.heights:
            edges.append(edges[-1] + height)
        return edges

    @property
    def height(self) -> float:
        """All rows together."""
        return sum(self.heights)


def rows(names: Sequence[str], room: float, least: float, size: float = SIZE) -> Rows:
    """Lay names out in rows at least `least` pixels high, folded to `room` pixels."""
    lines = [folded(name, room, size) for name in names]
    widest = max((width(line, size) for each in lines for line in each), default=0.0)
    air = max(0.0, least - size * LINE)
    heights = tuple(max(least, len(each) * size * LINE + air / 2) for each in lines)
    return Rows(tuple("\n".join(each) for each in lines), widest, heights)


def _pieces(word: str, room: float, size: float) -> list[str]:
    pieces, rest = [], word
    while width(rest, size) > room and len(rest) > 1:
        fits = next(end for end in range(len(rest) - 1, 0, -1) if end == 1 or width(rest[:end], size) <= room)
        pieces.append(rest[:fits])
        rest = rest[fits:]
    return [*pieces, rest]
