"""Small tables that people write beside a catalogue: merges, vocabularies, exclusions, joined tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cartellino.errors import InputError
from cartellino.files import explained, readable

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class SmallTable:
    """A table as it was read.

    Parameters
    ----------
    columns : tuple of str
        Its headers, stripped and in small letters.
    rows : tuple of (int, dict)
        The line in the file, from 1, and the cells by column, stripped, of each line that is not blank.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def small_table(path: Path, what: str, needed: Sequence[str], do: str = "") -> SmallTable:
    """Read a table in UTF-8; comma, semicolon and tab are understood as separators.

    Parameters
    ----------
    path : Path
        The file.
    what : str
        What it is called in a sentence.
    needed : sequence of str
        Columns it must have, in any case of letters.
    do : str
        What to do if one is missing; the columns there are, if not given.

    Raises
    ------
    InputError
        If it is missing, not in UTF-8, no table, or lacks a column.
    """
    try:
        with readable(path, what).open(encoding="utf-8-sig", newline="") as stream:
            lines = list(_lines(stream.read()))
    except UnicodeDecodeError as error:
        raise InputError(f"the {what} is not in UTF-8", str(path), "Save it as 'CSV UTF-8'.") from error
    except OSError as error:
        raise explained(error, path) from error
    except csv.Error as error:
        raise InputError(f"the {what} is no table ({error})", str(path), "Save it as CSV.") from error
    columns = tuple(name.casefold() for name in lines[0][1]) if lines else ()
    for column in needed:
        if column.casefold() not in columns:
            there = do or f"Its columns are: {', '.join(lines[0][1]) if lines else 'none'}."
            raise InputError(f"the {what} has no column '{column}'", str(path), there)
    rows = ((line, dict(zip(columns, cells, strict=False))) for line, cells in lines[1:] if any(cells))
    return SmallTable(columns, tuple(rows))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return ((lines.line_num, [cell.strip() for cell in cells]) for cells in lines)
