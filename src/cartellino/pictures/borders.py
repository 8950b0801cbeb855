"""Borders found: black padding, scanner beds, mats.

A border is a strip of one colour that ends in a straight edge. The edge is what tells it from the backdrop of
an object or the dark ground of a portrait: the lines just inside a border differ from it over most of their
length, but a bust before a black wall only where the bust is. So backdrops stay, as does whatever is in
doubt; a trim never leaves less than a quarter of a side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cartellino.records import Trim

_SHORTEST = 16  # sides with fewer pixels hold no border worth the doubt
_SAMPLES = 96  # pixels looked at along each line
_HAIR = 2  # outermost lines are often half something else, from scaling
_TOLERANCES = (2, 6, 12)  # levels of 255: exact padding, JPEG's noise, a scanner's
_STRAY = 0.02  # share of a border's line that may differ
_AHEAD = 8  # lines within which the edge must come: one block of JPEG
_RINGING = 4  # lines before an edge that JPEG may blur
_EDGE = 0.5  # share of a line that must differ just inside an edge
_CLEAN_EDGE = 0.75  # not all of it: a sheet in a corner leaves the bed on two sides
_CONTRAST = 16.0  # levels by which the inside must differ from a border of any colour
_FAINT = 3.0  # enough where the border is black or white itself: dark paintings in black padding
_ALIKE = 12  # levels by which borders on opposite sides may differ
_LAYERS = 3  # a mat inside a scanner's bed inside padding


@dataclass(frozen=True, slots=True)
class _Border:
    lines: int
    colour: int
    contrast: float
    straightness: float

    @property
    def is_black_or_white(self) -> bool:
        return self.colour <= 4 or self.colour >= 251

    @property
    def is_certain(self) -> bool:
        return self.contrast >= (_FAINT if self.is_black_or_white else _CONTRAST)

    @property
    def stands_alone(self) -> bool:
        """Whether it is believed without one like it on the opposite side."""
        clean = self.straightness >= _CLEAN_EDGE and self.contrast >= _CONTRAST
        return self.is_black_or_white and clean


def find(image: Image.Image) -> Trim:
    """Find what lies inside a picture's borders.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode 'RGB' or 'L'.

    Returns
    -------
    Trim
        The inner rectangle; the whole picture if it has no border.
    """
    grey = np.asarray(image if image.mode == "L" else image.convert("L"))
    bottom, right = grey.shape
    top = left = 0
    for _ in range(_LAYERS):
        inner = grey[top:bottom, left:right]
        above, below = _pair(inner)
        before, behind = _pair(inner.T)
        if not (above or below or before or behind):
            break
        top, bottom, left, right = top + above, bottom - below, left + before, right - behind
    return Trim(left, top, right, bottom)


def _pair(lines: NDArray[np.uint8]) -> tuple[int, int]:
    """Widths of the borders at both ends of `lines`, (n, length)."""
    if min(lines.shape) < _SHORTEST:
        return 0, 0
    step = max(1, lines.shape[1] // _SAMPLES)
    first, last = _border(lines[:, ::step]), _border(lines[::-1, ::step])
    alike = first and last and abs(first.colour - last.colour) <= _ALIKE
    above = first.lines if first and (alike or first.stands_alone) else 0
    below = last.lines if last and (alike or last.stands_alone) else 0
    return (above, below) if len(lines) - above - below >= len(lines) / 4 else (0, 0)


def _border(lines: NDArray[np.uint8]) -> _Border | None:
    outermost = np.sort(lines[_HAIR])
    colour = int(outermost[len(outermost) // 2])
    stray = int(len(outermost) * _STRAY)
    spread = max(colour - int(outermost[stray]), int(outermost[-1 - stray]) - colour)
    if spread > _TOLERANCES[-1]:
        return None
    lines = np.ascontiguousarray(lines[: len(lines) * 3 // 4 + _AHEAD])  # no border reaches further
    for tolerance in _TOLERANCES:
        found = _ending(lines, colour, tolerance) if spread <= tolerance else None
        if found and found.is_certain:
            return found
    return None


def _ending(lines: NDArray[np.uint8], colour: int, tolerance: int) -> _Border | None:
    share = _differing(lines, colour, tolerance)
    loud = np.flatnonzero(share[_HAIR:] > _STRAY)
    if not len(loud):
        return None
    end = _HAIR + int(loud[0])
    edges = np.flatnonzero(share[end : end + _AHEAD] >= _EDGE)
    if not len(edges):
        return None
    edge = end + int(edges[0])
    off = np.abs(lines[edge : edge + _RINGING + 6].astype(np.int16) - colour)
    inside = off[:_RINGING].mean(axis=1)
    ringing = int(np.argmax(inside >= inside.max() / 2))  # faint lines before the edge of a JPEG
    edge += ringing
    contrast = float(off[ringing : ringing + 6].mean())
    return _Border(edge, colour, contrast, float(share[edge : edge + 4].max()))


def _differing(lines: NDArray[np.uint8], colour: int, tolerance: int) -> NDArray[np.float32]:
    """The share of each line that differs from the colour."""
    low, high = max(0, colour - tolerance), min(255, colour + tolerance)
    differs = lines - np.uint8(low) > high - low  # what lies below wraps around and is large: one comparison
    # A product, because numpy's sums along rows of booleans take three times as long.
    share: NDArray[np.float32] = differs.astype(np.float32) @ np.full(
        lines.shape[1], 1 / lines.shape[1], np.float32
    )
    return share
