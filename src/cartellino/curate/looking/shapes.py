"""Shape, size, border and origin of the pictures of each class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue.pictures import BestView
from cartellino.curate.looking.sample import Sample

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def shapes(sample: Sample) -> list[dict[str, Any]]:
    """Of the pictures drawn for each class: aspect ratio, longest side, border, formats and origins."""
    ratios, sides, borders = ratio(sample.views), longest(sample.views), border(sample.views).sum(axis=1)
    return [
        {
            "pictures": len(drawn),
            "ratio": _quantiles(ratios[drawn]),
            "longest_side": _quantiles(sides[drawn]),
            "bordered": float((borders[drawn] > 0).mean()) if len(drawn) else 0.0,
            "formats": _shares(sample, drawn, lambda view: view.picture.format),
            "origins": _shares(sample, drawn, origin),
        }
        for drawn in sample.drawn
    ]


def ratio(views: Sequence[BestView]) -> NDArray[np.float64]:
    """Width over height inside the border; (n,)."""
    return np.array([_inside(view)[0] / _inside(view)[1] for view in views])


def longest(views: Sequence[BestView]) -> NDArray[np.float64]:
    """Longest side of the whole picture in pixels; (n,)."""
    return np.array([float(max(view.picture.width, view.picture.height)) for view in views])


def border(views: Sequence[BestView]) -> NDArray[np.float64]:
    """Shares of a side that the borders left, above, right and below take; (n, 4)."""
    return np.array([_border(view) for view in views]).reshape(len(views), 4)


def origin(view: BestView) -> str:
    """The host a picture was fetched from; of files, the source that named them."""
    return urlsplit(view.address).hostname or view.source if "://" in view.address else view.source


def _border(view: BestView) -> tuple[float, ...]:
    kept, trim = view.picture, view.picture.trim
    right, below = kept.width - trim.right, kept.height - trim.bottom
    return trim.left / kept.width, trim.top / kept.height, right / kept.width, below / kept.height


def _inside(view: BestView) -> tuple[int, int]:
    trim = view.picture.trim
    return trim.right - trim.left, trim.bottom - trim.top


def _quantiles(values: NDArray[np.float64]) -> list[float]:
    return np.quantile(values, QUANTILES).tolist() if len(values) else []


def _shares(sample: Sample, drawn: NDArray[np.int64], what: Any) -> dict[str, float]:
    counted = Counter(what(sample.views[place]) for place in drawn.tolist())
    return {name: count / len(drawn) for name, count in counted.most_common()}
