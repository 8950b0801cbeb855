"""Who changed what may be done with a sensitive label; nothing in it is ever changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database


class PolicyChange(NamedTuple):
    """One change: under which label set's version, of which label, from what to what, by whom and when."""

    label_set: str
    label: str
    before: str
    policy: str
    by: str
    at: str


class Policies:
    """The journal of policies of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def changed(self, label_set: int, changes: Iterable[tuple[str, str, str]], by: str) -> None:
        """Note (label, policy before, policy now) of the version with key `label_set`."""
        at = now()
        self._database.connection.executemany(
            "INSERT INTO policy_change (label_set, label, before, policy, by, at) VALUES (?, ?, ?, ?, ?, ?)",
            [(label_set, label, before, policy, by, at) for label, before, policy in changes],
        )

    def history(self, name: str) -> list[PolicyChange]:
        """The changes under any version of the label set called `name`, oldest first."""
        rows = self._database.rows(
            "SELECT l.name || '@' || l.version, p.label, p.before, p.policy, p.by, p.at "
            "FROM policy_change p JOIN label_set l ON l.id = p.label_set WHERE l.name = ? ORDER BY p.id",
            (name,),
        )
        return [PolicyChange(*row) for row in rows]
