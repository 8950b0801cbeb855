from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.records import Decision, DecisionKind

from .rows import add, decision, label_set

NUMBER = itertools.count()


@pytest.mark.parametrize("later", ["filed", "review", "skipped"])
def test_a_signature_outranks_whatever_comes_later(catalogue: Catalogue, later: str) -> None:
    add(catalogue, [{"id": "1"}])
    older, newer = label_set(catalogue), label_set(catalogue, salt="b")
    signed = catalogue.journal.decide(decision(1, older, "signed", "French", by="Anna"))
    for under in (older, newer):
        catalogue.journal.decide(decision(1, under, later, "Dutch"))
    for asked in (older, newer):
        assert _standing(catalogue, asked, 1) == signed
    again = catalogue.journal.decide(decision(1, newer, "signed", "Dutch", by="Ben"))
    assert _standing(catalogue, older, 1) == again


def test_standings_can_be_of_one_kind_and_come_by_work(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": str(n)} for n in range(1, 5)])
    older, newer = label_set(catalogue), label_set(catalogue, salt="b")
    for work, under, kind in (
        (3, older, "filed"),
        (1, newer, "review"),
        (3, newer, "review"),
        (2, older, "filed"),
    ):
        catalogue.journal.decide(decision(work, under, kind))
    other = label_set(catalogue, "period")
    catalogue.journal.decide(decision(4, other, "filed"))
    assert [each.work for each in catalogue.journal.standings(newer)] == [1, 2, 3]
    assert [each.work for each in catalogue.journal.standings(newer, DecisionKind.REVIEW)] == [1, 3]
    assert set(catalogue.journal.standing_for(newer, [2, 3, 4])) == {2, 3}
    assert catalogue.journal.counts(newer) == {"filed": 1, "review": 2, "signed": 0, "skipped": 0}


def _standing(catalogue: Catalogue, labels: int, work: int) -> int:
    found = catalogue.journal.standing(labels, work)
    return found.id if found else 0


Step = tuple[int, int, str]
STEPS = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.integers(0, 1),
        st.sampled_from(["filed", "review", "signed", "skipped", "withdrawn"]),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_what_stands_is_what_the_journal_says(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    """The triggers keep in a table what this works out from the whole journal."""
    path = tmp_path_factory.getbasetemp() / f"standing{next(NUMBER)}.sqlite"
    with Catalogue.open(Path(path), create=True) as catalogue:
        add(catalogue, [{"id": "1"}, {"id": "2"}])
        versions = [label_set(catalogue), label_set(catalogue, salt="b")]
        journal: list[Decision] = []
        for work, version, kind in steps:
            _take(catalogue, journal, work, versions[version], kind)
        for work in (1, 2):
            expected = _worked_out([each for each in journal if each.work == work])
            assert (
                _standing(catalogue, versions[0], work) == _standing(catalogue, versions[1], work) == expected
            )
        counted = sum(catalogue.journal.counts(versions[0]).values())
        assert counted == len(list(catalogue.journal.standings(versions[1])))


def _take(catalogue: Catalogue, journal: list[Decision], work: int, labels: int, kind: str) -> None:
    if kind != "withdrawn":
        key = catalogue.journal.decide(decision(work, labels, kind))
    else:
        taken_back = {each.withdraws for each in journal}
        left = [
            each
            for each in journal
            if each.work == work and each.kind != "withdrawn" and each.id not in taken_back
        ]
        if not left:
            return
        key = catalogue.journal.withdraw(left[-1].id, "Anna", "")
    journal.append(catalogue.journal.get(key))


def _worked_out(journal: list[Decision]) -> int:
    taken_back = {each.withdraws for each in journal}
    left = [each for each in journal if each.kind != "withdrawn" and each.id not in taken_back]
    best = max(left, key=lambda each: (each.kind == "signed", each.id), default=None)
    return best.id if best else 0
