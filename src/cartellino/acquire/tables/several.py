"""Tells which columns hold several values, at little cost to the rows that hold none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

Several = tuple[tuple[int, tuple[str, ...]], ...]


class Splitter:
    """Tells of the first cell of each column in which the separator stands.

    Its values need no telling after that: whoever reads the cell cuts it at the separator. Looking into every
    cell of every row would cost half as much again as reading them, so only rows in which a separator stands
    are looked into, and of these the cells of columns in which none was found before, all at once.

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
        self._look_for([place for place in range(width) if place not in left_whole])

    def __call__(self, cells: Sequence[str | None], raw: str) -> Several:
        """The cells of columns that hold several values for the first time; `raw` is the row as it came."""
        separator = self._separator
        if not separator or separator not in raw:
            return ()
        unseen = self._picked(cells)
        try:
            told = "".join(unseen)  # type: ignore[arg-type]  # None is rare, and asking costs
        except TypeError:
            told = "".join(filter(None, unseen))
        return self._fresh(cells) if separator in told else ()

    def _fresh(self, cells: Sequence[str | None]) -> Several:
        separator = self._separator
        found = [place for place in self._unseen if separator in (cells[place] or "")]
        self._look_for([place for place in self._unseen if place not in found])
        return tuple((place, tuple(map(str.strip, str(cells[place]).split(separator)))) for place in found)

    def _look_for(self, unseen: list[int]) -> None:
        """Look for separators in the columns `unseen` from now on."""
        self._unseen = unseen
        self._picked: Callable[[Sequence[str | None]], Sequence[str | None]] = (
            itemgetter(*unseen) if len(unseen) > 1 else lambda cells: [cells[place] for place in unseen]
        )
