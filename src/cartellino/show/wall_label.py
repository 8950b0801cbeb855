"""Which columns of a museum's table go where on the wall label, guessed from their headers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LIFE = (("artistbegindate", "artistenddate"), ("birthyear", "deathyear"), ("born", "died"))


@dataclass(frozen=True, slots=True)
class WallLabel:
    """A museum's wall label; what is not known is ''.

    Parameters
    ----------
    artist, dates : str
        Who made it, and when they lived.
    title, year : str
        What it is called, and when it was made.
    medium : str
        What it is made of.
    place : str
        Culture and period, or else the place it comes from.
    credit, number : str
        How the museum came by it, and its accession number, or else its id.
    rest : tuple of (str, str)
        Header and value of every column that found no place above, in the table's order.
    """

    artist: str
    dates: str
    title: str
    year: str
    medium: str
    place: str
    credit: str
    number: str
    rest: tuple[tuple[str, str], ...]


def wall_label(
    columns: Iterable[tuple[str, str]], title: str = "", accession: str = "", work_id: str = ""
) -> WallLabel:
    """Set a catalogue entry as a wall label.

    Parameters
    ----------
    columns : iterable of (str, str)
        Header and value, in the table's order; blank values are left out.
    title, accession, work_id : str
        What the catalogue already knows of the work; these win over a guess.
    """
    columns = [(header, value.strip()) for header, value in columns if value.strip()]
    by_header: dict[str, str] = {}
    for header, value in columns:
        by_header.setdefault(plain(header), value)
    found = {role: _first(by_header, names) for role, names in roles().items()}
    known = {"title": title, "number": accession}
    said = {role: tidy(known.get(role) or (by_header[name] if name else "")) for role, name in found.items()}
    used = {name for role, name in found.items() if name and said[role]}
    return WallLabel(
        artist=said["artist"],
        dates=said["dates"] or _life(by_header, used),
        title=said["title"],
        year=said["year"],
        medium=said["medium"],
        place=_joined((said["culture"], said["period"])) or said["place"],
        credit=said["credit"],
        number=said["number"] or work_id,
        rest=tuple(
            (header, tidy(value)) for header, value in columns if plain(header) not in _shown(used, said)
        ),
    )


@cache
def roles() -> dict[str, tuple[str, ...]]:
    """For each part of a wall label the headers that may hold it, the better one first."""
    told = tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8"))
    return {role: tuple(headers) for role, headers in told.items()}


def plain(header: str) -> str:
    """A header without accents, capitals, spaces and signs: 'Künstler-Name ' is 'kunstlername'."""
    bare = unicodedata.normalize("NFKD", header).casefold()
    return re.sub(r"[^a-z0-9]", "", bare)


def tidy(value: str) -> str:
    """Several values of one cell (``a|b``), set as a person would: 'a; b'."""
    return "; ".join(dict.fromkeys(part.strip() for part in value.split("|") if part.strip()))


def _first(by_header: dict[str, str], names: Sequence[str]) -> str:
    return next((name for name in names if name in by_header), "")


def _life(by_header: dict[str, str], used: set[str]) -> str:
    for born, died in _LIFE:
        if born in by_header and died in by_header:
            used.update((born, died))
            return f"{tidy(by_header[born])}–{tidy(by_header[died])}"
    return ""


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _shown(used: set[str], said: dict[str, str]) -> set[str]:
    # A place that gave way to a culture is still worth reading in the entry.
    hidden = set(roles()["place"]) if said["culture"] or said["period"] else set()
    return used - hidden
