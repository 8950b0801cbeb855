"""Calibration rounds: random samples of the backlog that a person was asked to sign without suggestions.

A round lives in the journal, as decisions to review that name it, so that nothing can be slipped in
afterwards.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from cartellino.catalogue import Catalogue
from cartellino.records import Decision, DecisionKind

_REASON = "drawn at random to measure how often the model errs on the backlog"


@dataclass(frozen=True, slots=True)
class Round:
    """One random sample.

    Parameters
    ----------
    number : int
        From 1, for each label set's name.
    backlog : int
        Works it was drawn from.
    newest : int
        The largest key among those: works with larger keys came later.
    works : tuple of int
        Keys of the works drawn, in the order they were drawn.
    """

    number: int
    backlog: int
    newest: int
    works: tuple[int, ...]


def record(catalogue: Catalogue, label_set: int, drawn: Round) -> None:
    """Put a round on record, as one decision to review for each of its works."""
    named = {key: value for key, value in asdict(drawn).items() if key != "works"}
    with catalogue.transaction():
        catalogue.journal.decide_many(
            Decision(
                work,
                label_set,
                DecisionKind.REVIEW,
                (),
                _REASON,
                seen=json.dumps({"round": named, "place": place}),
            )
            for place, work in enumerate(drawn.works)
        )


def rounds(catalogue: Catalogue, label_set: int) -> list[Round]:
    """The rounds drawn for any version of the label set's name, oldest first."""
    drawn: dict[int, tuple[dict[str, int], list[tuple[int, int]]]] = {}
    for work, seen in catalogue.connection.execute(_DRAWN, (label_set,)):
        told = json.loads(seen)
        drawn.setdefault(told["round"]["number"], (told["round"], []))[1].append((told["place"], work))
    return [
        Round(**head, works=tuple(work for _, work in sorted(members)))
        for _, (head, members) in sorted(drawn.items())
    ]


_DRAWN = """
SELECT work, seen FROM decision
WHERE label_set IN (SELECT id FROM label_set WHERE name = (SELECT name FROM label_set WHERE id = ?))
  AND kind = 'review' AND seen LIKE '{"round":%'
"""
