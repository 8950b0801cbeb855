"""The list of suspects: found, ranked, kept, and made anew when something changes."""

from __future__ import annotations

import time

import pytest

from cartellino.catalogue.verdicts import NOT_OF_THE_WORK
from cartellino.collection import Collection
from cartellino.errors import LabelError
from cartellino.progress import Silent
from cartellino.suspects.reasons import Kind

from .museum import ALSO_WRONG, WRONG


class Counting(Silent):
    """Progress that remembers what was begun."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.begun.append(task)


def test_a_wrong_label_comes_first_with_what_it_should_be_and_what_looks_like_it(museum: Collection) -> None:
    catalogue = museum.catalogue
    found = museum.suspects.find("culture")
    assert {catalogue.works.id(each.work) for each in found[:2]} == {WRONG, ALSO_WRONG}
    first = next(each for each in found if catalogue.works.id(each.work) == WRONG)
    assert first.given == ("Dutch",)
    assert first.thought[0][0] == "Japanese"
    assert first.reasons[0].kind is Kind.LABEL
    assert "‘Japanese’" in first.reasons[0].sentence
    label_set = catalogue.labels.find("culture").id
    assert [catalogue.labels.of(label_set, other) for other in first.alike] == [("Japanese",)] * 3


def test_the_list_is_read_the_second_time_and_made_anew_when_a_picture_leaves(museum: Collection) -> None:
    museum.progress = told = Counting()
    began = time.perf_counter()
    before = museum.suspects.find("culture")
    assert time.perf_counter() - began < 2
    assert told.begun == []
    work = before[-1].work
    digest = museum.catalogue.pictures.of(work)[0].digest
    museum.catalogue.verdicts.judge(work, digest, NOT_OF_THE_WORK, "Ada", "a page")
    after = museum.suspects.find("culture")
    assert "Asking models that have not seen them" in told.begun
    assert work not in [each.work for each in after]
    assert before[0].work in [each.work for each in after[:3]]  # models that are as sure of several


@pytest.mark.slow
def test_a_kind_may_be_asked_for_and_looking_again_gives_the_same(museum: Collection) -> None:
    found = museum.suspects.find("culture")
    assert museum.suspects.find("culture", kinds=["label"]) == [
        each for each in found if any(reason.kind is Kind.LABEL for reason in each.reasons)
    ]
    assert museum.suspects.find("culture", again=True) == found


def test_an_unknown_label_set_is_refused(museum: Collection) -> None:
    with pytest.raises(LabelError, match="there is no label set 'cultures'"):
        museum.suspects.find("cultures")
