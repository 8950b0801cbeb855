"""Works from the Met's Open Access table: half a million rows, read as they come.

``https://github.com/metmuseum/openaccess`` keeps ``MetObjects.csv`` in Git LFS, so that a copy is often a
pointer, which is said. The table has no addresses of pictures; the records do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import ClassVar

from cartellino.acquire.tables.table import TableSource
from cartellino.records import Rejected, Unchanged, Work

# Columns whose values stand together: artist n has role n, nationality n, gender n; tag n has its addresses.
_TOGETHER = (
    (
        "Artist Role",
        "Artist Prefix",
        "Artist Display Name",
        "Artist Display Bio",
        "Artist Suffix",
        "Artist Alpha Sort",
        "Artist Nationality",
        "Artist Begin Date",
        "Artist End Date",
        "Artist Gender",
        "Artist ULAN URL",
        "Artist Wikidata URL",
    ),
    ("Tags", "Tags AAT URL", "Tags Wikidata URL"),
)


class MetCsvSource(TableSource):
    """The rows of the Met's table as works, under their object ids.

    Values keep their place: a blank one stays blank between its neighbours. A row in which columns that stand
    together hold different numbers of values is remarked on, and its values are kept as they are.

    Parameters
    ----------
    path : Path or str
        ``MetObjects.csv``, plain or gzipped.
    images : Path or str, optional
        Folder of pictures named by object id.
    name : str, optional
        The source's name; the file's name without its suffix if not given.

    Raises
    ------
    InputError
        If there is no such table, it is a pointer of Git LFS, or it is not the Met's.
    """

    kind: ClassVar[str] = "met-csv"

    def __init__(
        self, path: Path | str, images: Path | str | None = None, *, name: str | None = None
    ) -> None:
        super().__init__(
            path,
            images,
            "Object ID",
            accession_column="Object Number",
            title_column="Title",
            name=name,
        )
        self.made_with = {name: self.made_with[name] for name in ("path", "images", "name")}
        header = [column.header for column in self.columns]
        self._together = [_Together(header, names) for names in _TOGETHER]

    def _works(self) -> Iterator[Work | Unchanged | Rejected]:
        groups = [group for group in self._together if group.is_here]
        for item in super()._works():
            if type(item) is Work:
                for group in groups:
                    problem = group.problem(item.cells)
                    if problem:
                        self.remarks.add(problem, item.line, item.id)
            yield item


class _Together:
    """Columns of one table whose values stand together by place."""

    def __init__(self, header: Sequence[str], names: Sequence[str]) -> None:
        places = [header.index(name) for name in names if name in header]
        self.is_here = len(places) > 1
        self._names = [header[place] for place in places]
        self._picked = itemgetter(*places) if self.is_here else None

    def problem(self, cells: Sequence[str | None]) -> str:
        """What differs, as a clause, or ''; a blank cell is blank for all, and differs from none."""
        if self._picked is None:
            return ""
        picked = self._picked(cells)
        try:
            separators = "".join(picked).count("|")
        except TypeError:  # the row ends early
            separators = "".join(filter(None, picked)).count("|")
        if separators == len(picked) * (picked[0] or "").count("|"):  # nearly every row, at little cost
            return ""
        counts = [cell.count("|") + 1 if cell and cell.strip() else 0 for cell in picked]
        most = max(counts)
        odd = next((place for place, count in enumerate(counts) if count not in (0, most)), None)
        if odd is None:
            return ""
        fullest = self._names[counts.index(most)]
        return (
            f"'{self._names[odd]}' and '{fullest}' stand together, but hold {counts[odd]} and {most} values"
        )
