"""Lists of works that look wrong, as rows; what they mean is for the room of that name to know."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cartellino.catalogue import standing
from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database


@dataclass(frozen=True, slots=True)
class SuspectList:
    """A list that was made: `key` tells from what, `wrong` how many labels are estimated to be wrong."""

    key: str
    wrong: int
    made_at: str


class Suspects:
    """The suspects of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self, label_set: int, key: str, wrong: int, entries: Iterable[tuple[int, float, dict[str, Any]]]
    ) -> None:
        """Make (work, doubt, told) `entries` the list of a label set, in place of the one there was."""
        rows = [
            (label_set, place, int(work), float(doubt), json.dumps(told, ensure_ascii=False))
            for place, (work, doubt, told) in enumerate(entries)
        ]
        with self._database.transaction():
            ask = self._database.connection
            ask.execute("DELETE FROM suspect WHERE label_set = ?", (label_set,))
            ask.execute(
                "INSERT INTO suspect_list (label_set, key, wrong, verdict, made_at) "
                "SELECT ?, ?, ?, ifnull(max(id), 0), ? FROM picture_verdict WHERE true "
                "ON CONFLICT (label_set) DO UPDATE SET key = excluded.key, wrong = excluded.wrong, "
                "verdict = excluded.verdict, made_at = excluded.made_at",
                (label_set, key, wrong, now()),
            )
            ask.executemany(
                "INSERT INTO suspect (label_set, place, work, doubt, told) VALUES (?, ?, ?, ?, ?)", rows
            )

    def made(self, label_set: int) -> SuspectList | None:
        """When and from what the list of a label set was made, if it was."""
        row = self._database.one(
            "SELECT key, wrong, made_at FROM suspect_list WHERE label_set = ?", (label_set,)
        )
        return SuspectList(*row) if row else None

    def open(self, label_set: int) -> list[tuple[int, dict[str, Any]]]:
        """(place, told) of the suspects that nobody has judged, the most doubtful first.

        A work is judged once it is signed under any version of the label set's name, or a person has said
        since the list was made that its picture is not of it.
        """
        rows = self._database.rows(_OPEN, (label_set,))
        return [(place, json.loads(told)) for place, told in rows]

    def one(self, label_set: int, work: int) -> dict[str, Any] | None:
        """What was told of a work, judged or not, if it is a suspect."""
        told = self._database.value(
            "SELECT told FROM suspect WHERE label_set = ? AND work = ?", (label_set, work)
        )
        return json.loads(told) if told else None

    def judged(self, label_set: int) -> int:
        """How many works of the list have been judged."""
        listed = self._database.value("SELECT count(*) FROM suspect WHERE label_set = ?", (label_set,))
        return int(listed) - len(self.open(label_set))


_OPEN = f"""
SELECT s.place, s.told FROM suspect s WHERE s.label_set = ?1
  AND NOT EXISTS (
    SELECT 1 FROM standing t
    WHERE t.work = s.work AND t.kind = 'signed' AND t.label_set IN {standing.VERSIONS})
  AND NOT EXISTS (
    SELECT 1 FROM picture_refused r WHERE r.work = s.work
      AND r.verdict > (SELECT verdict FROM suspect_list WHERE label_set = ?1))
ORDER BY s.place
"""
