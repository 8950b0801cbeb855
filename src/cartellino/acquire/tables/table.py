"""Works from a table: CSV, TSV or XLSX, with pictures named in a column or found by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import ClassVar

from cartellino.acquire import ids
from cartellino.acquire.finders import ByCell, ByNumber, Finder
from cartellino.acquire.images import Images
from cartellino.acquire.source import Remarks, Source
from cartellino.acquire.tables.columns import Told, columns, guess
from cartellino.acquire.tables.delimited import DelimitedGrid
from cartellino.acquire.tables.grid import Grid, Row
from cartellino.acquire.tables.several import Splitter
from cartellino.acquire.tables.sniff import table_kind
from cartellino.acquire.tables.workbook import WorkbookGrid
from cartellino.errors import InputError
from cartellino.records import Rejected, Unchanged, Work

_SAMPLE = 1_000
_HEAVY = 8 << 20  # bytes of a file; a process of its own costs as much as reading one of 2 MiB


class TableSource(Source):
    """The rows of a table as works.

    Parameters
    ----------
    path : Path or str
        A CSV, TSV or XLSX file; text may be gzipped.
    images : Path or str, optional
        Folder of the pictures. Without it, files that a column names are looked for beside the table.
    id_column, picture_column, accession_column, title_column : str, optional
        Headers of these columns; guessed if not given.
    separator : str
        Stands between several values in one cell; '' if cells hold one value each.
    encoding, delimiter, sheet : str, optional
        How the file is written; found if not given.
    name : str, optional
        The source's name; the file's name without its suffix if not given.

    Raises
    ------
    InputError
        If there is no such table or folder, it is something else, or its columns cannot be made out.
    """

    kind: ClassVar[str] = "table"

    def __init__(
        self,
        path: Path | str,
        images: Path | str | None = None,
        id_column: str | None = None,
        picture_column: str | None = None,
        separator: str = "|",
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        *,
        accession_column: str | None = None,
        title_column: str | None = None,
        name: str | None = None,
    ) -> None:
        path = Path(path)
        super().__init__(name or path.name.removesuffix(".gz").rpartition(".")[0] or path.name, path)
        self._grid = _grid(path, encoding, delimiter, sheet)
        self.heavy = path.stat().st_size >= _HEAVY
        self.made_with = {
            "path": str(path.resolve()),
            "images": None if images is None else str(Path(images).resolve()),
            "id_column": id_column,
            "picture_column": picture_column,
            "separator": separator,
            "encoding": encoding,
            "delimiter": delimiter,
            "sheet": sheet,
            "accession_column": accession_column,
            "title_column": title_column,
            "name": self.name,
        }
        self._separator = "" if separator == self._grid.format.get("delimiter") else separator
        self.format = {**self._grid.format, "separator": self._separator}
        self._finder: Finder | None = None
        sample = self._sample()
        named = Told(id_column, accession_column, title_column, picture_column)
        self._roles = guess(self._grid.header, sample, named, str(path))
        self.notes += [*self._grid.notes, *self._roles.notes]
        if images is not None:
            self._finder = self._in_folder(Images(Path(images)), sample, guessed=picture_column is None)
        elif self._roles.picture is not None:
            self._finder = ByCell(Images(path.resolve().parent, listed=False), self._separator, self.remarks)
        self._picture = self._roles.picture or 0
        self.columns = columns(self._grid.header, self._roles)
        head = self._grid.header[self._roles.id]
        self.notes += ids.note(
            head, [told for row in sample if (told := (row[self._roles.id] or "").strip())]
        )

    def _sample(self) -> list[Sequence[str | None]]:
        first = list(islice(self._grid.rows(Remarks()), _SAMPLE))
        if not first:
            raise InputError("the table has a header and no rows", self.address, "Export it again.")
        good = [row[1] for row in first if not isinstance(row, Rejected) and any(row[1])]
        if not good and isinstance(first[0], Rejected):
            where = f"{self.address}, line {first[0].line}"
            raise InputError(f"no row can be used; {first[0].reason}", where, "Check delimiter and encoding.")
        return good

    def _in_folder(self, images: Images, sample: list[Sequence[str | None]], *, guessed: bool) -> Finder:
        """By the cells of the picture column, unless it was only guessed and names nothing in the folder."""
        self.base = images.root
        place = self._roles.picture
        if images.unfit:
            self.notes.append(
                f"{images.unfit} files in {images.root} could not be used: links, or names not in UTF-8"
            )
        if place is not None:
            by_cell = ByCell(images, self._separator, self.remarks)
            if not guessed or any(by_cell.finds(row[place] or "") for row in sample):
                return by_cell
            head = self._grid.header[place]
            self.notes.append(
                f"no file that '{head}' names is in {images.root}; pictures were looked for by id"
            )
            self._roles = replace(self._roles, picture=None)
        return ByNumber(images, self.remarks)

    def _works(self) -> Iterator[Work | Unchanged | Rejected]:
        if isinstance(self._finder, ByNumber):
            self._finder.prepare(self._numbers)
        identity = self._roles.id
        accession_at, title_at = self._roles.accession, self._roles.title
        several, pictures, harmless = self._splitter(), self._finder, ids.harmless
        by_text = self.heavy and pictures is None  # pictures may come and go while the row stays
        for row in self._rows(by_text):
            if isinstance(row, Unchanged | Rejected):
                yield row
                continue
            line, cells, raw = row
            work_id = (cells[identity] or "").strip()
            if not work_id:
                if any(cells):
                    yield Rejected(line, f"it has no id in '{self._grid.header[identity]}'", raw)
                continue
            accession = "" if accession_at is None else (cells[accession_at] or "").strip()
            title = "" if title_at is None else (cells[title_at] or "").strip()
            if not (harmless(work_id) and harmless(accession)):
                ids.look_at(self.remarks, line, work_id, accession)
            found = pictures(line, work_id, accession, cells[self._picture]) if pictures else ()
            text = raw if by_text else ""
            yield Work(work_id, line, tuple(cells), accession, title, several(cells, raw), found, text)

    def _rows(self, by_text: bool) -> Iterator[Row | Unchanged | Rejected]:
        if by_text and self.texts:
            return self._grid.changed_rows(self.remarks, self.texts)
        return self._grid.rows(self.remarks)

    def _splitter(self) -> Splitter:
        whole = (self._roles.id, self._roles.accession, self._roles.title)
        return Splitter(self._separator, len(self.columns), [place for place in whole if place is not None])

    def _numbers(self) -> Iterator[str]:
        """All ids and accession numbers."""
        places = [place for place in (self._roles.id, self._roles.accession) if place is not None]
        for row in self._grid.rows(Remarks()):
            if not isinstance(row, Rejected):
                yield from (row[1][place] or "" for place in places)


def _grid(path: Path, encoding: str | None, delimiter: str | None, sheet: str | None) -> Grid:
    if table_kind(path) == "xlsx":
        return WorkbookGrid(path, sheet)
    if sheet is not None:
        raise InputError("this is a text table, which has no sheets", str(path), "Leave out --sheet.")
    return DelimitedGrid(path, encoding, delimiter)
