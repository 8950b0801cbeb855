"""Figures in the house look, and the ways they leave: SVG with text as text, PNG at twice the size, inline.

Every function takes plain arrays and strings, uses matplotlib without pyplot, and draws the same bytes from
the same data.
"""

from __future__ import annotations

import io
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from cartellino.files import write_bytes, write_text
from cartellino.show.charts import style
from cartellino.show.charts.apart import apart
from cartellino.show.charts.architecture import architecture
from cartellino.show.charts.chance import beside_chance
from cartellino.show.charts.channels import feature_maps
from cartellino.show.charts.chord import chord
from cartellino.show.charts.confusion import confusion
from cartellino.show.charts.counts import class_counts
from cartellino.show.charts.coverage import coverage
from cartellino.show.charts.curves import curves
from cartellino.show.charts.funnel import funnel
from cartellino.show.charts.hanging import hangings
from cartellino.show.charts.heat import heat_maps
from cartellino.show.charts.intensities import intensities
from cartellino.show.charts.pairs import look_alikes
from cartellino.show.charts.parallel import parallel
from cartellino.show.charts.pareto import pareto
from cartellino.show.charts.reliability import reliability
from cartellino.show.charts.scores import class_scores
from cartellino.show.charts.spans import shapes
from cartellino.show.charts.spoken import spoken
from cartellino.show.charts.spread import spread
from cartellino.show.charts.strips import strips
from cartellino.show.charts.style import sides
from cartellino.show.charts.thresholds import tag_thresholds
from cartellino.show.charts.together import together
from cartellino.show.charts.trials import trials
from cartellino.show.charts.vocabulary import word_histograms
from cartellino.show.photographs import lighter

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "apart",
    "architecture",
    "beside_chance",
    "chord",
    "class_counts",
    "class_scores",
    "confusion",
    "coverage",
    "curves",
    "feature_maps",
    "funnel",
    "hangings",
    "heat_maps",
    "inline",
    "intensities",
    "look_alikes",
    "parallel",
    "pareto",
    "png",
    "reliability",
    "save",
    "shapes",
    "sides",
    "spoken",
    "spread",
    "strips",
    "svg",
    "tag_thresholds",
    "together",
    "trials",
    "word_histograms",
]

_TAG = re.compile(r"<[^<>]+>")
_VARIABLES = {
    style.PAPER.lower(): "var(--wall)",
    style.INK.lower(): "var(--ink)",
    style.MUTED.lower(): "var(--muted)",
    style.HAIRLINE.lower(): "var(--hairline)",
    style.CONTEXT.lower(): "var(--context)",
    style.BLUE.lower(): "var(--data)",
    style.VERMILLION.lower(): "var(--finding)",
}


_DRAWN: WeakKeyDictionary[Figure, str] = WeakKeyDictionary()


def svg(figure: Figure) -> str:
    """A figure as an SVG document, its text as text, with the letters it was measured in."""
    from cartellino.show.html import font_face

    letters = f"<style>{font_face('sans.woff2')}</style>"
    paper = f'<rect width="100%" height="100%" fill="{style.PAPER}"/>'
    return re.sub(r"(<svg\b[^>]*>)", lambda found: found[1] + letters + paper, _drawn(figure), count=1)


def inline(figure: Figure, name: str, told: str) -> str:
    """A figure for the body of a page whose style sheet gives the letters and the colours of day and night.

    Parameters
    ----------
    figure : Figure
        What to draw.
    name : str
        A word that no other figure of the page has.
    told : str
        What a screen reader says in its place.
    """
    drawn = _drawn(figure)
    drawn = drawn[drawn.index("<svg") :].strip()
    drawn = re.sub(r"<metadata>.*?</metadata>", "", drawn, count=1, flags=re.DOTALL)
    drawn = _TAG.sub(lambda found: _adapted(found[0], name), drawn)
    across, down = style.sides(figure)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-label="{escape(told, quote=True)}" width="{across:.0f}" height="{down:.0f}" '
        f'viewBox="0 0 {across:g} {down:g}">'
    )
    return head + drawn[drawn.index(">") + 1 :]


def png(figure: Figure) -> bytes:
    """A figure as PNG, at twice its size for screens that show so much."""
    written = io.BytesIO()
    with style.house():
        figure.savefig(
            written,
            format="png",
            dpi=2 * style.DPI,
            facecolor=style.PAPER,
            metadata={"Software": "Cartellino"},
        )
    return written.getvalue()


def save(figure: Figure, path: Path) -> tuple[Path, Path]:
    """Write a figure as `path` with the endings .svg and .png; return both."""
    drawing, picture = path.with_name(f"{path.name}.svg"), path.with_name(f"{path.name}.png")
    write_text(drawing, svg(figure))
    write_bytes(picture, png(figure))
    return drawing, picture


def _drawn(figure: Figure) -> str:
    """As SVG without paper; pictures within it have twice its pixels, for screens that show so many.

    Drawn once for its file and for its page: a sheet of photographs takes seconds.
    """
    if figure not in _DRAWN:
        written, made = io.StringIO(), {"Date": None, "Creator": "Cartellino"}
        with style.house():
            figure.savefig(written, format="svg", dpi=2 * style.DPI, metadata=made, facecolor="none")
        _DRAWN[figure] = lighter(written.getvalue())
    return _DRAWN[figure]


def _adapted(tag: str, name: str) -> str:
    """Colours that change by night, and ids that stay apart from those of other figures."""
    for colour, variable in _VARIABLES.items():
        tag = tag.replace(f": {colour}", f": {variable}")
    return re.sub(r'((?:\bid="|href="#|url\(#))', rf"\g<1>{name}-", tag)
