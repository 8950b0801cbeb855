"""The catalogue entry of one work, put together from the rows of all its sources."""

from __future__ import annotations

from dataclasses import dataclass

from cartellino.catalogue import sources
from cartellino.catalogue.database import Database
from cartellino.catalogue.names import folded, quoted
from cartellino.catalogue.pictures import Pictures
from cartellino.catalogue.sources import Source
from cartellino.errors import InputError
from cartellino.records import Picture


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """What the museum says of a work.

    Parameters
    ----------
    key : int
        Its key in the catalogue.
    work_id, accession, title : str
        The museum's own id, accession number and title; '' where there is none.
    source : str
        Name of the source that brought it last.
    columns : tuple of (str, str)
        Header and cell as written, in the order of the source; blank cells left out. A work of several rows
        has its different cells joined by the source's separator.
    pictures : tuple of Picture
        Its kept pictures, best first.
    """

    key: int
    work_id: str
    accession: str
    title: str
    source: str
    columns: tuple[tuple[str, str], ...]
    pictures: tuple[Picture, ...]


def entry(database: Database, key: int) -> WorkEntry:
    """The entry of the work with this key.

    Raises
    ------
    InputError
        If there is none.
    """
    row = database.one(
        "SELECT w.work_id, w.accession, w.title, s.name FROM work w JOIN source s ON s.id = w.source "
        "WHERE w.id = ?",
        (key,),
    )
    if row is None:
        raise InputError(f"no work has the key {key}", "", "Look it up by its id.")
    by_last = sorted(sources.every(database), key=lambda source: source.name != row[3])
    columns: dict[str, tuple[str, str]] = {}
    for source in by_last:
        for name, header, cell in _cells(database, source, key):
            columns.setdefault(folded(name), (header, cell))
    work_id, accession, title, last = row
    pictures = tuple(Pictures(database).of(key))
    return WorkEntry(key, work_id, accession, title, last, tuple(columns.values()), pictures)


def _cells(database: Database, source: Source, work: int) -> list[tuple[str, str, str]]:
    names = ", ".join(quoted(column.name) for column in source.columns)
    if not names:
        return []
    rows = list(
        database.rows(f"SELECT {names} FROM {quoted(source.original)} WHERE work = ? ORDER BY line", (work,))
    )
    joint = f" {source.format.get('separator') or '|'} "
    cells = []
    for column, told in zip(source.columns, zip(*rows, strict=True), strict=bool(rows)):
        different = dict.fromkeys(cell for cell in told if cell and not cell.isspace())
        if different:
            cells.append((column.name, column.header, joint.join(different)))
    return cells
