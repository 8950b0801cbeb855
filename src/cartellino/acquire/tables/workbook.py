"""Reads a sheet of an Excel workbook row by row, each cell as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from cartellino.acquire.source import Remarks
from cartellino.acquire.tables.grid import Grid, Row, checked_header
from cartellino.errors import InputError
from cartellino.records import Rejected

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_ZEROS = re.compile(r"0+\Z")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PERCENT = re.compile(r"0(?:\.(0+))?%\Z")


class WorkbookGrid(Grid):
    """A table in a sheet of an .xlsx workbook.

    Parameters
    ----------
    path : Path
        The workbook.
    sheet : str, optional
        Name of the sheet; the first that holds anything if not given.

    Raises
    ------
    InputError
        If the workbook is damaged or has no such sheet, or the sheet no header.
    """

    def __init__(self, path: Path, sheet: str | None = None) -> None:
        super().__init__()
        self._path = path
        with self._opened() as book:
            self._sheet = self._chosen(book, sheet)
            line, cells = next(_filled_rows(book[self._sheet]))
            others = [name for name in _tables(book) if name != self._sheet]
        while cells and not cells[-1]:
            cells.pop()
        self._above = line
        self.header = checked_header(cells, f"{path}, sheet '{self._sheet}'", line)
        self.format = {"kind": "xlsx", "sheet": self._sheet}
        if others and not sheet:
            self.notes.append(f"only the sheet '{self._sheet}' was read; others: {', '.join(others)}")

    def rows(self, remarks: Remarks) -> Iterator[Row | Rejected]:
        """Yield the rows below the header; lines are the numbers that Excel shows."""
        width = len(self.header)
        with self._opened() as book:
            for line, cells in _filled_rows(book[self._sheet], self._above):
                if any(cells[width:]):
                    raw = "\t".join(cells)
                    yield Rejected(
                        line, f"it has cells to the right of the last column, {self.header[-1]!r}", raw
                    )
                else:
                    filled: list[str | None] = [*cells[:width], *[""] * (width - len(cells))]
                    yield line, filled, "\t".join(cells)

    @contextmanager
    def _opened(self) -> Iterator[Workbook]:
        from openpyxl import load_workbook

        try:
            with catch_warnings():
                simplefilter("ignore")  # of styles and extensions that do not bear on the cells
                book = load_workbook(self._path, read_only=True, data_only=True)
        except Exception as error:  # openpyxl raises whatever a damaged part happens to cause
            raise InputError(
                f"the workbook cannot be read: {error}",
                str(self._path),
                "Open it in Excel and save it again.",
            ) from error
        try:
            yield book
        finally:
            book.close()

    def _chosen(self, book: Workbook, told: str | None) -> str:
        tables = _tables(book)
        if told is not None:
            if told not in tables:
                raise InputError(
                    f"there is no sheet '{told}'", str(self._path), f"There are: {', '.join(tables)}."
                )
            tables = [told]
        for name in tables:
            if next(_filled_rows(book[name]), None):
                return name
        raise InputError(
            "there is nothing in it", str(self._path), "Check that it is the right workbook and sheet."
        )


def _tables(book: Workbook) -> list[str]:
    return [sheet.title for sheet in book.worksheets]


def _filled_rows(sheet: Any, above: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Numbers and cells of the rows below line `above` in which anything stands."""
    sheet.reset_dimensions()  # some programs write a size that is too small
    for line, row in enumerate(sheet.iter_rows(min_row=above + 1), start=above + 1):
        cells = [shown(cell.value, cell) for cell in row]
        if any(cells):
            yield line, cells


def shown(value: object, cell: Any = None) -> str:
    """What Excel shows of a value, dates as ISO 8601.

    Parameters
    ----------
    value : object
        As openpyxl reads it.
    cell : openpyxl cell, optional
        Its number format counts where it changes what is read: leading zeros, decimals and per cent.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, str(getattr(cell, "number_format", "General")))
    return _moment(value)


def _number(value: float, form: str) -> str:
    form = form.split(";")[0]
    percent = _PERCENT.match(form)
    if percent:
        return f"{value:.{len(percent.group(1) or '')}%}"
    if _ZEROS.match(form):
        return f"{round(value):0{len(form)}d}"
    prefix = _prefixed(form)
    if prefix is not None:
        return prefix + _number(value, form[len(_LITERAL.match(form).group()) :])  # type: ignore[union-attr]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if isinstance(value, float) else str(value)


def _prefixed(form: str) -> str | None:
    """The literal text with which a number format opens ('"INV-"0000'), or None."""
    literal = _LITERAL.match(form)
    if not literal or form.startswith("["):
        return None
    text = literal.group()
    return text[1:-1] if text.startswith('"') else text[1:]


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        whole_day = value.time() == time(0)
        return value.date().isoformat() if whole_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
