from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.catalogue.queue import QueueEntry

from .rows import add, decision, label_set, model


@pytest.fixture
def labels(catalogue: Catalogue) -> int:
    add(catalogue, [{"id": str(number)} for number in range(1, 8)])
    label_set(catalogue)
    return label_set(catalogue, salt="b")


def works(catalogue: Catalogue, labels: int, limit: int = 20, after: int = -1) -> list[int]:
    return [entry.work for entry in catalogue.journal.queue(labels, limit, after)]


def sign(catalogue: Catalogue, labels: int, work: int, kind: str = "signed") -> int:
    return catalogue.journal.decide(decision(work, labels, kind, by="Anna"))


def test_a_queue_keeps_its_order_and_is_replaced_whole(catalogue: Catalogue, labels: int) -> None:
    run = catalogue.journal.run(model(catalogue, labels))
    catalogue.journal.set_queue(labels, [(3, run, False), (1, None, True), (3, None, True)])
    assert catalogue.journal.queue(labels) == [QueueEntry(0, 3, run, False), QueueEntry(1, 1, None, True)]
    catalogue.journal.set_queue(labels, [(2, run, False)])
    assert works(catalogue, labels) == [2]
    assert catalogue.journal.queue_left(labels) == 1


def test_signed_works_leave_and_come_back_when_it_is_withdrawn(catalogue: Catalogue, labels: int) -> None:
    catalogue.journal.set_queue(labels, [(work, None, False) for work in (5, 4, 3, 2)])
    older = catalogue.labels.find("culture@1").id
    signed = sign(catalogue, labels, 4)
    sign(catalogue, older, 2)
    assert works(catalogue, labels) == [5, 3]
    assert catalogue.journal.queue_left(labels) == 2
    catalogue.journal.withdraw(signed, "Anna", "a slip")
    assert works(catalogue, labels) == [5, 4, 3]


def test_skipped_works_come_back_at_the_end_the_first_skipped_first(
    catalogue: Catalogue, labels: int
) -> None:
    catalogue.journal.set_queue(labels, [(work, None, False) for work in (5, 4, 3, 2)])
    for work in (4, 5):
        sign(catalogue, labels, work, "skipped")
    assert works(catalogue, labels) == [3, 2, 4, 5]
    sign(catalogue, labels, 4, "skipped")
    assert works(catalogue, labels) == [3, 2, 5, 4]
    assert catalogue.journal.queue_left(labels) == 4
    sign(catalogue, labels, 5)
    assert works(catalogue, labels) == [3, 2, 4]
    assert catalogue.journal.queue_left(labels) == 3


def test_paging_leaves_nothing_out_and_shows_nothing_twice(catalogue: Catalogue, labels: int) -> None:
    catalogue.journal.set_queue(labels, [(work, None, False) for work in range(1, 8)])
    for work in (6, 2, 3):
        sign(catalogue, labels, work, "skipped")
    seen: list[QueueEntry] = []
    while page := catalogue.journal.queue(labels, 2, seen[-1].place if seen else -1):
        seen += page
    assert [entry.work for entry in seen] == [1, 4, 5, 7, 6, 2, 3]


def test_queues_of_other_label_sets_are_their_own(catalogue: Catalogue, labels: int) -> None:
    other = label_set(catalogue, "period")
    catalogue.journal.set_queue(labels, [(1, None, False)])
    catalogue.journal.set_queue(other, [(1, None, False)])
    sign(catalogue, other, 1)
    assert works(catalogue, labels) == [1]
    assert catalogue.journal.queue(other) == []
