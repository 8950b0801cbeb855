"""A row of pictures with lines of text under each, as pictures and labels hang on a wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure

from cartellino.show.charts import style
from cartellino.show.charts.hanging import Pixels, fitted, hang
from cartellino.show.charts.letters import folded

_UNDER = 10.0  # between a picture and its lines
_LINE = style.SMALL * style.LINE


@dataclass(frozen=True)
class Captioned:
    """A picture and what stands under it.

    Parameters
    ----------
    pixels : ndarray (height, width, 1 or 3) of uint8
        Of any shape.
    lines : sequence of str
        Of any length; the first in ink, the others quieter.
    """

    pixels: Pixels
    lines: Sequence[str]


@dataclass(frozen=True)
class Wall:
    """A row of them, their feet on one line; to be measured first, and then drawn.

    Parameters
    ----------
    hung : sequence of Captioned
        The pictures.
    lefts : sequence of float
        Where each begins, in pixels.
    side : float
        How wide and how high a picture may be, in pixels.
    """

    hung: Sequence[Captioned]
    lefts: Sequence[float]
    side: float

    @property
    def height(self) -> float:
        """Of pictures and lines, in pixels."""
        return self._high + _UNDER + max(sum(map(len, each)) for each in self._lines) * _LINE

    def draw(self, figure: Figure, top: float) -> None:
        """Draw it on a sheet, `top` pixels from its upper edge."""
        foot = top + self._high
        for each, lines, left in zip(self.hung, self._lines, self.lefts, strict=True):
            width, height = fitted(each.pixels, self.side, self.side)
            hang(figure, each.pixels, left, foot - height, width, height)
            y = foot + _UNDER
            for place, line in enumerate(lines):
                colour = style.MUTED if place else style.INK
                middle = y + len(line) * _LINE / 2
                style.write(figure, left, middle, "\n".join(line), size=style.SMALL, color=colour)
                y += len(line) * _LINE

    @cached_property
    def _high(self) -> float:
        return max(fitted(each.pixels, self.side, self.side)[1] for each in self.hung)

    @cached_property
    def _lines(self) -> list[list[list[str]]]:
        return [[folded(line, self.side, style.SMALL) for line in each.lines] for each in self.hung]
