"""Writes the museum's own table again: same rows, ids and columns, with the labels beside them."""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cartellino import files
from cartellino.acquire.tables.dialect import Dialect
from cartellino.catalogue import Catalogue
from cartellino.catalogue.database import batches
from cartellino.catalogue.sources import Source
from cartellino.errors import InputError
from cartellino.exchange.columns import LabelColumns, beside
from cartellino.exchange.sinks import Sink, opened
from cartellino.records import Rejected

_BATCH = 2_000
_Row = tuple[int, int, tuple[str | None, ...]] | Rejected


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Parameters
    ----------
    rows : int
        Rows below the header.
    columns : tuple of str
        Headers that were added beside the museum's own.
    set_aside : Path or None
        The file of rows that fit into no table (line, reason, text as it came), if there were any.
    """

    rows: int
    columns: tuple[str, ...]
    set_aside: Path | None = None


def export(
    catalogue: Catalogue, out: Path, label_sets: Sequence[str] = (), source: str | None = None
) -> Exported:
    """Write a source's rows as they came, in their order, with the columns of label sets beside them.

    Rows that could not be used go home too: beside their own cells where these can be told apart, else in a
    file of their own.

    Parameters
    ----------
    catalogue : Catalogue
        The collection's catalogue.
    out : Path
        File to write, whole: .csv, .tsv or .txt in the layout of the museum's table, or .xlsx.
    label_sets : sequence of str
        Names of label sets (``culture``, or ``culture@2``); all that there are if none is named.
    source : str, optional
        Which source; needed only if there are several.

    Returns
    -------
    Exported
        What was written.

    Raises
    ------
    InputError
        If there is no such source, or `out` is the museum's own file or cannot hold what it must.
    LabelError
        If there is no such label set.
    """
    found = _find(catalogue, source)
    _spare_the_original(found, out)
    columns = beside(
        [column.header for column in found.columns],
        _chosen(catalogue, label_sets),
        str(found.format.get("separator") or "|"),
    )
    added = tuple(header for each in columns for header in each.headers)
    table = _Table(catalogue, found, columns)
    with opened(out, found.format) as sink:
        sink.write([*(column.header for column in found.columns), *added])
        table.write(sink)
    aside = _set_aside(out, table.aside)
    return Exported(table.rows, added, aside)


@dataclass
class _Table:
    """The rows of one export, as they are written."""

    catalogue: Catalogue
    source: Source
    columns: list[LabelColumns]
    rows: int = 0
    aside: list[Rejected] = field(default_factory=list)

    def write(self, sink: Sink) -> None:
        for part in batches(_in_line_order(self.catalogue, self.source), _BATCH):
            works = {row[1] for row in part if not isinstance(row, Rejected)}
            decided = [
                self.catalogue.journal.standing_for(columns.label_set, works) for columns in self.columns
            ]
            for row in part:
                if isinstance(row, Rejected):
                    self._write_rejected(sink, row)
                    continue
                added = (
                    cell
                    for columns, known in zip(self.columns, decided, strict=True)
                    for cell in columns.cells(known.get(row[1]))
                )
                sink.write([*row[2], *added])
                self.rows += 1

    def _write_rejected(self, sink: Sink, row: Rejected) -> None:
        cells = _cells(row, self.source)
        if cells is None:
            self.aside.append(row)
            return
        first, rest = self.columns[:1], self.columns[1:]
        reasons = [cell for each in first for cell in each.refusal(row.reason)]
        sink.write([*cells, *reasons, *(cell for each in rest for cell in each.cells(None))])
        self.rows += 1


def _find(catalogue: Catalogue, name: str | None) -> Source:
    sources = catalogue.works.sources()
    if name is None and len(sources) == 1:
        return sources[0]
    for source in sources:
        if source.name == name:
            return source
    if not sources:
        raise InputError("the collection has no works yet", "", "Add some: cartellino add table works.csv")
    names = ", ".join(sorted(source.name for source in sources))
    what = "there are several tables to write" if name is None else f"there is no source '{name}'"
    raise InputError(what, "", f"Name one with --source: {names}.")


def _spare_the_original(source: Source, out: Path) -> None:
    if source.address and Path(source.address).resolve() == out.resolve():
        raise InputError(
            "this is the museum's own file, which is never overwritten", str(out), "Choose another name."
        )


def _chosen(catalogue: Catalogue, names: Sequence[str]) -> list[tuple[int, str]]:
    if names:
        rows = [catalogue.labels.find(name) for name in names]
    else:
        rows = [
            catalogue.labels.find(name) for name in dict.fromkeys(row.name for row in catalogue.labels.list())
        ]
    return [(row.id, row.name) for row in rows]


def _in_line_order(catalogue: Catalogue, source: Source) -> Iterator[_Row]:
    def line(row: Any) -> int:
        return int(row.line if isinstance(row, Rejected) else row[0])

    return heapq.merge(catalogue.works.rows(source.id), catalogue.works.rejected(source.id), key=line)


def _cells(row: Rejected, source: Source) -> list[str | None] | None:
    """The cells of a row that could not be used, one for each column; None if they cannot be told."""
    if source.format.get("kind") != "csv" or not row.raw:
        return None
    dialect = Dialect(str(source.format["delimiter"]), str(source.format.get("quoting", "minimal")))
    try:
        read = list(dialect.reader([row.raw]))
    except csv.Error:
        return None
    width = len(source.columns)
    if len(read) != 1 or not min(2, width) <= len(read[0]) <= width:
        return None
    return [*read[0], *[None] * (width - len(read[0]))]


def _set_aside(out: Path, rows: Sequence[Rejected]) -> Path | None:
    if not rows:
        return None
    path = out.with_name(f"{out.stem}.rejected.csv")
    with files.whole(path, "w") as stream:
        writer = csv.writer(stream)
        writer.writerow(["line", "reason", "raw"])
        writer.writerows([row.line, row.reason, row.raw] for row in rows)
    return path
