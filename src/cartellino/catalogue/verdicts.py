"""Whether pictures are of the works that name them, as people say; nothing said is ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database

OF_THE_WORK, NOT_OF_THE_WORK = "of the work", "not of the work"


@dataclass(frozen=True, slots=True)
class PictureVerdict:
    """What a person said of a picture (`digest`) of a work (its key)."""

    id: int
    work: int
    digest: str
    verdict: str
    by: str
    at: str
    reason: str


class Verdicts:
    """The verdicts on pictures; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def judge(
        self, work: int, digest: str, verdict: str, by: str, reason: str, seen: str = "{}"
    ) -> PictureVerdict:
        """Put a verdict on record; the newest of a work's picture stands.

        Parameters
        ----------
        work : int
            The work's key.
        digest : str
            SHA-256 of a kept picture.
        verdict : str
            'of the work' or 'not of the work'.
        by, reason : str
            Who says so, and why.
        seen : str
            JSON of what they saw.
        """
        key = self._database.insert(
            "INSERT INTO picture_verdict (work, picture, verdict, decided_by, at, reason, seen) "
            "SELECT ?, id, ?, ?, ?, ?, ? FROM picture WHERE digest = ?",
            (work, verdict, by, now(), reason, seen, digest),
        )
        return next(self._verdicts("v.id = ?", key))

    def of(self, work: int) -> list[PictureVerdict]:
        """Everything that was said of a work's pictures, oldest first."""
        return list(self._verdicts("v.work = ?", work))

    def standing(self) -> dict[tuple[int, str], str]:
        """The verdict that stands for each picture that was judged, by work and digest."""
        return {(each.work, each.digest): each.verdict for each in self._verdicts("true")}

    def refused(self, work: int) -> set[str]:
        """Digests of the pictures that stand as not of a work."""
        rows = self._database.rows(
            "SELECT p.digest FROM picture_refused r JOIN picture p ON p.id = r.picture WHERE r.work = ?",
            (work,),
        )
        return {digest for (digest,) in rows}

    def _verdicts(self, where: str, *told: object) -> Iterator[PictureVerdict]:
        rows = self._database.rows(
            "SELECT v.id, v.work, p.digest, v.verdict, v.decided_by, v.at, v.reason "
            f"FROM picture_verdict v JOIN picture p ON p.id = v.picture WHERE {where} ORDER BY v.id",
            told,
        )
        return (PictureVerdict(*row) for row in rows)
