"""Merges: an edge list from values of a field to the classes they stand for, each with its reason."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from cartellino.errors import InputError, LabelError
from cartellino.files import explained, readable

_COLUMNS = ("from", "to", "reason")
_DELIMITERS = (",", ";", "\t")


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
    line : int
        Its line in the file, from 1; 0 where it came from elsewhere.
    """

    source: str
    target: str
    reason: str = ""
    line: int = field(default=0, compare=False)

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}'{self.source}' to '{self.target}'"


def tidy(value: str) -> str:
    """A value as it is compared: without outer blanks, composed (Unicode NFC, UAX 15)."""
    return unicodedata.normalize("NFC", value.strip())


def read_merges(path: Path) -> tuple[Edge, ...]:
    """Read a merge file: a table with the columns ``from,to,reason``, in UTF-8.

    Comma, semicolon and tab are understood as separators; lines without any value are passed over.

    Raises
    ------
    InputError
        If the file is missing, is not such a table, or a line lacks a side.
    LabelError
        If edges run in a circle; each line of it is named.
    """
    try:
        with readable(path, "merge file").open(encoding="utf-8-sig", newline="") as stream:
            edges = tuple(_edges(stream.read(), path))
    except UnicodeDecodeError as error:
        raise InputError("the merge file is not in UTF-8", str(path), "Save it as 'CSV UTF-8'.") from error
    except OSError as error:
        raise explained(error, path) from error
    check(edges, str(path))
    return edges


def check(edges: Sequence[Edge], where: str = "the merges") -> None:
    """Refuse edges that cannot be followed to an end.

    Raises
    ------
    LabelError
        If an edge leaves a value for itself, or edges run in a circle.
    """
    for edge in edges:
        if tidy(edge.source) == tidy(edge.target):
            raise LabelError(f"a value is merged into itself ({edge})", where, "Take that line out.")
    circle = _circle(_by_source(edges))
    if circle:
        told = "; ".join(str(edge) for edge in circle)
        raise LabelError(f"these merges run in a circle ({told})", where, "Take one of the lines out.")


def targets(edges: Sequence[Edge]) -> dict[str, tuple[str, ...]]:
    """Where each source ends once chains are followed: tidy source to tidy targets, which no edge leaves.

    Applying the result twice is the same as applying it once.
    """
    by_source = _by_source(edges)
    ends: dict[str, tuple[str, ...]] = {}
    for value in _sorter(by_source).static_order():
        if value in by_source:
            ends[value] = apply((edge.target for edge in by_source[value]), ends)
    return ends


def apply(values: Iterable[str], ends: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The classes that the values of one work stand for, each once, in the order they appear."""
    found = (end for value in values for end in ends.get(tidy(value), (tidy(value),)))
    return tuple(dict.fromkeys(found))


def unmatched(edges: Sequence[Edge], values: Iterable[str]) -> tuple[Edge, ...]:
    """The edges that no value reaches, not even along a chain."""
    by_source = _by_source(edges)
    reached = {tidy(value) for value in values} & by_source.keys()
    waiting = list(reached)
    while waiting:
        onward = {tidy(edge.target) for edge in by_source[waiting.pop()]} & by_source.keys()
        waiting.extend(onward - reached)
        reached |= onward
    return tuple(edge for edge in edges if tidy(edge.source) not in reached)


def _edges(text: str, path: Path) -> Iterable[Edge]:
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    places = _places(next(lines, []), path)
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield _edge(cells, places, lines.line_num, path)


def _places(head: list[str], path: Path) -> list[int]:
    names = [cell.strip().casefold() for cell in head]
    missing = [name for name in _COLUMNS if name not in names]
    if missing:
        raise InputError(
            f"the merge file has no column '{missing[0]}'",
            str(path),
            "Its first line should read: from,to,reason.",
        )
    return [names.index(name) for name in _COLUMNS]


def _edge(cells: list[str], places: list[int], line: int, path: Path) -> Edge:
    source, target, reason = (tidy(cells[place]) if place < len(cells) else "" for place in places)
    if not source or not target:
        side = "from" if not source else "to"
        raise InputError(
            f"line {line} has nothing under '{side}'", str(path), "Fill it in, or take the line out."
        )
    return Edge(source, target, reason, line)


def _by_source(edges: Sequence[Edge]) -> dict[str, list[Edge]]:
    by_source: dict[str, list[Edge]] = {}
    for edge in edges:
        by_source.setdefault(tidy(edge.source), []).append(edge)
    return by_source


def _circle(by_source: Mapping[str, list[Edge]]) -> list[Edge]:
    try:
        _sorter(by_source).prepare()
    except CycleError as error:
        steps = pairwise(reversed(error.args[1]))
        return [next(edge for edge in by_source[a] if tidy(edge.target) == b) for a, b in steps]
    return []


def _sorter(by_source: Mapping[str, list[Edge]]) -> TopologicalSorter[str]:
    """Targets come before their sources, so that ends are known when they are asked for."""
    return TopologicalSorter({source: [tidy(e.target) for e in edges] for source, edges in by_source.items()})
