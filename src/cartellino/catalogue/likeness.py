"""What was measured of pictures to find those that show the same, and how far pairs of them agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cartellino.catalogue.database import Database
from cartellino.records import Picture, Trim

_KEPT = "EXISTS (SELECT 1 FROM work_picture w WHERE w.picture = p.id AND w.status = 'kept')"
_COLUMNS = (
    "p.id, p.digest, p.file, p.width, p.height, p.trim_left, p.trim_top, p.trim_right, p.trim_bottom, "
    "p.fingerprint, p.format"
)


class Likeness:
    """The views and pairs of a catalogue's pictures; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unmeasured(self) -> list[tuple[int, Picture]]:
        """The kept pictures without views and their keys, ascending."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM picture p WHERE {_KEPT} "
            "AND NOT EXISTS (SELECT 1 FROM picture_view v WHERE v.picture = p.id) ORDER BY p.id"
        )
        return [(row[0], _picture(row)) for row in rows]

    def pictures(self, keys: Sequence[int]) -> dict[int, Picture]:
        """Some pictures by key."""
        rows = self._database.rows_in(f"SELECT {_COLUMNS} FROM picture p WHERE p.id IN ({{}})", keys)
        return {row[0]: _picture(row) for row in rows}

    def measured(self, views: Sequence[tuple[int, bytes]]) -> None:
        """Keep the views of pictures: (picture, hashes)."""
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT OR REPLACE INTO picture_view (picture, views) VALUES (?, ?)", views
            )

    def views(self) -> Iterator[tuple[int, bytes]]:
        """(picture, hashes) of every picture that was measured, in the order of keys."""
        yield from self._database.rows("SELECT picture, views FROM picture_view ORDER BY picture")

    def all_compared(self) -> bool:
        """Whether no picture was measured since pairs were last proposed and all of them compared."""
        return self._database.one("SELECT 1 FROM picture_view WHERE NOT compared LIMIT 1") is None

    def compared(self) -> None:
        """Note that every proposed pair is compared."""
        with self._database.transaction():
            self._database.connection.execute("UPDATE picture_view SET compared = 1 WHERE NOT compared")

    def known(self) -> Iterator[tuple[int, int]]:
        """The pairs that were compared."""
        yield from self._database.rows("SELECT first, second FROM picture_pair")

    def keep(self, pairs: Sequence[tuple[int, int, float]]) -> None:
        """Keep how far pairs agree: (first, second, agreement), first < second."""
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT OR REPLACE INTO picture_pair (first, second, agreement) VALUES (?, ?, ?)", pairs
            )

    def agreeing(self, least: float) -> Iterator[tuple[int, int, float]]:
        """The pairs that agree at least that far, in the order of keys."""
        yield from self._database.rows(
            "SELECT first, second, agreement FROM picture_pair WHERE agreement >= ? ORDER BY first, second",
            (least,),
        )


def _picture(row: Sequence[Any]) -> Picture:
    _, digest, file, width, height, left, top, right, bottom, fingerprint, kind = row
    return Picture(digest, file, width, height, Trim(left, top, right, bottom), fingerprint, kind)
