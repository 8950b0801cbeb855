"""The fields of a catalogue: its columns, with the values works have in them."""

from __future__ import annotations

import difflib
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from cartellino.catalogue import several, sources
from cartellino.catalogue.database import Database
from cartellino.catalogue.names import folded, quoted
from cartellino.catalogue.sources import Source
from cartellino.catalogue.summary import DISTINCT, EXAMPLES_FROM, Filled, examples, summarise
from cartellino.errors import InputError


@dataclass(frozen=True, slots=True)
class FieldSummary:
    """How well a field is filled.

    Parameters
    ----------
    name : str
        The field.
    works : int
        Works with a value.
    values : int
        Different values; counting stops at 1,000, which then means 1,000 or more.
    several : bool
        Whether some works have several values.
    sources : tuple of str
        Names of the sources that have it.
    examples : tuple of str
        Up to three values that are frequent in its first rows; one where no value comes twice.
    """

    name: str
    works: int
    values: int
    several: bool
    sources: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A field's column in one source."""

    source: Source
    name: str
    key: int
    several: bool
    role: str


class Fields:
    """The fields of a catalogue; made by Catalogue. A field is the same in two sources if its name is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> list[str]:
        """The names of all fields: those of the source read last first, in their order."""
        return [places[0].name for places in self._places().values()]

    def summary(self) -> list[FieldSummary]:
        """How well each field is filled. Reads every row once, so half a million works take some seconds."""
        filled = {source.id: summarise(self._database, source) for source in sources.every(self._database)}
        return [self._summarised(places, filled) for places in self._places().values()]

    def values(self, field: str) -> Iterator[tuple[int, str]]:
        """(work, value) for every value of `field`, ordered by work and then as written.

        Blank values are left out, others stripped, and a value that a work has twice is told once. For a work
        in several sources, the one read last that has a value counts.

        Raises
        ------
        InputError
            If there is no such field; the sentence suggests near ones.
        """
        places = self._find(field)
        return _merged([self._in_source(place) for place in places])

    def counts(self, field: str, limit: int | None = None) -> list[tuple[str, int]]:
        """The values of `field` and how many works have each, the most frequent first, then by alphabet."""
        counted = Counter(value for _, value in self.values(field))
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def resolve(self, field: str) -> str:
        """The field that `field` names, however it is written ('object name' is 'Object Name').

        The columns of a role are found by it ('public domain' is 'isPublicDomain') if none is called so.

        Raises
        ------
        InputError
            If there is no such field, or more than one would do.
        """
        return self._find(field)[0].name

    def _places(self) -> dict[str, list[_Place]]:
        places: dict[str, list[_Place]] = {}
        for source in sources.every(self._database):
            rows = self._database.rows(
                "SELECT name, id, several, role FROM source_column WHERE source = ? ORDER BY place",
                (source.id,),
            )
            for name, key, holds_several, role in list(rows):
                place = _Place(source, name, key, bool(holds_several), role)
                places.setdefault(folded(name), []).append(place)
        return places

    def _find(self, field: str) -> list[_Place]:
        places = self._places()
        if exact := places.get(folded(field)):
            return exact
        loose = [name for name in places if _bare(name) == _bare(field)]
        if len(loose) == 1:
            return places[loose[0]]
        if by_role := [each for found in places.values() for each in found if each.role == folded(field)]:
            return by_role
        names = [found[0].name for found in places.values()]
        near = [places[name][0].name for name in loose] or difflib.get_close_matches(field, names, cutoff=0.5)
        do = f"Did you mean {' or '.join(near)}?" if near else "See the fields with 'cartellino fields'."
        raise InputError(f"there is no field '{field}'", "", do)

    def _in_source(self, place: _Place) -> Iterator[tuple[int, str]]:
        cell, table = f"o.{quoted(place.name)}", quoted(place.source.original)
        if not place.several:
            sql = f"SELECT o.work, {cell} FROM {table} o WHERE {cell} <> '' ORDER BY o.work, o.line"
            return self._database.rows(sql)
        sql = (
            f"SELECT o.work, {cell}, v.value FROM {table} o LEFT JOIN value v "
            f"ON v.source_column = {place.key} AND v.line = o.line "
            f"WHERE {cell} <> '' ORDER BY o.work, o.line, v.place"
        )
        return several.values(self._database.rows(sql), several.separator_of(place.source.format))

    def _summarised(self, places: list[_Place], filled: dict[int, dict[str, Filled]]) -> FieldSummary:
        first = places[0]
        names = tuple(place.source.name for place in places)
        holds_several = any(place.several for place in places)
        in_source = filled[first.source.id].get(first.name)
        if in_source is None or len(places) > 1:
            in_source = _tally(self.values(first.name))
        return FieldSummary(
            first.name, in_source.works, in_source.values, holds_several, names, in_source.examples
        )


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, folded(name)))


def _merged(streams: list[Iterator[tuple[int, str]]]) -> Iterator[tuple[int, str]]:
    """One stream of (work, value) from several in the order of works; the first that has a work counts."""
    if len(streams) == 1:
        yield from _tidied(streams[0])
        return
    ranked = [_grouped(stream, rank) for rank, stream in enumerate(streams)]
    last = -1
    for work, _, values in heapq.merge(*ranked, key=itemgetter(0, 1)):
        if work != last:
            yield from ((work, value) for value in values)
            last = work


def _tidied(stream: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Values stripped, without blanks, each of a work once; the quick way through one source."""
    last, seen = -1, set[str]()
    for work, written in stream:
        value = written.strip()
        if not value or (work == last and value in seen):
            continue
        if work != last:
            last, seen = work, set()
        seen.add(value)
        yield work, value


def _grouped(stream: Iterable[tuple[int, str]], rank: int) -> Iterator[tuple[int, int, list[str]]]:
    for work, pairs in groupby(stream, key=itemgetter(0)):
        values = dict.fromkeys(value.strip() for _, value in pairs)
        values.pop("", None)
        if values:
            yield work, rank, list(values)


def _tally(pairs: Iterable[tuple[int, str]]) -> Filled:
    works, last, different = 0, -1, set[str]()
    first: list[str] = []
    for work, value in pairs:
        works += work != last
        last = work
        if len(different) < DISTINCT:
            different.add(value)
        if len(first) < EXAMPLES_FROM:
            first.append(value)
    return Filled(works, len(different), examples(first))
