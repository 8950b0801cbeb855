"""Pictures on a sheet: whole, never cropped, as sharp as a screen can show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded

Pixels = NDArray[np.uint8]

_MARGIN, _GAP, _HEAD, _APART = 16.0, 10.0, 30.0, 18.0
_TALL = 132.0  # pixels: no row is higher
_WIDEST = 3.0  # times as wide as high: a scroll that is longer hangs in less height than its neighbours


@dataclass(frozen=True)
class Hung:
    """A row of pictures under a heading.

    Parameters
    ----------
    name, note : str
        The heading, of any length, and what stands beside it in small letters.
    pictures : sequence of ndarray (height, width, 1 or 3) of uint8
        Of any shape.
    """

    name: str
    note: str
    pictures: Sequence[Pixels]


def hangings(hung: Sequence[Hung]) -> Figure:
    """Draw rows of pictures as they would hang: side by side, one height, each in its own shape."""
    wide = style.WIDTH - 2 * _MARGIN
    with style.house():
        heads = [folded(each.name, wide * 0.7) for each in hung]
        tall = [_height(each.pictures, wide) for each in hung]
        rooms = [_HEAD + (len(head) - 1) * style.SIZE * style.LINE for head in heads]
        figure = style.sheet(style.WIDTH, _MARGIN + sum(rooms) + sum(tall) + len(hung) * _APART)
        top = _MARGIN
        for each, head, height, room in zip(hung, heads, tall, rooms, strict=True):
            lines = room - _HEAD + style.SIZE * style.LINE
            style.write(figure, _MARGIN, top + lines / 2, "\n".join(head), **style.STRONG)
            aside = style.WIDTH - _MARGIN
            quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED, "ha": "right"}
            style.write(figure, aside, top + style.SIZE * style.LINE / 2, each.note, **quiet)
            _row(figure, each.pictures, top + room, height)
            top += room + height + _APART
    return figure


def hang(figure: Figure, pixels: Pixels, left: float, top: float, width: float, height: float) -> None:
    """Hang a picture on a sheet, filling a rectangle that has its shape."""
    shown = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels
    field = style.panel(figure, left, top, width, height)
    field.imshow(shown, interpolation="lanczos", aspect="auto")


def fitted(pixels: Pixels, width: float, height: float) -> tuple[float, float]:
    """Width and height of a picture that is to lie whole within a rectangle; a pixel at the least."""
    down, across = pixels.shape[:2]
    scale = min(width / across, height / down)
    return max(1.0, across * scale), max(1.0, down * scale)


def _row(figure: Figure, pictures: Sequence[Pixels], top: float, height: float) -> None:
    left = _MARGIN
    for each in pictures:
        width, high = fitted(each, height * _aspect(each), height)
        hang(figure, each, left, top + (height - high) / 2, width, high)
        left += width + _GAP


def _height(pictures: Sequence[Pixels], wide: float) -> float:
    """The height at which a row fits the sheet."""
    room = wide - (len(pictures) - 1) * _GAP
    return min(_TALL, room / sum(_aspect(each) for each in pictures))


def _aspect(pixels: Pixels) -> float:
    down, across = (float(each) for each in pixels.shape[:2])
    return min(_WIDEST, across / down)
