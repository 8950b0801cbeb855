"""The journal: what models said, and every decision by rule or by a person. Nothing in it is ever changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cartellino.catalogue import queue, standing
from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database, batches
from cartellino.catalogue.queue import QueueEntry
from cartellino.errors import InputError
from cartellino.records import Decision, DecisionKind, Suggestion

_BATCH = 5_000
_DECIDE = (
    "INSERT INTO decision "
    "(work, label_set, kind, labels, reason, probability, model, decided_by, at, seen, withdraws) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One model over the works it was asked about, and what triage promised of it."""

    id: int
    model: int
    at: str
    promise: dict[str, Any]


class Journal:
    """The predictions, decisions and queues of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, model: int) -> int:
        """Begin a run of a model, and return its key."""
        return self._database.insert("INSERT INTO run (model, at) VALUES (?, ?)", (model, now()))

    def promise(self, run: int, promise: Mapping[str, Any]) -> None:
        """Note what triage promised of a run."""
        with self._database.transaction():
            self._database.connection.execute(
                "UPDATE run SET promise = ? WHERE id = ?",
                (json.dumps(dict(promise), ensure_ascii=False), run),
            )

    def latest_run(self, label_set: int) -> RunRow | None:
        """The last run of a model of this label set, if there was one."""
        row = self._database.one(
            "SELECT r.id, r.model, r.at, r.promise FROM run r JOIN model m ON m.id = r.model "
            "WHERE m.label_set = ? ORDER BY r.id DESC LIMIT 1",
            (label_set,),
        )
        return RunRow(row[0], row[1], row[2], json.loads(row[3])) if row else None

    def predict(self, run: int, predictions: Iterable[tuple[int, Sequence[Suggestion]]]) -> None:
        """Keep what a run suggests for works, likeliest first; what the run said of a work already stays."""
        for part in batches(predictions, _BATCH):
            rows = [
                (run, int(work), rank, suggestion.label, float(suggestion.probability))
                for work, suggestions in part
                for rank, suggestion in enumerate(suggestions, start=1)
            ]
            with self._database.transaction():
                self._database.connection.executemany(
                    "INSERT INTO prediction (run, work, rank, label, probability) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    rows,
                )

    def suggestions(self, run: int, work: int) -> list[Suggestion]:
        """What a run suggests for a work, likeliest first."""
        rows = self._database.rows(
            "SELECT label, probability FROM prediction WHERE run = ? AND work = ? ORDER BY rank", (run, work)
        )
        return [Suggestion(*row) for row in rows]

    def decide(self, decision: Decision) -> int:
        """Put a decision on record, and return its key."""
        return self._database.insert(_DECIDE, _row(decision))

    def decide_many(self, decisions: Iterable[Decision], *, unless_standing: bool = False) -> int:
        """Put decisions on record in their order, and return how many.

        Parameters
        ----------
        decisions : iterable of Decision
            Taken in batches, each a transaction: after a kill, decide them again with `unless_standing`.
        unless_standing : bool
            Leave out a decision whose kind, labels and model stand already, and one by rule where a signature
            stands.
        """
        count = 0
        for part in batches(decisions, _BATCH):
            with self._database.transaction():
                wanted = self._not_standing(part) if unless_standing else part
                self._database.connection.executemany(_DECIDE, [_row(decision) for decision in wanted])
            count += len(wanted)
        return count

    def withdraw(self, decision: int, by: str, reason: str) -> int:
        """Take back a decision, which stays on record, and return the key of the withdrawal.

        Raises
        ------
        InputError
            If there is no such decision, it is a withdrawal, or it was taken back before.
        """
        earlier = self.get(decision)
        if earlier.kind is DecisionKind.WITHDRAWN:
            raise InputError(
                "a withdrawal cannot be taken back", f"decision {decision}", "Decide again instead."
            )
        taken_back = Decision(
            earlier.work, earlier.label_set, DecisionKind.WITHDRAWN, (), reason, by=by, withdraws=decision
        )
        try:
            return self.decide(taken_back)
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                raise
            raise InputError(
                "this decision was taken back already", f"decision {decision}", "Nothing needs to be done."
            ) from error

    def get(self, decision: int) -> Decision:
        """The decision with this key.

        Raises
        ------
        InputError
            If there is none.
        """
        row = self._database.one(f"SELECT {standing.COLUMNS} FROM decision d WHERE d.id = ?", (decision,))
        if row is None:
            raise InputError(
                f"there is no decision {decision}", "", "See the work's history for its decisions."
            )
        return standing.decision(row)

    def standing(self, label_set: int, work: int) -> Decision | None:
        """What stands for a work: its signature if there is one, else its newest decision not withdrawn.

        Decisions under any version of the label set's name count.
        """
        return self.standing_for(label_set, [work]).get(work)

    def standing_for(self, label_set: int, works: Iterable[int]) -> dict[int, Decision]:
        """What stands for each of `works` that has a decision (see :meth:`standing`)."""
        return standing.of_works(self._database, label_set, works)

    def standings(self, label_set: int, kind: DecisionKind | None = None) -> Iterator[Decision]:
        """What stands for every work with a decision, or with one of `kind`, ordered by work."""
        return standing.every(self._database, label_set, kind)

    def history(self, work: int, label_set: int | None = None) -> list[Decision]:
        """All decisions about a work, oldest first; under any version of one label set's name if given."""
        versions = "(SELECT id FROM label_set)" if label_set is None else standing.VERSIONS
        rows = self._database.rows(
            f"SELECT {standing.COLUMNS} FROM decision d "
            f"WHERE d.label_set IN {versions} AND d.work = ?2 ORDER BY d.id",
            (label_set, work),
        )
        return [standing.decision(row) for row in rows]

    def counts(self, label_set: int) -> dict[str, int]:
        """How many works stand 'filed', in 'review', 'signed' and 'skipped'."""
        return standing.counts(self._database, label_set)

    def set_queue(self, label_set: int, entries: Iterable[tuple[int, int | None, bool]]) -> None:
        """Make (work, run, blind) `entries` the queue, most useful first, in place of the one there was."""
        queue.replace(self._database, label_set, entries)

    def queue(self, label_set: int, limit: int = 20, after: int = -1) -> list[QueueEntry]:
        """The next works to look at after place `after`: signed ones left out, skipped ones at the end."""
        return queue.upcoming(self._database, label_set, limit, after)

    def queue_left(self, label_set: int) -> int:
        """How many works of the queue wait for a signature, skipped ones among them."""
        return queue.left(self._database, label_set)

    def _not_standing(self, decisions: list[Decision]) -> list[Decision]:
        standing_by_set = {
            label_set: self.standing_for(
                label_set, {decision.work for decision in decisions if decision.label_set == label_set}
            )
            for label_set in {decision.label_set for decision in decisions}
        }
        return [
            decision
            for decision in decisions
            if not _stands(decision, standing_by_set[decision.label_set].get(decision.work))
        ]


def _stands(decision: Decision, earlier: Decision | None) -> bool:
    if earlier is None:
        return False
    if earlier.kind is DecisionKind.SIGNED and decision.by == "rule":
        return True
    return (earlier.kind, earlier.labels, earlier.model) == (decision.kind, decision.labels, decision.model)


def _row(decision: Decision) -> tuple[object, ...]:
    return (
        int(decision.work),
        decision.label_set,
        str(decision.kind),
        json.dumps(decision.labels, ensure_ascii=False),
        decision.reason,
        None if decision.probability is None else float(decision.probability),
        decision.model,
        decision.by,
        decision.at or now(),
        decision.seen,
        decision.withdraws,
    )
