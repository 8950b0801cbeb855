from __future__ import annotations

import sqlite3

import pytest

from cartellino.catalogue import Catalogue
from cartellino.errors import InputError
from cartellino.records import Decision, DecisionKind, Suggestion

from .rows import add, decision, label_set, model


@pytest.fixture
def labels(catalogue: Catalogue) -> int:
    add(catalogue, [{"id": str(number)} for number in range(1, 6)])
    return label_set(catalogue)


def test_what_a_model_said_comes_back(catalogue: Catalogue, labels: int) -> None:
    run = catalogue.journal.run(model(catalogue, labels))
    said = [Suggestion("French", 0.75), Suggestion("Men", 0.25)]
    catalogue.journal.predict(run, [(1, said), (2, [])])
    catalogue.journal.predict(run, [(1, [Suggestion("Dutch", 1.0)])])
    assert catalogue.journal.suggestions(run, 1) == said
    assert catalogue.journal.suggestions(run, 2) == []


def test_the_latest_run_tells_what_was_promised(catalogue: Catalogue, labels: int) -> None:
    assert catalogue.journal.latest_run(labels) is None
    key = model(catalogue, labels)
    runs = [catalogue.journal.run(key) for _ in range(2)]
    catalogue.journal.promise(runs[1], {"max_error": 0.05, "sentence": "…"})
    latest = catalogue.journal.latest_run(labels)
    assert latest is not None
    assert (latest.id, latest.model, latest.promise) == (runs[1], key, {"max_error": 0.05, "sentence": "…"})


def test_a_decision_comes_back_as_it_was_made(catalogue: Catalogue, labels: int) -> None:
    made = Decision(
        1, labels, DecisionKind.SIGNED, ("Français", "Men"), "it shows", 0.5, None, "Zoë", '{"blind": true}'
    )
    key = catalogue.journal.decide(made)
    got = catalogue.journal.get(key)
    assert got.id == key
    assert got.at.endswith("Z")
    assert got == Decision(
        **{**{name: getattr(made, name) for name in made.__slots__}, "id": key, "at": got.at}
    )
    with pytest.raises(InputError, match="no decision 99"):
        catalogue.journal.get(99)


@pytest.mark.parametrize("sql", ["UPDATE decision SET reason = ''", "DELETE FROM decision"])
def test_decisions_are_never_changed(catalogue: Catalogue, labels: int, sql: str) -> None:
    catalogue.journal.decide(decision(1, labels, "filed", "French"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        catalogue.connection.execute(sql)


@pytest.mark.parametrize("sql", ["UPDATE prediction SET probability = 1", "DELETE FROM prediction"])
def test_predictions_are_never_changed(catalogue: Catalogue, labels: int, sql: str) -> None:
    run = catalogue.journal.run(model(catalogue, labels))
    catalogue.journal.predict(run, [(1, [Suggestion("French", 0.75)])])
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        catalogue.connection.execute(sql)


def test_a_withdrawal_brings_back_what_stood_before(catalogue: Catalogue, labels: int) -> None:
    journal = catalogue.journal
    filed = journal.decide(decision(1, labels, "filed", "French"))
    signed = journal.decide(decision(1, labels, "signed", "Dutch", by="Anna"))
    taken_back = journal.withdraw(signed, "Anna", "a slip")
    standing = journal.standing(labels, 1)
    assert standing is not None
    assert standing.id == filed
    journal.withdraw(filed, "Anna", "that too")
    assert journal.standing(labels, 1) is None
    assert [each.kind for each in journal.history(1)] == ["filed", "signed", "withdrawn", "withdrawn"]
    assert journal.get(taken_back).withdraws == signed
    with pytest.raises(InputError, match="taken back already"):
        journal.withdraw(signed, "Anna", "again")
    with pytest.raises(InputError, match="withdrawal cannot be taken back"):
        journal.withdraw(taken_back, "Anna", "again")


def test_history_is_of_one_work_and_of_all_versions_of_a_name(catalogue: Catalogue, labels: int) -> None:
    newer, other = label_set(catalogue, salt="b"), label_set(catalogue, "period")
    for number, under in enumerate((labels, other, newer), start=1):
        catalogue.journal.decide(decision(1, under, "filed", str(number)))
    catalogue.journal.decide(decision(2, labels, "filed", "x"))
    assert [each.labels[0] for each in catalogue.journal.history(1)] == ["1", "2", "3"]
    assert [each.labels[0] for each in catalogue.journal.history(1, newer)] == ["1", "3"]


def test_many_decisions_can_be_made_again_without_doubling(catalogue: Catalogue, labels: int) -> None:
    key = model(catalogue, labels)
    made = [decision(work, labels, "filed", "French", model=key) for work in range(1, 4)]
    journal = catalogue.journal
    assert journal.decide_many(made[:2]) == 2
    assert journal.decide_many(made, unless_standing=True) == 1
    assert journal.decide_many(made, unless_standing=True) == 0
    journal.decide(decision(1, labels, "signed", "Dutch", by="Anna"))
    changed = [decision(work, labels, "review", model=key) for work in (1, 2)]
    assert journal.decide_many(changed, unless_standing=True) == 1
    assert journal.counts(labels) == {"filed": 1, "review": 1, "signed": 1, "skipped": 0}
    assert (
        journal.decide_many(made[1:2], unless_standing=True) == 1
    )  # it was filed, reviewed, and is filed anew
