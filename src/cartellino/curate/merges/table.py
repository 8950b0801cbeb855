"""Merge files: a table that colleagues can read and argue about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from cartellino.curate.merges.edges import Edge, tidy
from cartellino.curate.merges.refusals import check
from cartellino.errors import InputError
from cartellino.files import explained, readable

_NEEDED = ("from", "to", "reason")
_DELIMITERS = (",", ";", "\t")
_Places = dict[str, int]


def read_merges(path: Path) -> tuple[Edge, ...]:
    """Read a merge file: a table with the columns ``from,to,reason`` and perhaps ``kind``, in UTF-8.

    Comma, semicolon and tab are understood as separators; lines without any value are passed over, and so are
    other columns, such as the counts that proposals carry.

    Raises
    ------
    InputError
        If the file is missing, is not such a table, or a line lacks a side.
    LabelError
        If edges contradict each other or run in a circle; each line of it is named.
    """
    try:
        with readable(path, "merge file").open(encoding="utf-8-sig", newline="") as stream:
            edges = tuple(_edges(stream.read(), path))
    except UnicodeDecodeError as error:
        raise InputError("the merge file is not in UTF-8", str(path), "Save it as 'CSV UTF-8'.") from error
    except OSError as error:
        raise explained(error, path) from error
    except csv.Error as error:
        raise InputError(f"the merge file is no table ({error})", str(path), "Save it as CSV.") from error
    check(edges, str(path))
    return edges


def _edges(text: str, path: Path) -> Iterable[Edge]:
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    places = _places(next(lines, []), path)
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield _edge(cells, places, lines.line_num, path)


def _places(head: list[str], path: Path) -> _Places:
    names = [cell.strip().casefold() for cell in head]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise InputError(
            f"the merge file has no column '{missing[0]}'",
            str(path),
            "Its first line should read: from,to,reason; or from,to,kind,reason.",
        )
    return {name: names.index(name) for name in (*_NEEDED, "kind") if name in names}


def _edge(cells: list[str], places: _Places, line: int, path: Path) -> Edge:
    told = {name: tidy(cells[place]) for name, place in places.items() if place < len(cells)}
    for side in ("from", "to"):
        if not told.get(side):
            raise InputError(
                f"line {line} has nothing under '{side}'", str(path), "Fill it in, or take the line out."
            )
    kind = " ".join(told.get("kind", "").casefold().split())
    return Edge(told["from"], told["to"], told.get("reason", ""), kind, line)
