from __future__ import annotations

import sqlite3

import pytest

from cartellino.catalogue import Catalogue
from cartellino.catalogue.verdicts import NOT_OF_THE_WORK, OF_THE_WORK

from .rows import add, decision, keep_all, label_set


def hung(catalogue: Catalogue) -> int:
    """Three works with a picture each, and a label set of them with a list of suspects."""
    add(catalogue, [{"id": name, "file": f"{name}.jpg"} for name in "abc"])
    keep_all(catalogue)
    labels = label_set(catalogue, works=[1, 2, 3])
    catalogue.suspects.save(labels, "key", 2, [(3, 0.9, {"work": 3}), (1, 0.8, {"work": 1})])
    return labels


def waiting(catalogue: Catalogue, labels: int) -> list[int]:
    return [told["work"] for _, told in catalogue.suspects.open(labels)]


def test_a_list_is_kept_in_its_order_and_replaced_whole(catalogue: Catalogue) -> None:
    assert catalogue.suspects.made(1) is None
    labels = hung(catalogue)
    assert catalogue.suspects.open(labels) == [(0, {"work": 3}), (1, {"work": 1})]
    made = catalogue.suspects.made(labels)
    assert made is not None
    assert (made.key, made.wrong) == ("key", 2)
    assert catalogue.suspects.one(labels, 1) == {"work": 1}
    assert catalogue.suspects.one(labels, 2) is None
    catalogue.suspects.save(labels, "other", 0, [(2, 0.7, {"work": 2})])
    assert waiting(catalogue, labels) == [2]


def test_a_signature_under_any_version_takes_a_work_from_the_list(catalogue: Catalogue) -> None:
    labels = hung(catalogue)
    newer = label_set(catalogue, works=[1, 2], salt="2")
    catalogue.journal.decide(decision(3, labels, "review"))
    assert waiting(catalogue, labels) == [3, 1]
    made = catalogue.journal.decide(decision(3, newer, "signed", "French", by="Ada"))
    assert waiting(catalogue, labels) == [1]
    assert catalogue.suspects.judged(labels) == 1
    catalogue.journal.withdraw(made, "Ada", "a slip")
    assert waiting(catalogue, labels) == [3, 1]


def test_a_verdict_on_a_picture_takes_a_work_from_the_list_that_did_not_know_it(catalogue: Catalogue) -> None:
    labels = hung(catalogue)
    catalogue.verdicts.judge(3, "digest-c.jpg", NOT_OF_THE_WORK, "Ada", "a page")
    assert waiting(catalogue, labels) == [1]
    catalogue.suspects.save(labels, "later", 2, [(3, 0.9, {"work": 3})])  # by its other pictures, say
    assert waiting(catalogue, labels) == [3]


def test_refused_pictures_are_left_out_of_whatever_learns_or_compares(catalogue: Catalogue) -> None:
    labels = hung(catalogue)
    said = catalogue.verdicts.judge(2, "digest-b.jpg", NOT_OF_THE_WORK, "Ada", "the back", '{"seen": 1}')
    assert (said.work, said.digest, said.verdict, said.by, said.reason) == (
        2, "digest-b.jpg", NOT_OF_THE_WORK, "Ada", "the back",
    )  # fmt: skip
    assert [work for work, _ in catalogue.pictures.shown_by([1, 2, 3])] == [1, 3]
    assert [row[0] for row in catalogue.pictures.fingerprints()] == [1, 3]
    assert catalogue.pictures.works_showing("digest-b.jpg") == []
    assert len(catalogue.pictures.of(2)) == 1  # still to be seen, and to be taken in again
    assert catalogue.verdicts.standing() == {(2, "digest-b.jpg"): NOT_OF_THE_WORK}
    add(catalogue, [{"id": name, "file": f"{name}.jpg"} for name in "abcd"])
    keep_all(catalogue)
    catalogue.verdicts.judge(4, "digest-d.jpg", NOT_OF_THE_WORK, "Ada", "a chart")
    assert list(catalogue.labels.unlabelled(labels)) == []
    catalogue.verdicts.judge(4, "digest-d.jpg", OF_THE_WORK, "Ada", "no, it is")
    assert list(catalogue.labels.unlabelled(labels)) == [4]
    assert [each.verdict for each in catalogue.verdicts.of(4)] == [NOT_OF_THE_WORK, OF_THE_WORK]
    assert catalogue.verdicts.refused(4) == set()


@pytest.mark.parametrize("sql", ["DELETE FROM picture_verdict", "UPDATE picture_verdict SET reason = ''"])
def test_a_verdict_is_never_changed(catalogue: Catalogue, sql: str) -> None:
    hung(catalogue)
    catalogue.verdicts.judge(1, "digest-a.jpg", NOT_OF_THE_WORK, "Ada", "a frame")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        catalogue.connection.execute(sql)


def test_looks_are_kept_by_picture_and_version(catalogue: Catalogue) -> None:
    hung(catalogue)
    assert [each.digest for each in catalogue.looks.missing(1)] == [f"digest-{name}.jpg" for name in "abc"]
    catalogue.looks.keep(1, [("digest-a.jpg", {"dark": 0.123456}), ("digest-c.jpg", {"dark": 1.0})])
    assert [each.digest for each in catalogue.looks.missing(1)] == ["digest-b.jpg"]
    assert list(catalogue.looks.shown(1)) == [
        (1, "digest-a.jpg", 40, 30, {"dark": 0.12346}),
        (3, "digest-c.jpg", 40, 30, {"dark": 1.0}),
    ]
    assert len(catalogue.looks.missing(2)) == 3
    catalogue.looks.keep(2, [("digest-a.jpg", {"dark": 0.5})])
    assert [row[0] for row in catalogue.looks.shown(1)] == [3]
