"""Paper, ink, colours and letters of every figure; lengths are pixels from the top left corner."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

PAPER, INK, MUTED, HAIRLINE, CONTEXT = "#F7F4EE", "#22201C", "#686053", "#DDD6C8", "#A59D8E"

# Okabe and Ito, Color Universal Design (2008): told apart by every kind of colour vision.
BLUE, VERMILLION, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#E69F00", "#009E73", "#CC79A7"

DPI = 72  # one point is one pixel, so that sizes of letters and lengths share a unit
WIDTH = 880
SIZE, SMALL = 14.0, 12.0
LINE = 1.2  # of the size of the letters
_BASELINE = 0.33  # below the middle of the letters, of their size

FAMILY = "Cartellino Sans"
STRONG: dict[str, Any] = {"fontfamily": FAMILY, "fontweight": 600}
_EAST_ASIAN = ("Noto Sans CJK JP", "Hiragino Sans", "PingFang SC", "Yu Gothic", "Microsoft YaHei")
_ONE_AT_A_TIME = threading.RLock()  # matplotlib's settings belong to the whole process
_SETTINGS: Any = {
    "font.size": SIZE,
    "text.color": INK,
    "text.parse_math": False,  # a class may be called '$5'
    "axes.unicode_minus": True,
    "svg.fonttype": "none",
    "svg.hashsalt": "cartellino",
    "path.simplify": False,
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
}


@contextmanager
def house() -> Iterator[None]:
    """Draw and save in the house look, whatever the settings of the process."""
    with _ONE_AT_A_TIME, mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a page's reader may have it
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        mpl.rcParams["font.family"] = _families()
        yield


@cache
def _families() -> list[str]:
    """Our letters, then others that this machine has, for the scripts that ours lack."""
    for name in ("sans-regular.ttf", "sans-semibold.ttf"):
        with as_file(files("cartellino.show") / "assets" / "fonts" / name) as path:
            font_manager.fontManager.addfont(path)
    installed = set(font_manager.fontManager.get_font_names())
    return [FAMILY, "DejaVu Sans", *(family for family in _EAST_ASIAN if family in installed)]


def sheet(width: float, height: float) -> Figure:
    """An empty sheet of paper."""
    return Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=PAPER)


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """A bare field for data on a sheet."""
    across, down = sides(figure)
    field = figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))
    field.set_facecolor("none")
    field.axis("off")
    return field


def sides(figure: Figure) -> tuple[float, float]:
    """Width and height of a sheet in pixels."""
    return float(figure.get_figwidth() * DPI), float(figure.get_figheight() * DPI)


def write(
    figure: Figure, x: float, y: float, text: str, *, size: float = SIZE, upward: bool = False, **options: Any
) -> None:
    """Write lines on a sheet, centred on `y`, or running upward from `y` and centred on `x`.

    Lines are set one by one: matplotlib would space them by the tallest letter of the font.
    """
    across, down = sides(figure)
    lines = text.split("\n")
    options |= {"va": "baseline", "rotation_mode": "anchor", "rotation": 90 if upward else 0}
    for place, line in enumerate(lines):
        aside = _BASELINE * size + (place - (len(lines) - 1) / 2) * LINE * size
        at = (x + aside, y) if upward else (x, y + aside)
        figure.text(at[0] / across, 1 - at[1] / down, line, fontsize=size, **options)


def box(figure: Figure, x: float, y: float, width: float, height: float, **options: Any) -> None:
    """Fill a rectangle on a sheet; `options` are those of matplotlib's patches."""
    across, down = sides(figure)
    place = (x / across, 1 - (y + height) / down)
    figure.add_artist(Rectangle(place, width / across, height / down, linewidth=0, **options))


def axis(
    figure: Figure,
    field: Axes,
    ticks: Mapping[float, str],
    name: str,
    *,
    upto: float = 1.0,
    upright: bool = False,
) -> None:
    """An axis from 0 with hairlines, its words in muted letters; below, or at the left if `upright`."""
    left, top, width, height = place(figure, field)
    quiet: dict[str, Any] = {"color": MUTED, "size": SMALL, "ha": "center"}
    (field.set_ylim if upright else field.set_xlim)(0, upto)
    for tick, told in ticks.items():
        share = tick / upto
        if upright:
            field.axhline(tick, color=HAIRLINE, linewidth=1, zorder=0, clip_on=False)
            write(figure, left - 8, top + height * (1 - share), told, **quiet | {"ha": "right"})
        else:
            field.axvline(tick, color=HAIRLINE, linewidth=1, zorder=0, clip_on=False)
            write(figure, left + width * share, top + height + 14, told, **quiet)
    if upright:
        write(figure, left - 52, top + height / 2, name, upward=True, **quiet)
    else:
        write(figure, left + width / 2, top + height + 36, name, **quiet)


def fifths() -> dict[float, str]:
    """Ticks from 0 to 1: '0', '0.2', … '1.0'."""
    return {place / 5: f"{place / 5:.1f}" if place else "0" for place in range(6)}


def place(figure: Figure, field: Axes) -> tuple[float, float, float, float]:
    """Left, top, width and height of a field in pixels."""
    across, down = sides(figure)
    box = field.get_position()
    return box.x0 * across, (1 - box.y1) * down, box.width * across, box.height * down
