"""The catalogue of the painted gallery, kept by four registrars who never met."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import numpy as np

from cartellino.acquire.gallery.artists import Artist
from cartellino.acquire.gallery.plan import Planned
from cartellino.acquire.gallery.titles import ENDLESS, title

HEADER = (
    "Object Number",
    "Accession Number",
    "Title",
    "Artist",
    "School",
    "Date",
    "Medium",
    "Department",
    "Tags",
    "Image File",
    "Credit Line",
)
_SPELLINGS = {  # how else each school is written, and why it means the same
    "Primary Grid": (
        ("Primary Grids", "plural"),
        ("Grid of primaries", "older term"),
        ("primary grid", "lower case"),
    ),
    "Pointillism": (
        ("Pointillist", "adjective for the school"),
        ("pointillist manner", "adjective for the school"),
        ("Pointillisme", "French"),
    ),
    "Ink Wash": (
        ("Ink-wash", "hyphen"),
        ("Ink and wash", "technique for the school"),
        ("Tuschmalerei", "German"),
    ),
    "Woodcut": (("Wood cut", "spelling"), ("Woodcuts", "plural"), ("Xylography", "older term")),
    "Geometric Tiling": (("Geometric tiles", "object for the school"), ("Tilework", "object for the school")),
    "Colour Field": (("Color Field", "American spelling"), ("Colour-field painting", "longer form")),
}
_MEDIA = {
    "Primary Grid": ("Oil on canvas", "Oil on canvas", "Gouache on board"),
    "Pointillism": ("Oil on canvas", "Oil on panel"),
    "Ink Wash": ("Ink on paper", "Ink and light colour on silk", "Hanging scroll; ink on paper"),
    "Woodcut": ("Woodcut", "Woodcut from two blocks", "Woodcut on laid paper"),
    "Geometric Tiling": ("Glazed earthenware", "Stonepaste; polychrome under transparent glaze"),
    "Colour Field": ("Acrylic on canvas", "Oil on unprimed canvas", "Oil and egg tempera on canvas"),
}
_DEPARTMENTS = {
    "Ink Wash": "Works on Paper",
    "Woodcut": "Works on Paper",
    "Geometric Tiling": "Decorative Arts",
}
_CREDITS = (
    "Gift of the Friends of the Museum, {year}",
    "Bequest of Mrs. A. Winterhalder, {year}",
    "Purchase, {year}",
    "Transferred from the Town Hall, {year}",
    "Don de M. et Mme Lefèbvre-Roïc, {year}",
    "",
)
_UNSURE = ("unknown", "?", "n/a", "to be checked")
_UNLABELLED, _MISLABELLED, _ODDLY_SPELT = 0.33, 0.02, 0.28  # shares


def table(seed: int, works: Iterable[tuple[Planned, tuple[str, ...]]]) -> str:
    """The catalogue as a CSV: each work with the tags of what it shows.

    A third of the works have no school, a few have a wrong one, many are spelt in another way; ids have
    leading zeros that some have lost, and one went through a spreadsheet.
    """
    rng = np.random.default_rng([seed, 2])
    listed = list(works)
    schools = _schools(rng, [work.school for work, _ in listed])
    rows = [_row(rng, work, tags, school) for (work, tags), school in zip(listed, schools, strict=True)]
    if len(rows) > 30:
        rows[len(rows) // 3][0] = "1.2E+05"
        rows[len(rows) // 5][2] = ENDLESS
        rows[len(rows) // 6][2] = ""
        rows.insert(len(rows) // 2, ["", "", "Frame, empty", *[""] * (len(HEADER) - 3)])
        rows.insert(len(rows) * 3 // 4, ["00999", "1931.7", "Label found in a drawer"])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return stream.getvalue()


def merges() -> str:
    """The spellings of each school as a merge file: from, to, reason."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("from", "to", "reason"))
    for school, spellings in _SPELLINGS.items():
        writer.writerows((spelling, school, reason) for spelling, reason in spellings)
    return stream.getvalue()


