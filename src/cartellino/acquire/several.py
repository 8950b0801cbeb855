"""Splits cells that hold several values, at little cost to the rows that hold none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Several = tuple[tuple[int, tuple[str, ...]], ...]


class Splitter:
    """Finds the cells of a row in which the separator stands.

    Looking into every cell of every row would cost half as much again as reading them. So the columns in
    which it was ever found are looked into first, and the others only while separators are unaccounted for.

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
        self._splits = [place for place in range(width) if place not in left_whole]
        self._known: list[int] = []

    def __call__(self, cells: Sequence[str | None], raw: str) -> Several:
        """The cells with several values, by position; `raw` is the row's text as it came."""
        separator = self._separator
        if not separator or separator not in raw:
            return ()
        left = raw.count(separator)
        found = []
        for place in self._known:
            cell = cells[place]
            if cell and separator in cell:
                values = tuple(map(str.strip, cell.split(separator)))
                found.append((place, values))
                left -= len(values) - 1
                if left <= 0:
                    break
        if left > 0:
            found += self._elsewhere(cells)
        found.sort()
        return tuple(found)

    def _elsewhere(self, cells: Sequence[str | None]) -> Several:
        known = set(self._known)
        found = []
        for place in self._splits:
            cell = cells[place]
            if cell and place not in known and self._separator in cell:
                found.append((place, tuple(map(str.strip, cell.split(self._separator)))))
                self._known.append(place)
        return tuple(found)
