"""One merge: the value it leaves, the value it leads to, of what kind it is, and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a merge says about its two values."""

    UNSAID = ""  # as in files that have no kinds
    SYNONYM = "synonym"  # two names of one thing
    PART_OF = "part of"  # the value lies within its target: a town in a country, a style in a period
    UNCERTAIN = "uncertain"  # 'possibly X' to X
    AFTER = "after"  # 'after X', 'attributed to X', 'circle of X' to X
    EITHER = "either"  # 'X or Y' to X, and on another line to Y
    SPELLING = "spelling"  # the same name written otherwise
    DISPLAY = "display"  # a historic term, kept for search and in the museum's cells, replaced where shown


KINDS: tuple[str, ...] = tuple(kind.value for kind in Kind if kind)
SAME = frozenset({Kind.SYNONYM, Kind.SPELLING})
SHARED = frozenset({Kind.EITHER, Kind.PART_OF, Kind.UNSAID})


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of a merge file: the value `source` stands for `target`, because of `reason`.

    Parameters
    ----------
    source, target : str
        A value as the museum writes it, and what it stands for. A value with edges to several targets stands
        for all of them.
    reason : str
        Why, in the words of whoever decided it.
    kind : str
        One of `KINDS`, or '' where nobody said; see `Kind`.
    line : int
        Its line in the file, from 1; 0 where it came from elsewhere.
    """

    source: str
    target: str
    reason: str = ""
    kind: str = ""
    line: int = field(default=0, compare=False)

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        kind = f", {self.kind}" if self.kind else ""
        return f"{place}'{self.source}' to '{self.target}'{kind}"


def tidy(value: str) -> str:
    """A value as it is compared: without outer blanks, composed (Unicode NFC, UAX 15)."""
    return unicodedata.normalize("NFC", value.strip())


def by_source(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    """The edges that leave each value, under its tidy form."""
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(tidy(edge.source), []).append(edge)
    return found
