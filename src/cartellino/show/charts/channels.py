"""What a layer of a network gives: all its channels summed over pictures, and single ones of one picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from cartellino.show.charts import style
from cartellino.show.charts.heat import (
    APART,
    GAP,
    KEY,
    MARGIN,
    Floats,
    Looked,
    Pixels,
    coloured,
    fitted,
    framed,
    hang,
    head,
    head_height,
    key,
    picture,
    row_height,
)
from cartellino.show.words import number

_LARGE, _ACROSS, _TIGHT = 190.0, 8, 8.0  # side of the one picture; channels in a row; between them
_TILE = (style.WIDTH - 2 * MARGIN - _LARGE - APART - (_ACROSS - 1) * _TIGHT) / _ACROSS
_FOOT = style.SMALL * style.LINE + _TIGHT


def feature_maps(
    looked: Sequence[Looked], channels: Sequence[int], maps: Floats, of: int, least: str, most: str
) -> Figure:
    """Draw pictures under the sums of their feature maps, and single channels of the first of them.

    Parameters
    ----------
    looked : sequence of Looked
        Pictures and the sums of their channels.
    channels : sequence of int
        Numbers of the channels that are shown one by one.
    maps : ndarray (m, h, w) of float32
        Those channels of the first picture, from 0 to 1.
    of : int
        How many channels there are.
    least, most : str
        What 0 and 1 mean.
    """
    summed = f"all {number(of)} channels, summed"
    single = f"the first picture, and the {len(maps)} channels that are strongest in it, strongest first"
    tiles = [_tile(each, looked[0].picture) for each in maps]
    with style.house():
        tall = row_height(summed, looked) + head_height(single) + _height(tiles, looked[0]) + GAP + KEY
        figure = style.sheet(style.WIDTH, 2 * MARGIN + tall)
        top = hang(figure, summed, looked, MARGIN)
        head(figure, single, top)
        top += head_height(single)
        picture(figure, looked[0].picture, MARGIN, top, _LARGE)
        _tiles(figure, tiles, channels, top)
        key(figure, top + _height(tiles, looked[0]) + GAP, least, most)
    return figure


def _height(tiles: Sequence[Pixels], first: Looked) -> float:
    rows = -(-len(tiles) // _ACROSS)
    return max(fitted(first.picture, _LARGE)[1], rows * (fitted(tiles[0], _TILE)[1] + _FOOT))


def _tiles(figure: Figure, tiles: Sequence[Pixels], channels: Sequence[int], top: float) -> None:
    quiet: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED}
    for place, (tile, channel) in enumerate(zip(tiles, channels, strict=True)):
        row, column = divmod(place, _ACROSS)
        left = MARGIN + _LARGE + APART + column * (_TILE + _TIGHT)
        above = top + row * (fitted(tile, _TILE)[1] + _FOOT)
        framed(figure, left, above, *fitted(tile, _TILE))
        down = picture(figure, tile, left, above, _TILE)
        style.write(figure, left, above + down + 9, number(channel), **quiet)


def _tile(heat: Floats, like: Pixels) -> Pixels:
    """A map in colours, each place a field of its own, in the proportions of a picture."""
    down, across = like.shape[:2]
    return np.asarray(Image.fromarray(coloured(heat)).resize((across, down), Image.Resampling.NEAREST))
