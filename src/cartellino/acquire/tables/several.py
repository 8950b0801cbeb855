"""Tells which columns hold several values, at little cost to the rows that hold none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Several = tuple[tuple[int, tuple[str, ...]], ...]


class Splitter:
    """Tells of the first cell of each column in which the separator stands.

    Its values need no telling after that: whoever reads the cell cuts it at the separator. Looking into every
    cell of every row would cost half as much again as reading them, so separators are counted in the columns
    in which one was found before, and the others are looked into only while some are unaccounted for.

    Parameters
    ----------
    separator : str
        Stands between two values; '' if cells are never split.
    width : int
        Columns of the table.
    whole : iterable of int
        Positions of the columns whose cells are never split.
    """

    def __init__(self, separator: str, width: int, whole: Iterable[int]) -> None:
        self._separator = separator
        left_whole = set(whole)
        self._unseen = [place for place in range(width) if place not in left_whole]
        self._seen: list[int] = []

    def __call__(self, cells: Sequence[str | None], raw: str) -> Several:
        """The cells of columns that hold several values for the first time; `raw` is the row as it came."""
        separator = self._separator
        if not separator or separator not in raw:
            return ()
        left = raw.count(separator)
        for place in self._seen:
            cell = cells[place]
            if cell:
                left -= cell.count(separator)
                if left <= 0:
                    return ()
        return self._fresh(cells)

    def _fresh(self, cells: Sequence[str | None]) -> Several:
        separator = self._separator
        found = [place for place in self._unseen if separator in (cells[place] or "")]
        self._seen += found
        self._unseen = [place for place in self._unseen if place not in found]
        return tuple((place, tuple(map(str.strip, str(cells[place]).split(separator)))) for place in found)
