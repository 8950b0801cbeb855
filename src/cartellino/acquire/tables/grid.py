"""What a table is to a source, whatever file it comes in."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

from cartellino.acquire.source import Remarks
from cartellino.catalogue.texts import Texts
from cartellino.errors import InputError
from cartellino.records import Rejected, Unchanged

# A row: the number of its first line, its cells, and its text as it came.
Row = tuple[int, Sequence[str | None], str]


class Grid(ABC):
    """A header and rows as wide as it.

    Attributes
    ----------
    header : list of str
        The columns' names, as written.
    format : dict
        How the table was written.
    notes : list of str
        What was noticed about the table as a whole.
    """

    def __init__(self) -> None:
        self.header: list[str] = []
        self.format: dict[str, object] = {}
        self.notes: list[str] = []

    @abstractmethod
    def rows(self, remarks: Remarks) -> Iterator[Row | Rejected]:
        """Yield the rows below the header in line order, without blank lines; short rows end with None."""

    def changed_rows(self, remarks: Remarks, texts: Texts) -> Iterator[Row | Unchanged | Rejected]:
        """Yield the same, but rows whose text stands in `texts` may be told as unchanged."""
        yield from self.rows(remarks)


def checked_header(cells: Sequence[str], where: str, line: int) -> list[str]:
    """The header, or a sentence if it is none.

    Raises
    ------
    InputError
        If most cells are blank, or none of them holds a letter.
    """
    filled = [cell for cell in cells if cell.strip()]
    if not any(re.search(r"[^\W\d_]", cell) for cell in filled):
        raise InputError(
            "the first row holds no names of columns",
            f"{where}, line {line}",
            "Add a row with the columns' names on top.",
        )
    if 2 * len(filled) < len(cells):
        raise InputError(
            f"only {len(filled)} of {len(cells)} columns have a name",
            f"{where}, line {line}",
            "Remove rows above the header, such as a title, and name the columns.",
        )
    return list(cells)
