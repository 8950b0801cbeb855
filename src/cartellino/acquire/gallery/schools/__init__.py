"""The six schools: what each paints, and how it would paint what others have painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from cartellino.acquire.gallery.brush import Hand, Painted, Size
from cartellino.acquire.gallery.schools import dabs, fields, grids, tilings, washes, woodcuts


@dataclass(frozen=True, slots=True)
class School:
    """A school: `paint` makes a picture of its own, `manner` shows another's as this school would."""

    paint: Callable[[np.random.Generator, Size, Hand], Painted]
    manner: Callable[[Image.Image, np.random.Generator], Image.Image]


SCHOOLS = {
    "Primary Grid": School(grids.paint, grids.manner),
    "Pointillism": School(dabs.paint, dabs.manner),
    "Ink Wash": School(washes.paint, washes.manner),
    "Woodcut": School(woodcuts.paint, woodcuts.manner),
    "Geometric Tiling": School(tilings.paint, tilings.manner),
    "Colour Field": School(fields.paint, fields.manner),
}
