"""Small tables that people write by hand beside a catalogue: exclusions, joined tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from cartellino.curate.rules import Exclude
from cartellino.errors import InputError
from cartellino.files import explained, readable

_DELIMITERS = (",", ";", "\t")


def read_exclusions(path: Path) -> tuple[Exclude, ...]:
    """Works to leave out by hand: a table with the columns ``work,reason``.

    Raises
    ------
    InputError
        If the table cannot be read, or a line names no work.
    """
    rows = small_table(path, "table of exclusions", ("work", "reason"))
    for line, (work, _) in rows:
        if not work:
            raise InputError(f"line {line} names no work", str(path), "Fill it in, or take the line out.")
    return tuple(Exclude(work, reason) for _, (work, reason) in rows)


def small_table(path: Path, what: str, columns: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Some columns of a table in UTF-8: (line, cells) of each line that is not blank, cells stripped.

    Comma, semicolon and tab are understood as separators; columns are found in any case of letters.

    Parameters
    ----------
    path : Path
        The file.
    what : str
        What it is called in a sentence.
    columns : sequence of str
        Headers, as one would write them.

    Raises
    ------
    InputError
        If it is missing, not in UTF-8, or lacks a column.
    """
    try:
        text = readable(path, what).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the {what} is not in UTF-8", str(path), "Save it as 'CSV UTF-8'.") from error
    except OSError as error:
        raise explained(error, path) from error
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    places = _places(next(lines, []), path, what, columns)
    return [(lines.line_num, _cells(cells, places)) for cells in lines if any(map(str.strip, cells))]


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=text.partition("\n")[0].count)


def _places(head: list[str], path: Path, what: str, columns: Sequence[str]) -> list[int]:
    names = [cell.strip().casefold() for cell in head]
    missing = [column for column in columns if column.casefold() not in names]
    if missing:
        there = f"Its columns are: {', '.join(cell.strip() for cell in head)}."
        raise InputError(f"the {what} has no column '{missing[0]}'", str(path), there)
    return [names.index(column.casefold()) for column in columns]


def _cells(cells: list[str], places: list[int]) -> tuple[str, ...]:
    return tuple(cells[place].strip() if place < len(cells) else "" for place in places)
