"""CMYK without a profile: what the four inks of ordinary offset printing look like on paper.

Without a profile the inks are a guess, and the arithmetic one ``(1 - c)(1 - k)`` gives colours that no press
can print. These are Neugebauer's equations (H. E. J. Neugebauer, 'Die theoretischen Grundlagen des
Mehrfarbenbuchdrucks', 1937) with the correction of Yule and Nielsen (1951, n = 2) for light that spreads in
the paper, over the solid inks of ISO 12647-2:2004, relative to its paper.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_PAPER = (95.0, 0.0, -2.0)
_BLACK = (16.0, 0.0, 0.0)
_SOLIDS = {  # CIELAB (D50) of cyan, magenta, yellow and their overprints
    (0, 0, 0): _PAPER,
    (1, 0, 0): (55.0, -37.0, -50.0),
    (0, 1, 0): (48.0, 74.0, -3.0),
    (0, 0, 1): (89.0, -5.0, 93.0),
    (0, 1, 1): (47.0, 68.0, 48.0),
    (1, 0, 1): (50.0, -68.0, 33.0),
    (1, 1, 0): (24.0, 17.0, -46.0),
    (1, 1, 1): (23.0, 0.0, 0.0),
}
_WHITE = np.array([0.9642, 1.0, 0.8249])  # D50
_TO_LINEAR = np.array(  # XYZ (D50) to linear sRGB, by Bradford's adaptation
    [[3.1339, -1.6169, -0.4906], [-0.9788, 1.9161, 0.0335], [0.0719, -0.2290, 1.4052]]
)
_ROWS = 64


def printed(image: Image.Image) -> Image.Image:
    """Show a CMYK picture as ordinary offset printing would.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode 'CMYK', 255 being full ink.

    Returns
    -------
    PIL.Image.Image
        Mode 'RGB', in sRGB.
    """
    inks = np.asarray(image)
    out = np.empty((*inks.shape[:2], 3), np.uint8)
    for top in range(
        0, len(inks), _ROWS
    ):  # in bands, because float arrays of a large scan would fill the memory
        out[top : top + _ROWS] = _mixed(inks[top : top + _ROWS])
    return Image.fromarray(out)


def _mixed(inks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    share = inks.astype(np.float32)[..., None] / 255
    cube: list[NDArray[np.float32]] = list(_primaries())
    for ink in range(4):  # the halves of the cube differ in its first ink that is not yet mixed
        half = len(cube) // 2
        part = share[..., ink, :]
        cube = [low + part * (high - low) for low, high in zip(cube[:half], cube[half:], strict=True)]
    return _gamma(np.square(cube[0]))


@cache
def _primaries() -> NDArray[np.float32]:
    """Square roots of the linear colours of the 16 overprints, black the last ink, as (16, 3)."""
    paper = _linear(_PAPER)
    black = _linear(_BLACK) / paper
    solids = [
        np.clip(_linear(_SOLIDS[c, m, y]) / paper, 0, 1) * (black if k else 1)
        for c, m, y, k in product((0, 1), repeat=4)
    ]
    return np.sqrt(np.array(solids, np.float32))


def _linear(lab: tuple[float, float, float]) -> NDArray[np.float64]:
    lightness, a, b = lab
    f = (lightness + 16) / 116 + np.array([a / 500, 0, -b / 200])
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * _WHITE
    linear: NDArray[np.float64] = _TO_LINEAR @ xyz
    return linear


def _gamma(linear: NDArray[np.float32]) -> NDArray[np.uint8]:
    curved = np.where(
        linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055
    )  # IEC 61966-2-1
    levels: NDArray[np.uint8] = np.rint(255 * curved).astype(np.uint8)
    return levels