def _row(rng: np.random.Generator, work: Planned, tags: tuple[str, ...], school: str) -> list[str]:
    number = 17 + work.place * 3 + work.place // 50 * 40
    year = _year(rng, work.artist)
    acquired = int(rng.integers(max(1901, year + 1), 2019))
    return [
        str(number) if rng.random() < 0.03 else f"{number:05d}",
        _accession(rng, work, acquired),
        title(rng, work.school, tags),
        _signed(rng, work.artist),
        school,
        _date(rng, work.artist, year),
        _pick(rng, _MEDIA.get(work.school, ("",))),
        "" if rng.random() < 0.06 else _DEPARTMENTS.get(work.school, "Paintings"),
        "|".join(tags) if rng.random() < 0.85 else "",
        "|".join(view.file for view in work.views),
        _pick(rng, _CREDITS).format(year=acquired),
    ]


def _schools(rng: np.random.Generator, schools: list[str]) -> list[str]:
    """What the registrars wrote: a third left blank, a few wrong, many in a spelling of their own."""
    order = rng.permutation(len(schools)).tolist()
    blank = round(_UNLABELLED * len(order))
    wrong = round(_MISLABELLED * (len(order) - blank))
    told = list(schools)
    for place in order[blank : blank + wrong]:
        told[place] = _pick(rng, [other for other in _SPELLINGS if other != schools[place]])
    for place in order[:blank]:
        told[place] = ""
    return [_spelt(rng, school) for school in told]


def _spelt(rng: np.random.Generator, school: str) -> str:
    if not school:
        return _pick(rng, _UNSURE) if rng.random() < 0.06 else ""
    if rng.random() < _ODDLY_SPELT:
        school = _pick(rng, [spelling for spelling, _ in _SPELLINGS[school]])
    return school + " " if rng.random() < 0.04 else school


def _accession(rng: np.random.Generator, work: Planned, year: int) -> str:
    number = f"{year}.{int(rng.integers(1, 90))}" + (
        f".{int(rng.integers(1, 9))}" if rng.random() < 0.3 else ""
    )
    if rng.random() < 0.05:
        return f"L.{year}.{int(rng.integers(1, 40))}"
    parts = ("a, b", "a–d", "a–c")
    return number + (_pick(rng, parts) if work.school == "Geometric Tiling" and rng.random() < 0.3 else "")


def _signed(rng: np.random.Generator, artist: Artist) -> str:
    chance = rng.random()
    if not artist.name or chance < 0.05:
        return _pick(rng, ("", "Unknown", "unidentified artist"))
    if chance < 0.12 and " of the " not in artist.name:
        first, _, last = artist.name.rpartition(" ")
        return f"{last}, {first}"
    return f"Attributed to {artist.name}" if chance < 0.15 else artist.name


def _year(rng: np.random.Generator, artist: Artist) -> int:
    born, died = artist.years
    return int(rng.integers(min(born + 20, died - 1), died)) if born else 0


def _date(rng: np.random.Generator, artist: Artist, year: int) -> str:
    if not year:
        return _pick(rng, ("", "n.d.", "undated"))
    if artist.school == "Geometric Tiling" and rng.random() < 0.12:
        return _pick(rng, ("ca. 120 BC", "2nd century B.C.", "1st century BC–1st century AD"))
    ways = (
        "{y}",
        "{y}",
        "{y}",
        "ca. {y}",
        "c. {y}",
        "{y}–{z:02d}",
        "{d}s",
        "before {y}",
        "{y} (?)",
        "{c}th century",
        "n.d.",
    )
    return _pick(rng, ways).format(y=year, z=(year + 2) % 100, d=year // 10 * 10, c=year // 100 + 1)


def _pick(rng: np.random.Generator, choices: list[str] | tuple[str, ...]) -> str:
    return choices[int(rng.integers(len(choices)))]
