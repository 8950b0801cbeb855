"""Merge files: a table that colleagues can read and argue about."""

from __future__ import annotations

from pathlib import Path

from cartellino.curate.merges.edges import Edge, tidy
from cartellino.curate.merges.refusals import check
from cartellino.curate.small import small_table
from cartellino.errors import InputError

_NEEDED = ("from", "to", "reason")
_FIRST_LINE = "Its first line should read: from,to,reason; or from,to,kind,reason."


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
    table = small_table(path, "merge file", _NEEDED, _FIRST_LINE)
    edges = tuple(_edge(row, line, path) for line, row in table.rows)
    check(edges, str(path))
    return edges


def _edge(row: dict[str, str], line: int, path: Path) -> Edge:
    for side in ("from", "to"):
        if not row.get(side):
            raise InputError(
                f"line {line} has nothing under '{side}'", str(path), "Fill it in, or take the line out."
            )
    kind = " ".join(row.get("kind", "").casefold().split())
    return Edge(tidy(row["from"]), tidy(row["to"]), tidy(row.get("reason", "")), kind, line)
