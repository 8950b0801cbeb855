"""Pages of writing: dark strokes on bright plain paper, in lines that run through with gaps between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.float32]

_STRIPS = 4  # side by side: lines of writing run through all of them, brushwork does not
_PAPER = 20.0  # levels within which paper is of one colour
_INK = 40.0  # levels by which a stroke is darker than the paper around it
_AROUND = 12  # pixels: wider than a stroke, narrower than a picture
_LEAST = 32  # pixels: on fewer nothing can be read
_MARGIN = 0.06  # of each side, where shadows and edges of the sheet lie
_CLOSEST, _WIDEST = 4, 64  # pixels from line to line


def page(grey: Grey, chroma: Grey) -> dict[str, float]:
    """Measure how much a picture is like a page.

    Parameters
    ----------
    grey : ndarray (h, w)
        Luminance, 0 to 255.
    chroma : ndarray (h, w)
        Difference of the colour channels, 0 to 255.

    Returns
    -------
    dict of str to float
        ``paper``: share of pixels of the one bright colour that is most frequent; ``ink``: share of dark
        strokes; ``lines``: how regularly lines return (autocorrelation of the rows, 0 to 1); ``through``:
        how alike the rows of strips side by side are (correlation); ``gaps``: share of rows almost without
        ink between the first line and the last; ``tint``: colour of the paper and the ink (levels).
    """
    inner = _within(grey)
    if min(inner.shape) < _LEAST:
        return dict.fromkeys(("paper", "ink", "lines", "through", "gaps", "tint"), 0.0)
    paper, share = _paper(inner)
    ink = (_ground(inner) - inner) > _INK
    strips = [strip.mean(axis=1) for strip in np.array_split(ink.astype(np.float32), _STRIPS, axis=1)]
    rows = ink.mean(axis=1)
    return {
        "paper": share if paper >= 128 else 0.0,
        "ink": float(ink.mean()),
        "lines": _regularity(rows),
        "through": _alike(strips),
        "gaps": _gaps(rows),
        "tint": float(np.median(_within(chroma))),
    }


def _within(values: Grey) -> Grey:
    top, left = (max(1, round(side * _MARGIN)) for side in values.shape)
    return values[top:-top, left:-left] if min(values.shape) > 4 * max(top, left) else values


def _paper(grey: Grey) -> tuple[float, float]:
    """The most frequent luminance, and the share of pixels near it."""
    counts = np.bincount(grey.astype(np.int64).ravel(), minlength=256)
    around = np.convolve(counts, np.ones(9), "same")
    mode = float(around.argmax())
    return mode, float((np.abs(grey - mode) <= _PAPER).mean())


def _ground(grey: Grey) -> Grey:
    """The paper under the strokes: the brightest around each pixel, smoothly joined."""
    rows, columns = (max(1, side // _AROUND) for side in grey.shape)
    whole = grey[: rows * _AROUND, : columns * _AROUND] if min(grey.shape) >= _AROUND else grey
    blocks = whole.reshape(rows, whole.shape[0] // rows, columns, whole.shape[1] // columns).max(axis=(1, 3))
    size = (grey.shape[1], grey.shape[0])
    return np.asarray(Image.fromarray(blocks).resize(size, Image.Resampling.BILINEAR), np.float32)


def _regularity(rows: Grey) -> float:
    """The highest return of the autocorrelation after its first fall below zero."""
    centred = rows - rows.mean()
    power = float(centred @ centred)
    widest = min(_WIDEST, len(rows) // 4)
    if power <= 0 or widest <= _CLOSEST:
        return 0.0
    whole = np.correlate(centred, centred, "full")[len(rows) - 1 :]
    told = whole / power * len(rows) / np.arange(len(rows), 0, -1)
    fallen = np.flatnonzero(told[:widest] < 0)
    if not len(fallen):
        return 0.0
    return float(np.clip(told[max(_CLOSEST, int(fallen[0])) : widest + 1].max(initial=0.0), 0, 1))


def _alike(strips: list[Grey]) -> float:
    """Median correlation between the rows of strips side by side."""
    found = [
        float(np.corrcoef(one, other)[0, 1]) if one.std() > 0 and other.std() > 0 else 0.0
        for place, one in enumerate(strips)
        for other in strips[place + 1 :]
    ]
    return float(np.median(found))


def _gaps(rows: Grey) -> float:
    busy = np.flatnonzero(rows > 0.02)
    if len(busy) < 2:
        return 0.0
    between = rows[busy[0] : busy[-1] + 1]
    return float((between < 0.1 * np.percentile(between, 90)).mean())
