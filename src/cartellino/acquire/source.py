"""What every way in has in common: it yields works, and rows that it could not use."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from cartellino.catalogue.texts import Texts
from cartellino.errors import InputError
from cartellino.files import explained
from cartellino.records import Column, Rejected, Unchanged, Work

_MOST_KEPT = 1_000  # remarks kept word for word; a table may earn one for every row


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about a row that came in all the same."""

    text: str
    line: int | None = None
    work_id: str = ""


class Remarks:
    """The remarks of one reading: all are counted, the first thousand kept."""

    def __init__(self) -> None:
        self.kept: list[Remark] = []
        self.count = 0

    def __iter__(self) -> Iterator[Remark]:
        return iter(self.kept)

    def add(self, text: str, line: int | None = None, work_id: str = "") -> None:
        """Note `text` about a line or work, or about the whole source."""
        self.count += 1
        if len(self.kept) < _MOST_KEPT:
            self.kept.append(Remark(text, line, work_id))

    def clear(self) -> None:
        """Forget them all."""
        self.kept, self.count = [], 0


class Source(ABC):
    """A way in. Only a source knows the form in which a museum keeps its works.

    Parameters
    ----------
    name : str
        The source's name in the catalogue; adding a source of the same name again updates its works.
    address : Path or str
        The file or folder it is read from, or the address on the web.

    Attributes
    ----------
    kind : str
        Name of the kind in `cartellino.acquire.registry.SOURCES`.
    columns : tuple of Column
        Its columns, in order; ready once the source is made.
    format : dict
        What is needed to write the works home as they came (JSON values only).
    base : Path
        Folder below which its pictures lie; ``Path()`` where they are addresses on the web.
    remote : bool
        Whether it is to be connected (`cartellino.acquire.remote.source`) before its works are read.
    heavy : bool
        Whether so much is to be read that a process of its own pays.
    made_with : dict
        What the source was made with, in JSON's terms, so that another process can make it too; empty where
        it cannot.
    texts : Texts or None
        Rows that the catalogue holds, if they may be told as unchanged without being read.
    advice : str
        What to do when there are no works in it, as a sentence.
    notes : list of str
        What was noticed about the source as a whole when it was made.
    remarks : Remarks
        What was noticed in all; complete once `works` has been read to the end.
    """

    kind: ClassVar[str]
    remote: ClassVar[bool] = False
    advice: ClassVar[str] = "Check that it is the right file or folder."

    def __init__(self, name: str, address: Path | str) -> None:
        self.name = name
        if isinstance(address, Path):
            address = address.resolve()
            self.address, self.base = str(address), address.parent
        else:
            self.address, self.base = address, Path()
        self.heavy = False
        self.made_with: dict[str, Any] = {}
        self.texts: Texts | None = None
        self.columns: tuple[Column, ...] = ()
        self.format: dict[str, object] = {"kind": self.kind}
        self.remarks = Remarks()
        self.notes: list[str] = []

    def works(self) -> Iterator[Work | Unchanged | Rejected]:
        """Yield every work and every row that did not change or could not be used, in the source's order.

        Each work has an id and one cell for each column; each item the number of its line, record or file.

        Raises
        ------
        InputError
            If the source holds nothing, or can no longer be read.
        """
        self.remarks.clear()
        for note in self.notes:
            self.remarks.add(note)
        empty, remarks, told = True, self.remarks, self.remarks.count
        try:
            for item in self._works():
                empty = False
                if type(item) is Work:
                    item = self._checked(item, remarked=remarks.count != told)
                told = remarks.count
                yield item
        except OSError as error:
            raise explained(error, self.address) from error
        if empty:
            raise InputError("there are no works in it", self.address, self.advice)

    @staticmethod
    def _checked(work: Work, *, remarked: bool) -> Work | Rejected:
        """The work if it has an id; without its text if remarked on: the next reading is to say so again."""
        if not work.id:
            return Rejected(work.line, "it has no id", " · ".join(filter(None, work.cells))[:2_000])
        return replace(work, text="") if remarked and work.text else work

    @abstractmethod
    def _works(self) -> Iterator[Work | Unchanged | Rejected]:
        """Yield works and rejected rows, in order."""
