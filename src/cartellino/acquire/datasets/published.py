"""Tables whose columns are known beforehand, as published data sets bring them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cartellino.acquire.source import Remarks
from cartellino.acquire.tables.delimited import DelimitedGrid
from cartellino.acquire.tables.grid import Row
from cartellino.acquire.tables.sniff import table_kind
from cartellino.errors import InputError
from cartellino.records import Rejected


class KnownTable:
    """A delimited table that must have certain columns.

    Parameters
    ----------
    path : Path
        The file.
    needed : str
        Headers of the columns it must have.

    Attributes
    ----------
    header : list of str
        All of its headers.
    places : tuple of int
        Where the needed columns stand, in the order in which they were asked for.

    Raises
    ------
    InputError
        If there is no such table, it is a pointer of Git LFS or something else, or a column is missing.
    """

    def __init__(self, path: Path, *needed: str) -> None:
        if table_kind(path) != "csv":
            raise InputError("this is a workbook, not a table of text", str(path), "Save it as .csv.")
        self._grid = DelimitedGrid(path)
        self.header = self._grid.header
        self.places = tuple(self._place(name, path) for name in needed)

    def rows(self, remarks: Remarks) -> Iterator[Row | Rejected]:
        """The rows below the header, in line order."""
        return self._grid.rows(remarks)

    def _place(self, name: str, path: Path) -> int:
        try:
            return [head.strip().casefold() for head in self.header].index(name)
        except ValueError as error:
            raise InputError(
                f"it has no column '{name}', so it is not the table that belongs to this layout",
                str(path),
                f"Its columns are: {', '.join(self.header[:12])}.",
            ) from error
