"""Works from JSON lines in the form of the Met's API: one record on each line, pictures named by object id.

The form is that of ``https://collectionapi.metmuseum.org/public/collection/v1/objects/ID``; records of other
museums serve as well if an id is among their keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from cartellino.acquire import ids
from cartellino.acquire.finders import ByNumber
from cartellino.acquire.flatten import Shape, rows
from cartellino.acquire.images import Images
from cartellino.acquire.source import Source
from cartellino.acquire.tables.columns import Told, columns, guess
from cartellino.acquire.tables.dialect import PLAIN_FORMAT
from cartellino.acquire.tables.sniff import opened
from cartellino.errors import InputError
from cartellino.files import readable
from cartellino.records import Rejected, Work

_SAMPLE = 1_000
_DO = "Give each record an 'id'."
_DATE = re.compile(r"(?i)(?:begin|end)_?date$")
_LAST_YEAR = 9_999  # museums write it for 'still living' or 'unknown'


class RecordsSource(Source):
    """Records, one JSON object on each line, as works.

    The file is read once beforehand to learn all keys: records need not have the same ones, and a column
    cannot be added halfway.

    Parameters
    ----------
    path : Path or str
        The file, plain or gzipped.
    images : Path or str, optional
        Folder of the pictures, named by id or accession number.
    name : str, optional
        The source's name; the file's name without its suffix if not given.

    Raises
    ------
    InputError
        If there is no such file or folder, or no record with an id in it.
    """

    kind: ClassVar[str] = "records"

    def __init__(
        self, path: Path | str, images: Path | str | None = None, *, name: str | None = None
    ) -> None:
        path = Path(path)
        super().__init__(name or path.name.removesuffix(".gz").rpartition(".")[0] or path.name, path)
        self._path = readable(path, "file of records")
        self._shape = Shape()
        sample = self._surveyed()
        header = self._shape.header()
        self._roles = replace(guess(header, rows(self._shape, sample), Told(), str(path), _DO), picture=None)
        self.columns = columns(header, self._roles)
        self.format = dict(PLAIN_FORMAT)
        self.notes += self._roles.notes
        self._dates = [place for place, head in enumerate(header) if _DATE.search(head)]
        self._finder: ByNumber | None = None
        if images is not None:
            listed = Images(Path(images))
            self.base, self._finder = listed.root, ByNumber(listed, self.remarks)

    def _surveyed(self) -> list[dict[str, Any]]:
        """Learn the keys of all records, and return the first of them."""
        sample: list[dict[str, Any]] = []
        first: Rejected | None = None
        for _, found in self._records():
            if isinstance(found, Rejected):
                first = first or found
                continue
            self._shape.learn(found)
            if len(sample) < _SAMPLE:
                sample.append(found)
        start = first.raw.strip() if first else ""
        if start.startswith("[") and first and first.line == 1:
            raise self._not_lines("this is one JSON list, not a record on each line", ".[]")
        if start == "{":
            raise self._not_lines("its records are spread over several lines", ".")
        if not sample:
            raise InputError(
                "no line of it is a JSON record", self.address, "Check that it is the right file."
            )
        return sample

    def _not_lines(self, what: str, jq: str) -> InputError:
        return InputError(
            what, self.address, f"Write a record on each line, for example with: jq -c '{jq}' FILE"
        )

    def _records(self) -> Iterator[tuple[int, dict[str, Any] | Rejected]]:
        with opened(self._path) as stream:
            for line, data in enumerate(stream, start=1):
                told = data.removeprefix(b"\xef\xbb\xbf").strip() if line == 1 else data.strip()
                if told:
                    yield line, _record(line, told)

    def _works(self) -> Iterator[Work | Rejected]:
        if self._finder:
            self._finder.prepare(self._numbers)
        for line, found in self._records():
            yield found if isinstance(found, Rejected) else self._work(line, found)

    def _work(self, line: int, record: dict[str, Any]) -> Work | Rejected:
        cells, several = self._shape.cells(record)
        work_id = (cells[self._roles.id] or "").strip()
        accession, title = self._cell(cells, self._roles.accession), self._cell(cells, self._roles.title)
        if not ids.harmless(work_id):
            ids.look_at(self.remarks, line, work_id, accession)
        for place in self._dates:
            self._look_at_date(line, work_id, place, cells[place])
        pictures = self._finder(line, work_id, accession, None) if self._finder and work_id else ()
        return Work(work_id, line, cells, accession, title, several, pictures)

    def _look_at_date(self, line: int, work_id: str, place: int, told: str | None) -> None:
        if told and re.fullmatch(r"-?\d{5,}", told) and abs(int(told[:12])) > _LAST_YEAR:
            self.remarks.add(f"{self.columns[place].header} {told} is no year", line, work_id)

    @staticmethod
    def _cell(cells: tuple[str | None, ...], place: int | None) -> str:
        return "" if place is None else (cells[place] or "").strip()

    def _numbers(self) -> Iterator[str]:
        """All ids and accession numbers."""
        for _, found in self._records():
            if not isinstance(found, Rejected):
                cells, _ = self._shape.cells(found)
                yield self._cell(cells, self._roles.id)
                yield self._cell(cells, self._roles.accession)


def _record(line: int, data: bytes) -> dict[str, Any] | Rejected:
    """The record in a line, or why there is none."""
    try:
        told = data.decode("utf-8")
        found = json.loads(told)
        if b"\\u" in data:
            json.dumps(found, ensure_ascii=False).encode("utf-8")  # fails on half of a surrogate pair
    except UnicodeError:
        return Rejected(line, "its text is not UTF-8", data.decode("utf-8", "backslashreplace"))
    except (ValueError, RecursionError) as error:
        return Rejected(line, f"it is not JSON ({error})", told)
    if not isinstance(found, dict):
        return Rejected(line, "it is not a record, which has keys and values", told)
    return found
