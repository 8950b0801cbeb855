"""Works that a curator leaves out by hand, as a table."""

from __future__ import annotations

from pathlib import Path

from cartellino.curate.rules import Exclude
from cartellino.curate.small import small_table
from cartellino.errors import InputError


def read_exclusions(path: Path) -> tuple[Exclude, ...]:
    """Works to leave out: a table with the columns ``work,reason``.

    Raises
    ------
    InputError
        If the table cannot be read, or a line names no work.
    """
    rows = small_table(path, "table of exclusions", ("work", "reason")).rows
    for line, row in rows:
        if not row["work"]:
            raise InputError(f"line {line} names no work", str(path), "Fill it in, or take the line out.")
    return tuple(Exclude(row["work"], row.get("reason", "")) for _, row in rows)
