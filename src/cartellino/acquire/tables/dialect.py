"""How a delimited text is laid out: the character between cells, and when cells are quoted.

Python's ``csv.Sniffer`` guesses from letter frequencies; here each delimiter is tried and must give rows as
wide as the header. The quoting follows RFC 4180: a quotation mark inside quotes is doubled.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartellino.errors import InputError

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}
_STYLES = {"minimal": csv.QUOTE_MINIMAL, "all": csv.QUOTE_ALL, "none": csv.QUOTE_NONE}
_NEARLY_ALL = 0.97
_LARGEST_CELL = 1 << 30  # characters; the csv module's own limit is 131,072, less than some provenance texts
QUOTE = '"'
# For works that did not come as a table; Excel takes a file for UTF-8 only if the mark is there.
PLAIN_FORMAT: dict[str, object] = {
    "kind": "csv",
    "encoding": "utf-8",
    "bom": True,
    "delimiter": ",",
    "newline": "\r\n",
    "quotechar": QUOTE,
    "quoting": "minimal",
    "separator": "|",
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The layout of a delimited text.

    Parameters
    ----------
    delimiter : str
        One character between cells.
    quoting : str
        'minimal' (only cells that need it), 'all', or 'none' (a quotation mark is a plain character).
    """

    delimiter: str = ","
    quoting: str = "minimal"

    def reader(self, lines: Iterable[str]) -> Reader:
        """A ``csv.reader`` for this layout and cells of any size; it refuses marks that do not match."""
        csv.field_size_limit(_LARGEST_CELL)
        if self.quoting == "none":
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        return csv.reader(lines, delimiter=self.delimiter, quotechar=QUOTE, strict=True)


def writer_options(format_: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments for ``csv.writer`` that write a table home as a source's `format` says it came.

    Cells that quoting of style 'none' cannot hold need the caller's care; all else comes back as it was.
    """
    return {
        "delimiter": format_.get("delimiter", ","),
        "quotechar": format_.get("quotechar", QUOTE),
        "quoting": _STYLES[format_.get("quoting", "minimal")],
        "lineterminator": format_.get("newline", "\r\n"),
    }


def find(lines: Sequence[str], told: str | None = None) -> Dialect:
    """Find the layout of a text from its first lines.

    Parameters
    ----------
    lines : sequence of str
        Whole lines with their ends, the header first.
    told : str, optional
        The delimiter a person named: a character, or 'tab', 'comma', 'semicolon', 'pipe'.

    Raises
    ------
    InputError
        If `told` is not one character.
    """
    delimiters = (_one_character(told),) if told else _DELIMITERS
    delimiter = max(delimiters, key=lambda each: _fit(lines, each))
    rows = _rows(lines, Dialect(delimiter))
    bad = sum(row.cells is None for row in rows)
    marked = [row for row in rows if row.cells and QUOTE in row.raw]
    if bad > len(marked) and _fit_as(_rows(lines, Dialect(delimiter, "none")))[1] > _NEARLY_ALL:
        return Dialect(delimiter, "none")
    everywhere = [row for row in rows[1:] if row.cells]
    return Dialect(delimiter, "all" if everywhere and all(map(_all_quoted, everywhere)) else "minimal")


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[str] | None  # None if the quotation marks do not match
    raw: str


def _rows(lines: Sequence[str], dialect: Dialect) -> list[_Row]:
    """The rows of the sample; blank ones are left out, and one that the sample's end cuts."""
    reader = dialect.reader(lines)
    rows: list[_Row] = []
    begin = 0
    while begin < len(lines):
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            break
        except csv.Error:
            cells = None
        raw = "".join(lines[begin : reader.line_num])
        begin = reader.line_num
        if cells or (cells is None and begin < len(lines)):
            rows.append(_Row(cells, raw))
    return rows


def _fit(lines: Sequence[str], delimiter: str) -> tuple[bool, float, int]:
    """How well a delimiter explains the lines: more than one cell, rows as wide as the header, and wide."""
    return max(_fit_as(_rows(lines, Dialect(delimiter, style))) for style in ("minimal", "none"))


def _fit_as(rows: list[_Row]) -> tuple[bool, float, int]:
    width = len(rows[0].cells or ()) if rows else 0
    share = sum(len(row.cells or ()) == width for row in rows) / len(rows) if rows else 0.0
    return (width > 1, round(share, 2), width)


def _all_quoted(row: _Row) -> bool:
    cells = row.cells or []
    return row.raw.count(QUOTE) == 2 * len(cells) + 2 * sum(cell.count(QUOTE) for cell in cells)


def _one_character(told: str) -> str:
    character = _NAMES.get(told.lower(), told)
    if len(character) != 1 or character in '"\r\n\0':
        raise InputError(
            f"'{told}' cannot be the delimiter",
            "--delimiter",
            "Give one character, or 'tab', 'comma', 'semicolon'.",
        )
    return character
