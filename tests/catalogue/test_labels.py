from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.errors import LabelError

from .rows import add, decision, keep_all, label_set


@pytest.fixture(autouse=True)
def works(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": str(number), "file": f"{number}.jpg"} for number in range(1, 7)])


def test_what_is_frozen_comes_back(catalogue: Catalogue) -> None:
    key = label_set(catalogue, works=[3, 1])
    row = catalogue.labels.find("culture")
    assert (row.id, row.name, row.version, row.kind, row.definition) == (
        key,
        "culture",
        1,
        "single",
        "name = 'culture'",
    )
    assert catalogue.labels.classes(key) == [("French", False), ("Men", True)]
    assert list(catalogue.labels.members(key)) == [(1, "train", 1), (3, "train", 3)]
    assert list(catalogue.labels.given(key)) == [(1, 1), (3, 0)]


def test_the_same_again_is_the_same_version_and_another_the_next(catalogue: Catalogue) -> None:
    first = label_set(catalogue)
    assert label_set(catalogue) == first
    second = label_set(catalogue, salt="b")
    assert [(row.name, row.version) for row in catalogue.labels.list()] == [("culture", 2), ("culture", 1)]
    assert catalogue.labels.find("culture").id == second
    assert catalogue.labels.find("culture@1").id == catalogue.labels.find("culture", 1).id == first
    assert label_set(catalogue) not in (first, second)  # back to the first is a decision too


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cultur", r"no label set 'cultur'\. Did you mean culture\? There are: culture, period"),
        ("culture@7", r"'culture' has no version 7\. Its newest version is 1"),
        ("culture@x", "no label set"),
    ],
)
def test_no_such_label_set_is_met_with_those_there_are(
    catalogue: Catalogue, name: str, sentence: str
) -> None:
    label_set(catalogue)
    label_set(catalogue, "period")
    with pytest.raises(LabelError, match=sentence):
        catalogue.labels.find(name)


def test_without_label_sets_the_way_to_one_is_told(catalogue: Catalogue) -> None:
    with pytest.raises(LabelError, match="cartellino labels define"):
        catalogue.labels.find("culture")


def test_a_label_set_is_frozen_whole_or_not_at_all(catalogue: Catalogue) -> None:
    with pytest.raises(Exception, match="CHECK"):
        catalogue.labels.save("odd", "single", "", "h", [("a", False)], [(1, "training", 1, (0,))])
    assert catalogue.labels.list() == []


def test_the_backlog_is_what_has_a_picture_but_no_label_and_no_signature(catalogue: Catalogue) -> None:
    keep_all(catalogue)
    catalogue.pictures.quarantine(2, "broken", "s")
    older = label_set(catalogue, works=[1])
    newer = label_set(catalogue, works=[3], salt="b")
    catalogue.journal.decide(decision(4, older, "signed", "French", by="Anna"))
    catalogue.journal.decide(decision(5, newer, "filed", "French"))
    assert list(catalogue.labels.unlabelled(newer)) == [1, 5, 6]
    add(catalogue, [{"id": str(number), "file": f"{number}.jpg"} for number in range(1, 6)])
    assert list(catalogue.labels.unlabelled(newer)) == [1, 5]
