"""Reads a delimited text row by row: fast where it is sound, and line by line where it is not.

A stray quotation mark makes a plain reader swallow the file up to the next one. Here the marks must match;
where they do not, reading goes on at the next line that is a row by itself, and what lies before is reported.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO, cast

from cartellino.acquire.source import Remarks
from cartellino.acquire.tables import dialect as layouts
from cartellino.acquire.tables import encoding as encodings
from cartellino.acquire.tables.dialect import QUOTE, Dialect
from cartellino.acquire.tables.grid import Grid, Row, checked_header
from cartellino.acquire.tables.sniff import opened
from cartellino.catalogue.texts import Texts, text_digester
from cartellino.errors import InputError
from cartellino.records import Rejected, Unchanged

_MANY_LINES = 500  # in one row make it suspicious; the Met's table has a cell of nearly two thousand
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 1_000, 1 << 18
_HINT = re.compile(r'"?sep=(.)"?\s*')  # Excel's own first line in some exports
_UNREADABLE = re.compile("[\0\ufffd\udc80-\udcff]")
_MISMATCH = "its quotation marks do not match"


class DelimitedGrid(Grid):
    """A table in a text file, plain or gzipped.

    Parameters
    ----------
    path : Path
        The file.
    encoding, delimiter : str, optional
        What a person says they are; found if not given.

    Raises
    ------
    InputError
        If it is not text, or has no header.
    """

    def __init__(self, path: Path, encoding: str | None = None, delimiter: str | None = None) -> None:
        super().__init__()
        self._path = path
        self._encoding = encodings.find(lambda: opened(path), str(path), encoding)
        lines = self._first_lines()
        hint = _HINT.fullmatch(lines[0]) if lines else None
        self._above = 1 if hint else 0  # lines before the first row, the header's among them once it is read
        told = delimiter or (hint.group(1) if hint else None)
        self._dialect = layouts.find(lines[self._above :], told)
        self.header = self._read_header(lines)
        self.format = self._described()
        if not self._encoding.sure:
            self.notes.append(
                f"the encoding is a guess ({self._encoding.name}); if accents look wrong, name it: --encoding"
            )

    def rows(self, remarks: Remarks) -> Iterator[Row | Rejected]:
        """Yield the rows below the header in line order."""
        return cast("Iterator[Row | Rejected]", self._rows(remarks))

    def changed_rows(self, remarks: Remarks, texts: Texts) -> Iterator[Row | Unchanged | Rejected]:
        """Yield the same, with the number of its first line only for a row whose text stands in `texts`."""
        return self._rows(remarks, texts)

    def _rows(self, remarks: Remarks, texts: Texts | None = None) -> Iterator[Row | Unchanged | Rejected]:
        with self._opened() as stream:
            for _ in islice(stream, self._above):
                pass
            yield from _Reading(
                stream, self._dialect, len(self.header), self._above + 1, remarks, self._encoding.sound, texts
            )

    @contextmanager
    def _opened(self) -> Iterator[TextIO]:
        encoding = self._encoding
        newline = (
            "\r" if encoding.newline == "\r" else "\n"
        )  # both are kept: a lone \r inside a cell ends no line
        with (
            opened(self._path) as packed,
            io.TextIOWrapper(packed, encoding.name, encoding.errors, newline) as stream,
        ):
            if encoding.bom:
                stream.read(1)
            yield stream

    def _first_lines(self) -> list[str]:
        lines: list[str] = []
        size = 0
        with self._opened() as stream:
            for line in islice(stream, _SAMPLE_LINES):
                lines.append(line)
                size += len(line)
                if size > _SAMPLE_CHARACTERS:
                    break
        return lines

    def _read_header(self, lines: list[str]) -> list[str]:
        where = str(self._path)
        reader = self._dialect.reader(lines[self._above :])
        try:
            cells = next((cells for cells in reader if any(cells)), None)
        except csv.Error as error:
            raise InputError(_MISMATCH, f"{where}, the header", "Correct the first line.") from error
        if cells is None:
            raise InputError("there is nothing but blank lines in it", where, "Export the table again.")
        if _UNREADABLE.search("".join(cells)):
            raise InputError(
                f"the header cannot be read as {self._encoding.name}",
                where,
                "Name the encoding with --encoding.",
            )
        self._above += reader.line_num
        return checked_header(cells, where, self._above)

    def _described(self) -> dict[str, object]:
        return {
            "kind": "csv",
            "encoding": self._encoding.name,
            "bom": self._encoding.bom,
            "delimiter": self._dialect.delimiter,
            "newline": self._encoding.newline,
            "quotechar": QUOTE,
            "quoting": self._dialect.quoting,
        }


class _Reading:
    """One pass over the rows of a stream that stands at its first row."""

    def __init__(
        self,
        stream: TextIO,
        dialect: Dialect,
        width: int,
        line: int,
        remarks: Remarks,
        sound: bool,
        texts: Texts | None,
    ) -> None:
        self._stream, self._dialect, self._width = stream, dialect, width
        self._remarks, self._sound = remarks, sound
        self._line = line  # number of the first line of the row being read
        self._held: list[str] = []  # its lines
        self._again: deque[str] = deque()  # lines to be read again after a mistake
        self._texts, self._digest = texts, text_digester(texts.source) if texts else None

    def __iter__(self) -> Iterator[Row | Unchanged | Rejected]:
        while True:
            try:
                yield from self._rows()
                return
            except csv.Error:
                yield self._mended()

    def _rows(self) -> Iterator[Row | Unchanged | Rejected]:
        held, width, sound, texts = self._held, self._width, self._sound, self._texts
        yield from self._unchanged()
        for cells in self._dialect.reader(self._lines()):
            if len(cells) == width and sound:
                yield self._line, cells, held[0] if len(held) == 1 else "".join(held)
            elif cells:
                yield self._odd(cells)
            self._line += len(held)
            held.clear()
            if texts:
                yield from self._unchanged()

    def _unchanged(self) -> Iterator[Unchanged]:
        """The next rows as long as their text is as before; the lines of the one that differs are put back.

        Between two rows the reader holds nothing, so it does not notice.
        """
        while self._texts and self._digest and not self._again and (found := self._texts.find(self._line)):
            count, digest = found
            lines = list(islice(self._stream, count))
            if self._digest("".join(lines)) != digest:
                self._again.extend(lines)
                return
            yield Unchanged(self._line)
            self._line += count

    def _lines(self) -> Iterator[str]:
        """Lines for the reader, each held until its row is complete; a row without end is ended here."""
        held, again = self._held, self._again
        while True:
            while again:
                held.append(again.popleft())
                yield held[-1]
            line = next(self._stream, "")
            if not line:
                return
            held.append(line)
            yield line
            if not len(held) % _MANY_LINES and any(map(self._is_row, held[-_MANY_LINES + 1 :])):
                return

    def _odd(self, cells: list[str]) -> Row | Rejected:
        """A row of another width, or of a file in which some bytes cannot be read."""
        raw, line, count = "".join(self._held), self._line, len(cells)
        if not self._sound and _UNREADABLE.search(raw):
            return Rejected(line, _why_unreadable(raw), _printable(raw))
        if count == self._width:
            return line, cells, raw
        if any(map(self._is_row, self._held[1:])):
            raise csv.Error  # it swallowed a row, so its marks match by accident
        if count < self._width:
            self._remarks.add(f"the row ends after {count} of {self._width} cells", line)
            return line, [*cells, *[None] * (self._width - count)], raw
        if any(cells[self._width :]):
            return Rejected(line, f"it has {count} cells, and the header has {self._width}", raw)
        return line, cells[: self._width], raw

    def _mended(self) -> Row | Rejected:
        """The row at which reading broke off; it goes on at the next line that is a row."""
        held, line = self._held, self._line
        resume = next((n for n in range(1, len(held)) if self._is_row(held[n])), len(held))
        if resume == len(held) > 1:  # what follows may be the rest of it
            self._take_rest()
            resume = len(held)
        raw = "".join(held[:resume])
        self._again.extendleft(reversed(held[resume:]))
        self._line += resume
        held.clear()
        cells = self._plain(raw) if resume == 1 else None
        if _UNREADABLE.search(raw):
            return Rejected(line, _why_unreadable(raw), _printable(raw))
        if cells is None:
            return Rejected(line, _MISMATCH, raw)
        self._remarks.add(f"{_MISMATCH}, and were taken as they stand", line)
        return line, cells, raw

    def _take_rest(self) -> None:
        """Hold the lines before the next one that is a row."""
        for _ in range(_MANY_LINES):
            line = self._again.popleft() if self._again else next(self._stream, "")
            if not line:
                return
            if self._is_row(line):
                self._again.appendleft(line)
                return
            self._held.append(line)

    def _is_row(self, text: str) -> bool:
        try:
            rows = list(self._dialect.reader([text]))
        except csv.Error:
            return self._plain(text) is not None
        return len(rows) == 1 and len(rows[0]) == self._width

    def _plain(self, text: str) -> list[str] | None:
        """The cells of a line whose quotation marks are plain characters, if there are as many as columns."""
        cells = text.rstrip("\r\n").split(self._dialect.delimiter)
        return cells if len(cells) == self._width else None


def _why_unreadable(raw: str) -> str:
    if "\0" in raw:
        return "it holds a NUL character, which no text should"
    return "some of its bytes cannot be read in this encoding"


def _printable(raw: str) -> str:
    return raw.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\0", "\\x00")
