"""The terminal: aligned tables without boxes, one progress line, errors in three parts.

Colour is used only for meaning, and not at all when the output is piped or NO_COLOR is set (no-color.org).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cartellino.show.progress import Bar, blank_line
from cartellino.show.words import number, plain

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

__all__ = ["Bar", "Console", "error", "story", "table"]

_PIPED_WIDTH = 100_000  # a pipe has no width: a cell must never be folded or cut for it
_READING_WIDTH = 88
_NUMBER = re.compile(r"[-−]?\d[\d,]*(\.\d+)?(–\d[\d,]*(\.\d+)?)?( ?%)?")  # or a span of two


class Console:
    """Where words go: standard output, or standard error.

    Parameters
    ----------
    errors : bool
        Write to standard error.
    """

    def __init__(self, *, errors: bool = False) -> None:
        from rich.console import Console as RichConsole

        self._stream = sys.stderr if errors else sys.stdout
        self._rich: RichConsole = RichConsole(file=self._stream, markup=False, highlight=False, emoji=False)
        if not self._rich.is_terminal:
            self._rich.width = _PIPED_WIDTH

    def say(self, text: str, style: str = "") -> None:
        """Print a line; control characters in it are not obeyed."""
        from rich.text import Text

        self._rich.print(Text(plain(text), style=style), soft_wrap=True)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[Any]], align: str = "") -> None:
        """Print aligned columns, numbers to the right.

        Parameters
        ----------
        headers : sequence of str
            One for each column.
        rows : iterable of sequences
            Cells; None is blank.
        align : str, optional
            A letter for each column, 'l' or 'r'; by what stands in it if not given.
        """
        from rich.table import Table
        from rich.text import Text

        cells = [[_shown(cell) for cell in row] for row in rows]
        sides = align or "".join(_side(column) for column in zip(*cells, strict=True)) or "l" * len(headers)
        grid = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
        for header, side in zip(headers, sides, strict=True):
            grid.add_column(Text(plain(header)), justify="right" if side == "r" else "left", overflow="fold")
        for row in cells:
            grid.add_row(*(Text(cell) for cell in row))
        self._without_trailing_blanks(grid)

    def story(self, text: str) -> None:
        """Print paragraphs, filled to a width that reads well; a pipe gets each on one line."""
        from rich.text import Text

        for paragraph in text.strip().split("\n\n"):
            width = min(self._rich.width, _READING_WIDTH) if self._rich.is_terminal else _PIPED_WIDTH
            self._rich.print(Text(plain(paragraph)), width=width)

    def error(self, what: str, where: str = "", do: str = "") -> None:
        """Print an error in three parts: what happened, to what, and what to do."""
        from rich.text import Text

        if self._rich.is_terminal:  # a progress line may still stand there
            self._stream.write(blank_line(self._stream))
        self._rich.print(Text.assemble(("Error  ", "bold red"), plain(what)), soft_wrap=True)
        for lead, part in (("where", where), ("to do", do)):
            if part:
                self._rich.print(Text.assemble((f"{lead}  ", "bold"), plain(part)), soft_wrap=True)

    def _without_trailing_blanks(self, grid: Any) -> None:
        with self._rich.capture() as captured:
            self._rich.print(grid)
        for line in captured.get().splitlines():
            self._stream.write(f"{line.rstrip()}\n")


def table(headers: Sequence[str], rows: Iterable[Sequence[Any]], align: str = "") -> None:
    """Print an aligned table on standard output; see `Console.table`."""
    Console().table(headers, rows, align)


def story(text: str) -> None:
    """Print paragraphs on standard output; see `Console.story`."""
    Console().story(text)


def error(what: str, where: str = "", do: str = "") -> None:
    """Print an error in three parts on standard error."""
    Console(errors=True).error(what, where, do)


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return number(cell)
    return plain(f"{cell:.3f}" if isinstance(cell, float) else str(cell))


def _side(column: Sequence[str]) -> str:
    said = [cell for cell in column if cell not in ("", "–")]
    return "r" if said and all(_NUMBER.fullmatch(cell) for cell in said) else "l"
