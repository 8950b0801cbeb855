"""Which pictures works have: wanted, kept or in quarantine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cartellino.catalogue import named
from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database
from cartellino.records import Picture, Trim


class WantedPicture(NamedTuple):
    """A picture that a work's row names: `stamp` tells the file it was read from, '' if it never was."""

    id: int
    work: int
    address: str
    status: str  # 'wanted', 'kept' or 'quarantined'
    stamp: str


class BestView(NamedTuple):
    """The first picture of a work, the address it came from, and the source that brought the work."""

    work: int
    address: str
    source: str
    picture: Picture


class QuarantinedPicture(NamedTuple):
    """A file that could not be trusted as a picture, and why."""

    work_id: str
    address: str
    reason: str
    at: str


_WEB = "(instr(address, '://') > 0)"
# What may be learnt from and compared: kept, and not judged to show something else.
TRUSTED = (
    "w.status = 'kept' AND NOT EXISTS "
    "(SELECT 1 FROM picture_refused r WHERE r.work = w.work AND r.picture = w.picture)"
)
COLUMNS = (
    "p.digest, p.file, p.width, p.height, p.trim_left, p.trim_top, p.trim_right, p.trim_bottom, "
    "p.fingerprint, p.format, p.changes"
)


class Pictures:
    """The pictures of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def want(self, work: int, addresses: Sequence[str]) -> None:
        """Note that `work` has pictures at `addresses`, best first; those it has already stay as they are."""
        with self._database.transaction():
            named.want(self._database, [(work, addresses)], by_row=False)

    def wanted(self, limit: int = 500, after: int = 0, *, web: bool = False) -> list[WantedPicture]:
        """The next pictures that works name, of any status, in the order of their keys.

        Kept ones are among them because their file may have been replaced since: its stamp tells.

        Parameters
        ----------
        limit : int
            How many at most.
        after : int
            The last key seen.
        web : bool
            Those with an address on the web, instead of those in files.
        """
        rows = self._database.rows(
            "SELECT id, work, address, status, stamp FROM work_picture "
            f"WHERE id > ? AND {_WEB} = ? ORDER BY id LIMIT ?",
            (after, web, limit),
        )
        return [WantedPicture(*row) for row in rows]

    def in_files(self) -> int:
        """How many pictures works name that lie in files."""
        return int(self._database.value(f"SELECT count(*) FROM work_picture WHERE NOT {_WEB}"))

    def waiting_on_web(self) -> int:
        """How many pictures with an address on the web nobody has fetched yet."""
        sql = f"SELECT count(*) FROM work_picture WHERE status = 'wanted' AND {_WEB}"
        return int(self._database.value(sql))

    def keep(self, wanted: int, picture: Picture, stamp: str) -> None:
        """Note that `wanted` was read from the file with this `stamp` and is kept as `picture`."""
        self.keep_all([(wanted, picture, stamp)])

    def keep_all(self, kept: Sequence[tuple[int, Picture, str]]) -> None:
        """Note many as `keep` does, in one transaction."""
        at = now()
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT INTO picture (digest, file, width, height, trim_left, trim_top, trim_right, "
                "trim_bottom, fingerprint, format, changes, added_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (digest) DO NOTHING",
                [(*_row(picture), at) for _, picture, _ in kept],
            )
            self._database.connection.executemany(
                "UPDATE work_picture SET status = 'kept', "
                "picture = (SELECT id FROM picture WHERE digest = ?), "
                "reason = '', stamp = ?, at = ? WHERE id = ?",
                [(picture.digest, stamp, at, wanted) for wanted, picture, stamp in kept],
            )

    def quarantine(self, wanted: int, reason: str, stamp: str) -> None:
        """Note that the file of `wanted` with this `stamp` cannot be trusted, and why."""
        self.quarantine_all([(wanted, reason, stamp)])

    def quarantine_all(self, refused: Sequence[tuple[int, str, str]]) -> None:
        """Note many as `quarantine` does, in one transaction."""
        at = now()
        with self._database.transaction():
            self._database.connection.executemany(
                "UPDATE work_picture SET status = 'quarantined', picture = NULL, "
                "reason = ?, stamp = ?, at = ? WHERE id = ?",
                [(reason, stamp, at, wanted) for wanted, reason, stamp in refused],
            )

    def kept_among(self, wanted: Sequence[int]) -> set[int]:
        """Which of these wanted pictures are kept."""
        rows = self._database.rows_in(
            "SELECT id FROM work_picture WHERE status = 'kept' AND id IN ({})", wanted
        )
        return {key for (key,) in rows}

    def known(self, digest: str) -> Picture | None:
        """The picture with this SHA-256, if it was ever kept."""
        row = self._database.one(f"SELECT {COLUMNS} FROM picture p WHERE digest = ?", (digest,))
        return picture_of(row) if row else None

    def of(self, work: int) -> list[Picture]:
        """The kept pictures of one work, best first; those judged not to be of it among them."""
        rows = self._database.rows(
            f"SELECT {COLUMNS} FROM work_picture w JOIN picture p ON p.id = w.picture "
            "WHERE w.work = ? AND w.status = 'kept' ORDER BY w.place, w.id",
            (work,),
        )
        return [picture_of(row) for row in rows]

    def all(self) -> Iterator[Picture]:
        """Every kept picture that a work has, once, in the order of keys."""
        rows = self._database.rows(
            f"SELECT {COLUMNS} FROM picture p WHERE EXISTS "
            "(SELECT 1 FROM work_picture w WHERE w.picture = p.id AND w.status = 'kept') ORDER BY p.id"
        )
        for row in rows:
            yield picture_of(row)

    def shown_by(self, works: Sequence[int]) -> Iterator[tuple[int, str]]:
        """(work, digest) for each kept picture of `works`, ordered by work and then best first.

        Pictures that stand as not of their work are left out, as in all that learns or compares.
        """
        yield from self._database.rows_in(
            "SELECT w.work, p.digest FROM work_picture w JOIN picture p ON p.id = w.picture "
            f"WHERE {TRUSTED} AND w.work IN ({{}}) ORDER BY w.work, w.place, w.id",
            sorted(set(map(int, works))),
        )

    def best_views(self, works: Sequence[int]) -> Iterator[BestView]:
        """The best kept picture of each of `works` that stands as a picture of it, ordered by work."""
        rows = self._database.rows_in(
            f"SELECT w.work, w.address, s.name, {COLUMNS} FROM work_picture w "
            "JOIN picture p ON p.id = w.picture JOIN work ON work.id = w.work "
            "JOIN source s ON s.id = work.source "
            f"WHERE {TRUSTED} AND w.work IN ({{}}) ORDER BY w.work, w.place, w.id",
            sorted(set(map(int, works))),
        )
        last = -1
        for work, address, source, *row in rows:
            if work != last:
                yield BestView(work, address, source, picture_of(row))
            last = work

    def works_showing(self, digest: str) -> list[int]:
        """Keys of the works that a picture shows."""
        rows = self._database.rows(
            "SELECT w.work FROM picture p JOIN work_picture w ON w.picture = p.id "
            f"WHERE p.digest = ? AND {TRUSTED} ORDER BY w.work",
            (digest,),
        )
        return [row[0] for row in rows]

    def fingerprints(self) -> Iterator[tuple[int, int, int, str]]:
        """(work, picture, perceptual hash, digest) for each kept picture, ordered by work.

        Pictures that stand as not of their work are left out.
        """
        yield from self._database.rows(
            "SELECT w.work, p.id, p.fingerprint, p.digest "
            "FROM work_picture w JOIN picture p ON p.id = w.picture "
            f"WHERE {TRUSTED} ORDER BY w.work, w.place, w.id"
        )

    def quarantined(self) -> Iterator[QuarantinedPicture]:
        """The files in quarantine, in the order they were named."""
        rows = self._database.rows(
            "SELECT work.work_id, w.address, w.reason, w.at "
            "FROM work_picture w JOIN work ON work.id = w.work "
            "WHERE w.status = 'quarantined' ORDER BY w.id"
        )
        for row in rows:
            yield QuarantinedPicture(*row)

    def counts(self) -> dict[str, int]:
        """How many of the pictures that works name are kept, wanted and in quarantine."""
        counts = {"kept": 0, "wanted": 0, "quarantined": 0}
        waiting = dict(
            self._database.rows(
                "SELECT status, count(*) FROM work_picture WHERE status <> 'kept' GROUP BY status"
            )
        )
        named = int(self._database.value("SELECT count(*) FROM work_picture"))
        return counts | waiting | {"kept": named - sum(waiting.values())}


def _row(picture: Picture) -> tuple[object, ...]:
    trim = picture.trim
    return (
        picture.digest,
        picture.file,
        picture.width,
        picture.height,
        trim.left,
        trim.top,
        trim.right,
        trim.bottom,
        picture.fingerprint,
        picture.format,
        json.dumps(picture.changes, ensure_ascii=False),
    )


def picture_of(row: Sequence[Any]) -> Picture:
    """The picture in a row of COLUMNS."""
    digest, file, width, height, left, top, right, bottom, fingerprint, kind, changes = row
    trim = Trim(left, top, right, bottom)
    return Picture(digest, file, width, height, trim, fingerprint, kind, tuple(json.loads(changes)))
