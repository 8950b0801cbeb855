"""Label sets as rows: frozen, versioned, never changed. What they mean is for curate/ to know."""

from __future__ import annotations

import builtins
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database, batches
from cartellino.catalogue.pictures import TRUSTED
from cartellino.errors import LabelError

_AT_ONCE = 500  # rows in a statement
_COLUMNS = "id, name, version, kind, definition, hash, frozen_at"


@dataclass(frozen=True, slots=True)
class LabelSetRow:
    """A frozen label set: `definition` is its TOML, `hash` the SHA-256 of what was frozen."""

    id: int
    name: str
    version: int
    kind: str  # 'single' or 'multi'
    definition: str
    hash: str
    frozen_at: str


class Labels:
    """The label sets of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        name: str,
        kind: str,
        definition: str,
        hash: str,  # noqa: A002 - the word of the catalogue
        classes: Sequence[tuple[str, bool]],
        members: Iterable[tuple[int, str, int, tuple[int, ...]]],
        *,
        policies: Mapping[str, str] | None = None,
        held: Iterable[int] = (),
    ) -> LabelSetRow:
        """Freeze a label set as the next version of `name`; if the newest has this hash, return that.

        Parameters
        ----------
        name : str
            Its name, without a version.
        kind : str
            'single' or 'multi'.
        definition : str
            Its TOML.
        hash : str
            SHA-256 of the frozen result.
        classes : sequence of (str, bool)
            Labels in order, and whether each is sensitive.
        members : iterable of (int, str, int, tuple of int)
            Work, part, kin, and the places of its classes.
        policies : mapping of str to str
            What may be done with a class, by label; '' for those that are not in it.
        held : iterable of int
            Works kept aside to test that they are not taken for a class.
        """
        with self._database.transaction():
            newest = self._newest(name)
            if newest and newest.hash == hash:
                return newest
            version = newest.version + 1 if newest else 1
            key = self._database.insert(
                "INSERT INTO label_set (name, version, kind, definition, hash, frozen_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (name, version, kind, definition, hash, now()),
            )
            self._save_classes(key, classes, policies or {})
            self._save_members(key, members)
            self._database.connection.executemany(
                "INSERT INTO label_held (label_set, work) VALUES (?, ?)", [(key, int(work)) for work in held]
            )
        return self.find(name, version)

    def find(self, name: str, version: int | None = None) -> LabelSetRow:
        """The label set `name` (its newest version), or ``name@2`` (that version).

        Raises
        ------
        LabelError
            If there is none; the sentence names those there are.
        """
        plain, _, number = name.rpartition("@")
        if plain and version is None and number.isdecimal():
            version = int(number)
        else:
            plain = name
        row = self._newest(plain) if version is None else self._version(plain, version)
        if row is None:
            raise self._missing(plain, version)
        return row

    def list(self) -> list[LabelSetRow]:
        """All label sets by name, the newest version of each first."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM label_set ORDER BY name, version DESC")
        return [LabelSetRow(*row) for row in rows]

    def classes(self, label_set: int) -> builtins.list[tuple[str, bool]]:
        """Its labels in order, and whether each is sensitive."""
        rows = self._database.rows(
            "SELECT label, sensitive FROM label_class WHERE label_set = ? ORDER BY place", (label_set,)
        )
        return [(label, bool(sensitive)) for label, sensitive in rows]

    def policies(self, label_set: int) -> dict[str, str]:
        """What may be done with its labels, those left out of which nothing is said."""
        rows = self._database.rows(
            "SELECT label, policy FROM label_class WHERE label_set = ? AND policy <> '' ORDER BY place",
            (label_set,),
        )
        return dict(rows)

    def held(self, label_set: int) -> Iterator[int]:
        """Works kept aside from it, by key."""
        rows = self._database.rows(
            "SELECT work FROM label_held WHERE label_set = ? ORDER BY work", (label_set,)
        )
        return (work for (work,) in rows)

    def members(self, label_set: int) -> Iterator[tuple[int, str, int]]:
        """(work, part, kin) of each of its works, ordered by work."""
        return self._database.rows(
            "SELECT work, part, kin FROM label_work WHERE label_set = ? ORDER BY work", (label_set,)
        )

    def given(self, label_set: int) -> Iterator[tuple[int, int]]:
        """(work, place of the class) for each label the museum gave, ordered by work and place."""
        return self._database.rows(
            "SELECT work, place FROM label_given WHERE label_set = ? ORDER BY work, place", (label_set,)
        )

    def of(self, label_set: int, work: int) -> tuple[str, ...]:
        """The labels of one work in a label set."""
        rows = self._database.rows(
            "SELECT c.label FROM label_given g "
            "JOIN label_class c ON c.label_set = g.label_set AND c.place = g.place "
            "WHERE g.label_set = ? AND g.work = ? ORDER BY g.place",
            (label_set, work),
        )
        return tuple(row[0] for row in rows)

    def unlabelled(self, label_set: int) -> Iterator[int]:
        """The backlog: works with a kept picture that have no label in this set and no signature, by key.

        A signature under any version of the set's name counts; works gone from their source are left out.
        """
        for (work,) in self._database.rows(_BACKLOG, (label_set,)):
            yield work

    def _newest(self, name: str) -> LabelSetRow | None:
        row = self._database.one(
            f"SELECT {_COLUMNS} FROM label_set WHERE name = ? ORDER BY version DESC LIMIT 1", (name,)
        )
        return LabelSetRow(*row) if row else None

    def _version(self, name: str, version: int) -> LabelSetRow | None:
        row = self._database.one(
            f"SELECT {_COLUMNS} FROM label_set WHERE name = ? AND version = ?", (name, version)
        )
        return LabelSetRow(*row) if row else None

    def _save_classes(
        self, key: int, classes: Sequence[tuple[str, bool]], policies: Mapping[str, str]
    ) -> None:
        self._database.connection.executemany(
            "INSERT INTO label_class (label_set, place, label, sensitive, policy) VALUES (?, ?, ?, ?, ?)",
            [
                (key, place, label, int(sensitive), policies.get(label, ""))
                for place, (label, sensitive) in enumerate(classes)
            ],
        )

    def _save_members(self, key: int, members: Iterable[tuple[int, str, int, tuple[int, ...]]]) -> None:
        for some in batches(members, 5_000):
            works = [(key, work, part, kin) for work, part, kin, _ in some]
            given = [(key, work, place) for work, _, _, places in some for place in places]
            self._database.insert_rows("INSERT INTO label_work (label_set, work, part, kin)", works, _AT_ONCE)
            self._database.insert_rows("INSERT INTO label_given (label_set, work, place)", given, _AT_ONCE)

    def _missing(self, name: str, version: int | None) -> LabelError:
        rows = self._database.rows("SELECT name, max(version) FROM label_set GROUP BY name ORDER BY name")
        known = dict(rows)
        if name in known:
            return LabelError(
                f"label set '{name}' has no version {version}", "", f"Its newest version is {known[name]}."
            )
        near = difflib.get_close_matches(name, known, n=1)
        there_are = (
            f"There are: {', '.join(known)}." if known else "Make one with 'cartellino labels define'."
        )
        do = f"Did you mean {near[0]}? {there_are}" if near else there_are
        return LabelError(f"there is no label set '{name}'", "", do)


_BACKLOG = f"""
SELECT w.id FROM work w
WHERE w.gone_at IS NULL
  AND EXISTS (SELECT 1 FROM work_picture p WHERE p.work = w.id AND {TRUSTED.replace("w.", "p.")})
  AND NOT EXISTS (SELECT 1 FROM label_work l WHERE l.label_set = ?1 AND l.work = w.id)
  AND NOT EXISTS (
    SELECT 1 FROM standing s WHERE s.work = w.id AND s.kind = 'signed' AND s.label_set IN (
      SELECT id FROM label_set WHERE name = (SELECT name FROM label_set WHERE id = ?1)))
ORDER BY w.id
"""
