"""Guesses what the columns of a table are for, from their names and from what stands in them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

from cartellino.acquire.walk import is_picture
from cartellino.catalogue.names import unique
from cartellino.errors import InputError
from cartellino.records import Column

_MOSTLY, _HALF = 0.9, 0.5


@cache
def _headings() -> dict[str, list[str]]:
    text = resources.files("cartellino.acquire.tables").joinpath("headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Told:
    """The columns that a person named; None leaves it to the guess."""

    id: str | None = None
    accession: str | None = None
    title: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """The positions of the columns that have a part to play; None where there is none."""

    id: int
    accession: int | None = None
    title: int | None = None
    picture: int | None = None
    notes: tuple[str, ...] = ()


def columns(header: Sequence[str], roles: Roles) -> tuple[Column, ...]:
    """The columns of a source, each under a name that no other has."""
    table = _Table(header, [])
    parts: dict[int | None, str] = {
        table.first("rights"): "rights",
        table.first("public"): "public domain",
        roles.picture: "picture",
        roles.title: "title",
        roles.accession: "accession",
        roles.id: "id",
    }
    parts.pop(None, None)
    return tuple(
        Column(head, name, parts.get(place, ""))
        for place, (head, name) in enumerate(zip(header, unique(header), strict=True))
    )


def named_roles(header: Sequence[str]) -> tuple[Column, ...]:
    """Columns whose names say all: the first is the id, the last the picture file."""
    table = _Table(header, [])
    return columns(header, Roles(0, table.accession(0), table.first("title"), len(header) - 1))


def guess(
    header: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    told: Told,
    where: str,
    do: str = "Name it with --id-column.",
) -> Roles:
    """Find the columns of id, accession number, title and picture file.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : sequence of rows
        The first rows, as wide as the header.
    told : Told
        What a person said.
    where, do : str
        The table, and what to do if its ids are not found, for messages.

    Raises
    ------
    InputError
        If a named column is not there, or no column or several could be the id.
    """
    table = _Table(header, rows, where, do)
    picture = table.told(told.picture, "--picture-column") if told.picture else table.picture()
    notes: tuple[str, ...] = ()
    if told.id:
        identity = table.told(told.id, "--id-column")
    else:
        identity, notes = table.identity(picture)
    accession = (
        table.told(told.accession, "accession column") if told.accession else table.accession(identity)
    )
    title = table.told(told.title, "title column") if told.title else table.first("title")
    return Roles(identity, accession, title if title != identity else None, picture, notes)


class _Table:
    """The first rows of a table, by column."""

    def __init__(
        self, header: Sequence[str], rows: Sequence[Sequence[str | None]], where: str = "", do: str = ""
    ) -> None:
        self.header, self.where, self.do = header, where, do
        self.words = [_word(name) for name in header]
        self.values = [[(row[place] or "").strip() for row in rows] for place in range(len(header))]

    def told(self, name: str, option: str) -> int:
        for same in (str, str.casefold, _word):
            for place, head in enumerate(self.header):
                if same(head.strip()) == same(name.strip()):
                    return place
        near = (
            get_close_matches(name, self.header, n=3, cutoff=0.5)
            or [head for head in self.header if head.strip()][:12]
        )
        raise InputError(
            f"there is no column '{name}'", f"{self.where}, {option}", f"There are: {', '.join(near)}."
        )

    def first(self, kind: str) -> int | None:
        return next((self.words.index(word) for word in _headings()[kind] if word in self.words), None)

    def accession(self, identity: int) -> int | None:
        found = map(self.first, ("accession", "number"))
        return next((place for place in found if place is not None and place != identity), None)

    def picture(self) -> int | None:
        """The column whose cells are mostly names of picture files; its own name counts where several are."""
        shares = [self._share_of_files(values) for values in self.values]
        named = [
            place
            for place, word in enumerate(self.words)
            if word in _headings()["picture"] and shares[place] >= 0.5
        ]
        return next(iter(named + [place for place, share in enumerate(shares) if share >= _MOSTLY]), None)

    def identity(self, picture: int | None) -> tuple[int, tuple[str, ...]]:
        """The column of ids: by name and because its values differ; by name alone; or the picture files."""
        for kind in ("system", "number", "accession"):
            named = [
                place
                for place, word in enumerate(self.words)
                if word in _headings()[kind] and self._filled(place, _HALF)
            ]
            differing = [place for place in named if self._differs(place)]
            if len(differing) > 1:
                raise self._which([self.header[place] for place in differing])
            if differing:
                return differing[0], ()
            if len(named) == 1:
                head = self.header[named[0]]
                return named[0], (f"ids in '{head}' repeat; rows with the same id were taken as one work",)
        if picture is not None and self._filled(picture) and self._differs(picture):
            return picture, (
                f"no column of ids was found; the files in '{self.header[picture]}' stand for them",
            )
        raise self._which([self.header[place] for place in range(len(self.header)) if self._could_be(place)])

    def _could_be(self, place: int) -> bool:
        return bool(self.header[place].strip()) and self._filled(place) and self._differs(place)

    def _which(self, candidates: list[str]) -> InputError:
        listed = ", ".join(f"'{name}'" for name in candidates[:8])
        what = (
            f"it is not plain which column holds the ids: {listed}" if listed else "it has no column of ids"
        )
        return InputError(what, self.where, self.do)

    def _filled(self, place: int, share: float = _MOSTLY) -> bool:
        values = self.values[place]
        return sum(map(bool, values)) >= share * len(values)

    def _differs(self, place: int) -> bool:
        values = [value for value in self.values[place] if value]
        return len(set(values)) >= _MOSTLY * len(values)

    @staticmethod
    def _share_of_files(values: Sequence[str]) -> float:
        filled = [value for value in values if value]
        return (
            sum(is_picture(value) and "://" not in value for value in filled) / len(filled) if filled else 0.0
        )


def _word(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z0-9]", "", plain.casefold())
