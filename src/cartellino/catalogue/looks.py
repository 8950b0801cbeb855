"""What was measured of each kept picture, kept so that it is measured once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from cartellino.catalogue.database import Database
from cartellino.catalogue.pictures import COLUMNS, picture_of
from cartellino.records import Picture


class Looks:
    """The measures of a catalogue's pictures; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, version: int) -> list[Picture]:
        """Kept pictures that were not measured by this version of the measures, in the order of keys."""
        rows = self._database.rows(
            f"SELECT {COLUMNS} FROM picture p LEFT JOIN picture_look l ON l.picture = p.id AND l.version = ? "
            "WHERE l.picture IS NULL AND EXISTS "
            "(SELECT 1 FROM work_picture w WHERE w.picture = p.id AND w.status = 'kept') ORDER BY p.id",
            (version,),
        )
        return [picture_of(row) for row in rows]

    def keep(self, version: int, measured: Iterable[tuple[str, Mapping[str, float]]]) -> None:
        """Keep what was measured, by digest; what an earlier version measured goes."""
        rows = [
            (version, json.dumps({name: round(value, 5) for name, value in measures.items()}), digest)
            for digest, measures in measured
        ]
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT INTO picture_look (picture, version, measures) "
                "SELECT id, ?, ? FROM picture WHERE digest = ? "
                "ON CONFLICT (picture) DO UPDATE SET version = excluded.version, "
                "measures = excluded.measures",
                rows,
            )

    def shown(self, version: int) -> Iterator[tuple[int, str, int, int, dict[str, float]]]:
        """(work, digest, width, height, measures) for each kept picture of each work, ordered by work."""
        rows = self._database.rows(
            "SELECT w.work, p.digest, p.width, p.height, l.measures FROM work_picture w "
            "JOIN picture p ON p.id = w.picture JOIN picture_look l ON l.picture = p.id AND l.version = ? "
            "WHERE w.status = 'kept' ORDER BY w.work, w.place, w.id",
            (version,),
        )
        for work, digest, width, height, measures in rows:
            yield work, digest, width, height, json.loads(measures)
