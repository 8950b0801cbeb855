"""A figure of a report, with the words beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cartellino.show import figures, html

if TYPE_CHECKING:
    from markupsafe import Markup
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Drawing:
    """A figure of a report.

    Parameters
    ----------
    name : str
        Of its files.
    figure : Figure
        What is drawn.
    see : str
        What to see in it, as a sentence.
    data : str
        What data it is, as a sentence.
    """

    name: str
    figure: Figure
    see: str
    data: str

    @property
    def across(self) -> int:
        """Width in pixels; a matrix of many classes is wider than a column of text."""
        return round(figures.sides(self.figure)[0])

    @property
    def inline(self) -> Markup:
        """It as SVG for the body of a page."""
        return html.safe(figures.inline(self.figure, self.name, f"{self.data} {self.see}"))


def save(drawings: Iterable[Drawing], folder: Path) -> None:
    """Write drawings as SVG and PNG into `folder`, by name."""
    for drawing in drawings:
        figures.save(drawing.figure, folder / drawing.name)
