"""Trivial cues: what can be told of a picture without looking at the work, and might give its label away.

A classifier that learns them does well on a test of the same pictures and badly on others: black padding
around one class, white backdrops behind another (Geirhos and others, Nature Machine Intelligence 2, 2020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.looking.pixels import Pixels
from cartellino.curate.looking.sample import Sample
from cartellino.curate.looking.shapes import border, longest, origin, ratio

Columns = NDArray[np.float64]

SIZE, SHAPE, BORDER = "size", "shape", "border"
BACKGROUND, ORIGIN, ALL = "background colour", "format and origin", "all together"
WHAT: Mapping[str, str] = {
    SIZE: "longest side in pixels",
    SHAPE: "width over height",
    BORDER: "how much of each side is padding",
    BACKGROUND: "mean colour and evenness of the outermost ring",
    ORIGIN: "kind of file, and where it came from",
}
_KINDS = 20  # origins told apart, the most frequent


def cues(sample: Sample, pixels: Pixels) -> dict[str, Columns]:
    """The cues of the pictures that could be decoded, by name; columns that are all alike are left out.

    Returns
    -------
    dict of str to ndarray (n, columns)
        Cues with a column left; with more than one, the last is all of them together.
    """
    views = [view for view, seen in zip(sample.views, pixels.seen.tolist(), strict=True) if seen]
    kinds = [view.picture.format for view in views]
    found = {
        SIZE: np.log(longest(views))[:, None],
        SHAPE: np.log(ratio(views))[:, None],
        BORDER: border(views),
        BACKGROUND: pixels.rings[pixels.seen].astype(np.float64),
        ORIGIN: np.hstack([_told_apart(kinds), _told_apart([origin(view) for view in views])]),
    }
    varying = {name: columns[:, np.ptp(columns, axis=0) > 0] for name, columns in found.items()}
    kept = {name: columns for name, columns in varying.items() if columns.shape[1]}
    return kept | ({ALL: np.hstack(list(kept.values()))} if len(kept) > 1 else {})


def _told_apart(names: list[str]) -> Columns:
    """A column of 0 and 1 for each of the frequent names."""
    frequent = [name for name, _ in Counter(names).most_common(_KINDS)]
    return np.array([[float(name == each) for each in frequent] for name in names])
