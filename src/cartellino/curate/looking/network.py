"""What a network sees: originals beside the squares of pixels that a backbone is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from cartellino.catalogue import Catalogue
from cartellino.curate.looking.sample import Sample
from cartellino.curate.looking.shapes import border, ratio
from cartellino.curate.looking.sheets import Hung, hang
from cartellino.curate.looking.thumbs import inline
from cartellino.errors import PictureError
from cartellino.features.backbone import Backbone
from cartellino.pictures.store import PictureStore

_ODD = 2  # of the longest and of the most bordered each
_PAIRS = 8
_SIDE = 200


@dataclass(frozen=True)
class Seen:
    """An original, and the address of its square on the page."""

    original: Hung
    square: str


def seen(catalogue: Catalogue, sample: Sample, store: PictureStore, backbone: Backbone) -> list[Seen]:
    """Some works as a backbone gets them, first those it changes most."""
    pairs = []
    for place in _chosen(sample):
        view = sample.views[place]
        original = hang(catalogue, sample, store, place, _SIDE)
        if original is None:
            continue
        try:
            pixels = np.hstack(list(backbone.prepare(store.path(view.picture), view.picture.trim)))
        except PictureError:
            continue
        square = Image.fromarray(pixels).resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
        pairs.append(Seen(original, inline(square)))
    return pairs


def _chosen(sample: Sample) -> list[int]:
    """The longest pictures, those with the widest borders, and the first of each class."""
    longest = np.argsort(-np.abs(np.log(ratio(sample.views))))[:_ODD].tolist()
    widths = border(sample.views).sum(axis=1)
    bordered = [place for place in np.argsort(-widths)[:_ODD].tolist() if widths[place] > 0]
    first = [int(drawn[0]) for drawn in sample.drawn if len(drawn)]
    return list(dict.fromkeys([*longest, *bordered, *first]))[:_PAIRS]
