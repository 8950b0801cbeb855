"""What stands for works under a label set, across the versions of its name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cartellino.catalogue.database import Database
from cartellino.records import Decision, DecisionKind

COLUMNS = (
    "d.work, d.label_set, d.kind, d.labels, d.reason, d.probability, d.model, d.decided_by, d.seen, "
    "d.withdraws, d.id, d.at"
)
VERSIONS = "(SELECT id FROM label_set WHERE name = (SELECT name FROM label_set WHERE id = ?1))"

# A signature beats a rule, then the newest decision wins: SQLite takes `decision` from the row that max()
# chose.
_CHOSEN = f"""
SELECT work, decision, kind, max((kind = 'signed') * 4611686018427387904 + decision)
FROM standing WHERE label_set IN {VERSIONS} {{where}} GROUP BY work
"""


def decision(row: Sequence[Any]) -> Decision:
    """The decision in a row of COLUMNS."""
    work, label_set, kind, labels, reason, probability, model, by, seen, withdraws, key, at = row
    return Decision(
        work,
        label_set,
        DecisionKind(kind),
        tuple(json.loads(labels)),
        reason,
        probability,
        model,
        by,
        seen,
        withdraws,
        key,
        at,
    )


def of_works(database: Database, label_set: int, works: Iterable[int]) -> dict[int, Decision]:
    """What stands for each of `works` that has a decision."""
    chosen = _CHOSEN.format(where="AND work IN ({})")
    rows = database.rows_in(
        f"SELECT {COLUMNS} FROM ({chosen}) c JOIN decision d ON d.id = c.decision", works, label_set
    )
    return {row[0]: decision(row) for row in rows}


def every(database: Database, label_set: int, kind: DecisionKind | None) -> Iterator[Decision]:
    """What stands, work by work; of one `kind` if given."""
    chosen = _CHOSEN.format(where="")
    rows = database.rows(
        f"SELECT {COLUMNS} FROM ({chosen}) c JOIN decision d ON d.id = c.decision "
        "WHERE ?2 IS NULL OR c.kind = ?2 ORDER BY c.work",
        (label_set, kind),
    )
    for row in rows:
        yield decision(row)


def counts(database: Database, label_set: int) -> dict[str, int]:
    """How many works stand filed, in review, signed and skipped."""
    counted = {str(kind): 0 for kind in DecisionKind if kind is not DecisionKind.WITHDRAWN}
    versions = list(
        database.rows(f"SELECT DISTINCT label_set FROM standing WHERE label_set IN {VERSIONS}", (label_set,))
    )
    if len(versions) == 1:  # then each row stands, and an index counts them
        rows = database.rows(
            "SELECT kind, count(*) FROM standing WHERE label_set = ? GROUP BY kind", versions[0]
        )
    else:
        chosen = _CHOSEN.format(where="")
        rows = database.rows(f"SELECT kind, count(*) FROM ({chosen}) GROUP BY kind", (label_set,))
    return counted | dict(rows)
