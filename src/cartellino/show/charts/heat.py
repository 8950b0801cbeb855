"""Maps laid over pictures: where a network looked, from the least to the most of each picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from cartellino.show.charts import style
from cartellino.show.charts.letters import folded, width

# Even steps of lightness, for every kind of colour vision (Smith and van der Walt, SciPy 2015); it begins in
# black, so that a picture is only darkened where there is nothing to see.
_COLOURS = "inferno"
_LAID = 0.55  # opacity of a map over the grey picture below it
_LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601
_PAIRS, _BESIDE = 3, 5.0
MARGIN, GAP, APART, KEY = 16.0, 18.0, 22.0, 36.0
_ROOM = style.WIDTH - 2 * MARGIN
_COLUMN = (_ROOM - (_PAIRS - 1) * APART) / _PAIRS
_SIDE = (_COLUMN - _BESIDE) / 2
_ABOVE, _FOOT, _RAMP = 10.0, 6.0, 120.0

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Looked:
    """A picture, and where a network looked.

    Parameters
    ----------
    picture : ndarray (height, width, 3) of uint8
        In its own shape.
    heat : ndarray (h, w) of float32
        From 0 to 1, over the whole of the picture, however coarse.
    told : str
        What stands under it: lines of any length.
    """

    picture: Pixels
    heat: Floats
    told: str


def heat_maps(rows: Sequence[tuple[str, Sequence[Looked]]], least: str, most: str) -> Figure:
    """Draw pictures beside themselves under their maps, three to a line.

    Parameters
    ----------
    rows : sequence of (str, sequence of Looked)
        What stands above each row, and its pictures.
    least, most : str
        What 0 and 1 mean.
    """
    with style.house():
        tall = sum(row_height(*row) for row in rows)
        figure = style.sheet(style.WIDTH, 2 * MARGIN + tall + KEY)
        top = MARGIN
        for row in rows:
            top = hang(figure, *row, top)
        key(figure, top, least, most)
    return figure


def overlaid(picture: Pixels, heat: Floats) -> Pixels:
    """A map in colours over a picture in grey: no colour of the picture is taken for one of the map's.

    Parameters
    ----------
    picture : ndarray (height, width, 3) of uint8
        What lies below.
    heat : ndarray (h, w) of float32
        From 0 to 1; brought to the size of the picture bicubically.

    Returns
    -------
    ndarray (height, width, 3) of uint8
    """
    down, across = picture.shape[:2]
    smooth = Image.fromarray(np.asarray(heat, np.float32)).resize((across, down), Image.Resampling.BICUBIC)
    grey = (picture / 255 @ _LUMA)[..., None]
    mixed = _LAID * coloured(np.asarray(smooth)) / 255 + (1 - _LAID) * grey
    laid: Pixels = (mixed * 255).round().astype(np.uint8)
    return laid


def coloured(heat: Floats) -> Pixels:
    """A map (h, w) from 0 to 1 as colours (h, w, 3)."""
    colours: Pixels = mpl.colormaps[_COLOURS](np.clip(heat, 0, 1), bytes=True)[..., :3]
    return colours


def row_height(name: str, looked: Sequence[Looked]) -> float:
    """How much of a sheet a row takes: what stands above it, its lines of pictures and their words."""
    return head_height(name) + sum(_line_height(line) for line in _lines(looked))


def hang(figure: Figure, name: str, looked: Sequence[Looked], top: float) -> float:
    """Hang a row of pictures at `top`, and say where it ends."""
    head(figure, name, top)
    top += head_height(name)
    for line in _lines(looked):
        _hang_line(figure, line, top)
        top += _line_height(line)
    return top


def head(figure: Figure, name: str, top: float) -> None:
    """Write what stands above a row."""
    lines = folded(name, _ROOM, style.SMALL)
    middle = top + len(lines) * style.SMALL * style.LINE / 2
    style.write(figure, MARGIN, middle, "\n".join(lines), size=style.SMALL, color=style.MUTED)


def head_height(name: str) -> float:
    """How much of a sheet the words above a row take."""
    return len(folded(name, _ROOM, style.SMALL)) * style.SMALL * style.LINE + _ABOVE


def key(figure: Figure, top: float, least: str, most: str) -> None:
    """Say what the colours mean."""
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED}
    begin = MARGIN + width(least, style.SMALL) + 8
    ramp = coloured(np.linspace(0, 1, int(_RAMP), dtype=np.float32)[None])
    framed(figure, begin, top + 8, _RAMP, 10)
    style.panel(figure, begin, top + 8, _RAMP, 10).imshow(ramp, interpolation="none", aspect="auto")
    style.write(figure, MARGIN, top + 13, least, **quiet)
    style.write(figure, begin + _RAMP + 8, top + 13, most, **quiet)


def framed(figure: Figure, left: float, top: float, across: float, down: float) -> None:
    """Lay a hairline around a field of colours, whose black would be lost on a dark page."""
    style.box(figure, left - 1, top - 1, across + 2, down + 2, facecolor=style.HAIRLINE, zorder=-1)


def picture(figure: Figure, pixels: Pixels, left: float, top: float, side: float) -> float:
    """Hang a picture in its own shape, its longer side `side` pixels, and say how high it is."""
    across, down = fitted(pixels, side)
    style.panel(figure, left, top, across, down).imshow(pixels, interpolation="lanczos", aspect="auto")
    return down


def fitted(pixels: Pixels, side: float) -> tuple[float, float]:
    """Width and height of a picture whose longer side is `side`; a scroll is no thinner than a line."""
    down, across = pixels.shape[:2]
    scale = side / max(down, across)
    return max(across * scale, 2.0), max(down * scale, 2.0)


def _lines(looked: Sequence[Looked]) -> list[Sequence[Looked]]:
    return [looked[start : start + _PAIRS] for start in range(0, len(looked), _PAIRS)]


def _line_height(line: Sequence[Looked]) -> float:
    words = (len(_told(each)) * style.SMALL * style.LINE for each in line)
    pictures = (fitted(each.picture, _SIDE)[1] for each in line)
    return max(sum(each) for each in zip(pictures, words, strict=True)) + _FOOT + GAP


def _told(looked: Looked) -> list[str]:
    return [piece for each in looked.told.split("\n") for piece in folded(each, _COLUMN, style.SMALL)]


def _hang_line(figure: Figure, line: Sequence[Looked], top: float) -> None:
    for place, each in enumerate(line):
        left = MARGIN + place * (_COLUMN + APART)
        across, down = fitted(each.picture, _SIDE)
        picture(figure, each.picture, left, top, _SIDE)
        picture(figure, overlaid(each.picture, each.heat), left + across + _BESIDE, top, _SIDE)
        told = _told(each)
        middle = top + down + _FOOT + len(told) * style.SMALL * style.LINE / 2
        style.write(figure, left, middle, "\n".join(told), size=style.SMALL)
