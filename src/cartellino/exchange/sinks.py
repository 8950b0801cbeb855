"""Where an export is written to: delimited text as it came, or a spreadsheet whose cells are all text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from cartellino import files
from cartellino.acquire.tables.dialect import writer_options
from cartellino.errors import InputError

_FOR_SPREADSHEETS = {"encoding": "utf-8", "bom": True, "delimiter": ",", "newline": "\r\n"}
_LONGEST_CELL, _MOST_ROWS, _MOST_COLUMNS = 32_767, 1_048_576, 16_384  # Excel specifications and limits
# ECMA-376 part 1, 22.4.2.4: characters that XML cannot hold, or would change, stand as _xHHHH_
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class Sink(Protocol):
    """Takes rows one by one."""

    def write(self, cells: Sequence[str | None]) -> None:
        """Write one row."""


@contextmanager
def opened(out: Path, format_: Mapping[str, Any]) -> Iterator[Sink]:
    """A sink for file `out`, written whole, of the kind its name ends with.

    Parameters
    ----------
    out : Path
        Ends with .csv, .tsv, .txt or .xlsx.
    format_ : mapping
        How the museum's table was written.

    Raises
    ------
    InputError
        If the name ends otherwise, or a cell cannot be written in this form.
    """
    suffix = out.suffix.lower()
    if suffix == ".xlsx":
        with files.whole(out) as stream:
            yield from _spreadsheet(stream, out, format_)
    elif suffix in (".csv", ".tsv", ".txt"):
        layout = {**_FOR_SPREADSHEETS, **(format_ if format_.get("kind") == "csv" else {})}
        if suffix == ".tsv":
            layout["delimiter"] = "\t"
        with files.whole(out, "w", encoding=layout["encoding"]) as stream:
            if layout.get("bom"):
                stream.write("\ufeff")
            yield DelimitedSink(stream, out, layout)
    else:
        raise InputError(
            f"tables are not written as '{suffix or out.name}'",
            str(out),
            "End the name with .csv, .tsv or .xlsx.",
        )


class DelimitedSink:
    """Writes rows as delimited text in a museum's own layout."""

    def __init__(self, stream: IO[str], out: Path, layout: Mapping[str, Any]) -> None:
        self._out, self._encoding = out, layout["encoding"]
        options = writer_options(layout) | {"lineterminator": "\r\n"}
        if options["quoting"] == csv.QUOTE_NONE:
            options["quotechar"] = None  # there a quotation mark is a character like any other
        self._writer = csv.writer(_Lines(stream, layout["newline"]), **options)

    def write(self, cells: Sequence[str | None]) -> None:
        """Write one row; a cell that is None is written blank."""
        try:
            self._writer.writerow(cells)
        except UnicodeEncodeError as error:
            odd = error.object[error.start : error.end]
            raise InputError(
                f"'{odd}' cannot be written in {self._encoding}, the table's encoding",
                str(self._out),
                "Export to a name that ends with .xlsx.",
            ) from error
        except csv.Error as error:
            raise InputError(
                f"a cell cannot be written, since the museum's table quotes nothing ({error})",
                str(self._out),
                "Export to a name that ends with .xlsx.",
            ) from error


class _Lines:
    """Gives lines the museum's own end.

    The writer is told to end them with both characters, since it quotes cells with either only then.
    """

    def __init__(self, stream: IO[str], newline: str) -> None:
        self._stream, self._newline = stream, newline

    def write(self, line: str) -> None:
        self._stream.write(line[:-2] + self._newline)


class SpreadsheetSink:
    """Writes rows into one sheet, all cells as text: ids keep their zeros, nothing becomes a formula."""

    def __init__(self, sheet: Any, out: Path) -> None:
        from openpyxl.cell.cell import ERROR_CODES, WriteOnlyCell

        self._sheet, self._out, self._rows = sheet, out, 0
        self._cell, self._errors = WriteOnlyCell, frozenset(ERROR_CODES)

    def write(self, cells: Sequence[str | None]) -> None:
        """Write one row.

        Raises
        ------
        InputError
            If a spreadsheet cannot hold it.
        """
        self._rows += 1
        if self._rows > _MOST_ROWS or len(cells) > _MOST_COLUMNS:
            raise self._refused(
                f"a spreadsheet holds {_MOST_ROWS:,} rows and {_MOST_COLUMNS:,} columns at most"
            )
        self._sheet.append([self._text(cell) if cell else None for cell in cells])

    def _text(self, cell: str) -> Any:
        if len(cell) > _LONGEST_CELL:
            raise self._refused(
                f"row {self._rows:,} has a cell of {len(cell):,} characters, too long for a spreadsheet"
            )
        safe = _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", cell)
        if safe[0] != "=" and safe not in self._errors:
            return safe
        text = self._cell(self._sheet, safe)
        text.data_type = "s"
        return text

    def _refused(self, what: str) -> InputError:
        return InputError(what, str(self._out), "Export to a name that ends with .csv.")


def _spreadsheet(stream: IO[bytes], out: Path, format_: Mapping[str, Any]) -> Iterator[Sink]:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(format_.get("sheet") or "works")[:31])
    try:
        yield SpreadsheetSink(sheet, out)
    except BaseException:
        sheet.close()  # else it complains when it is collected; its scratch file goes with the process
        raise
    book.save(stream)
    book.close()
