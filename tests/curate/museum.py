"""Small real catalogues for the tests of curate and triage: rows with fields, and pictures by fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cartellino.catalogue import Catalogue
from cartellino.progress import Silent
from cartellino.records import Column, Picture, Trim, Work

Row = Mapping[str, str | Sequence[str]]


def unlike(text: str) -> int:
    """A signed fingerprint that is far from those of other texts."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def picture(digest: str, fingerprint: int) -> Picture:
    return Picture(
        digest, f"{digest[:2]}/{digest[2:]}.jpg", 300, 200, Trim(0, 0, 300, 200), fingerprint, "JPEG"
    )


def hang(
    catalogue: Catalogue,
    rows: Sequence[Row],
    pictures: Mapping[str, Sequence[tuple[str, int]]] | None = None,
    name: str = "works",
) -> dict[str, int]:
    """Make `rows` (with an 'id') the works of a source, and return their keys.

    `pictures` gives (digest, fingerprint) pairs by id; other works show one picture of their own.
    """
    fields = list(dict.fromkeys(field for row in rows for field in row))
    columns = [Column(field, field, "id" if field == "id" else "") for field in fields]
    source = catalogue.works.source(name, "table", f"{name}.csv", columns, {"separator": "|"})
    given = pictures or {}
    named = {
        str(row["id"]): tuple(given.get(str(row["id"]), [(str(row["id"]), unlike(str(row["id"])))]))
        for row in rows
    }
    works = [_work(line, row, fields, named[str(row["id"])]) for line, row in enumerate(rows, 2)]
    catalogue.works.write(source, works, progress=Silent())
    keys = {str(row["id"]): catalogue.works.key(str(row["id"])) for row in rows}
    by_key = {key: work_id for work_id, key in keys.items()}
    with catalogue.transaction():
        for wanted in catalogue.pictures.wanted(10_000_000):
            if wanted.status == "wanted" and wanted.work in by_key:
                place = int(wanted.address.rpartition("#")[2])
                digest, fingerprint = named[by_key[wanted.work]][place]
                kept = picture(hashlib.sha256(digest.encode()).hexdigest(), fingerprint)
                catalogue.pictures.keep(wanted.id, kept, "stamp")
    return keys


def opened(folder: Path) -> Catalogue:
    return Catalogue.open(folder / "catalogue.sqlite", create=True)


def _work(line: int, row: Row, fields: Sequence[str], shown: Sequence[tuple[str, int]]) -> Work:
    cells = tuple(
        "|".join(cell) if not isinstance(cell := row.get(field, ""), str) else cell for field in fields
    )
    several = tuple(
        (place, tuple(row[field]))
        for place, field in enumerate(fields)
        if not isinstance(row.get(field, ""), str)
    )
    addresses = tuple(f"{row['id']}#{place}" for place in range(len(shown)))
    return Work(str(row["id"]), line, cells, several=several, pictures=addresses)


def hang_many(catalogue: Catalogue, rows: Iterable[Row], fields: Sequence[str]) -> None:
    """Make very many `rows` the works of a source; each shows a picture of its own, only on record."""
    columns = [Column(field, field, "id" if field == "id" else "") for field in fields]
    source = catalogue.works.source("works", "table", "works.csv", columns, {"separator": "|"})
    works = (_work(line, row, list(fields), ()) for line, row in enumerate(rows, 2))
    catalogue.works.write(source, works, progress=Silent())
    with catalogue.transaction():
        catalogue.connection.executemany(
            "INSERT INTO picture (id, digest, file, width, height, trim_left, trim_top, trim_right, "
            "trim_bottom, fingerprint, format, added_at) VALUES (?, ?, '', 9, 9, 0, 0, 9, 9, ?, 'JPEG', '')",
            ((key, f"{key:064x}", unlike(str(key))) for key in catalogue.works.keys()),  # noqa: SIM118 - a method of its own
        )
        catalogue.connection.execute(
            "INSERT INTO work_picture (work, place, address, status, picture, at) "
            "SELECT id, 0, '', 'kept', id, '' FROM work"
        )
