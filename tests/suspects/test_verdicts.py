"""What a person says of a suspect: on record, heeded by the next freeze, and undone by saying otherwise."""

from __future__ import annotations

import json

import pytest

from cartellino.collection import Collection
from cartellino.errors import InputError
from cartellino.records import DecisionKind

from .museum import PAGE, WRONG


def listed(museum: Collection) -> list[str]:
    """The works of the list that was made, as far as nobody has judged them."""
    made = museum.catalogue.suspects.open(museum.catalogue.labels.find("culture@1").id)
    return [museum.catalogue.works.id(told["work"]) for _, told in made]


def frozen_again(museum: Collection) -> dict[str, str]:
    label_set = museum.labels.define("culture", field="culture", duplicates=False)
    works = [museum.catalogue.works.id(int(work)) for work in label_set.works]
    return {work: label_set.classes[place] for work, place in zip(works, label_set.truth, strict=True)}


def test_a_label_that_is_right_is_signed_with_what_was_seen_and_does_not_come_back(
    museum: Collection,
) -> None:
    made = museum.suspects.right("culture", WRONG, reason="the object was seen")
    assert (made.kind, made.labels, made.reason) == (DecisionKind.SIGNED, ("Dutch",), "the object was seen")
    assert json.loads(made.seen)["suspect"]["thought"][0][0] == "Japanese"
    assert made.probability is not None
    assert made.probability < 0.5
    assert WRONG not in listed(museum)
    assert frozen_again(museum)[WRONG] == "Dutch"


def test_another_label_is_heeded_by_the_next_freeze(museum: Collection) -> None:
    made = museum.suspects.label("culture", WRONG, ["Japanese"])
    assert made.reason == "Looked at as a suspect; the label was ‘Dutch’."
    assert WRONG not in listed(museum)
    assert frozen_again(museum)[WRONG] == "Japanese"
    museum.catalogue.journal.withdraw(made.id, "Ada", "a slip")
    assert frozen_again(museum)[WRONG] == "Dutch"
    assert WRONG in listed(museum)


@pytest.mark.parametrize(
    ("labels", "what"), [(["Korean"], "'Korean' is no value"), (["Dutch", "Chinese"], "has one label")]
)
def test_labels_that_do_not_fit_are_refused(museum: Collection, labels: list[str], what: str) -> None:
    with pytest.raises(InputError, match=what):
        museum.suspects.label("culture", WRONG, labels)
    assert museum.catalogue.journal.history(museum.catalogue.works.key(WRONG)) == []


def test_nothing_learns_from_a_picture_that_is_not_of_its_work(museum: Collection) -> None:
    work = museum.catalogue.works.key(WRONG)
    said = museum.suspects.picture("culture", WRONG, of_the_work=False)
    assert said.reason == "Judged not of the work among the suspects of culture."
    assert list(museum.catalogue.pictures.shown_by([work])) == []
    assert WRONG not in listed(museum)
    assert WRONG not in frozen_again(museum)
    museum.suspects.picture("culture", WRONG, of_the_work=True)
    assert len(list(museum.catalogue.pictures.shown_by([work]))) == 1
    assert frozen_again(museum)[WRONG] == "Dutch"
    assert [each.verdict for each in museum.catalogue.verdicts.of(work)] == ["not of the work", "of the work"]


def test_of_several_pictures_one_must_be_named(museum: Collection) -> None:
    work = museum.catalogue.works.key(PAGE)
    first, second = (picture.digest for picture in museum.catalogue.pictures.of(work))
    with pytest.raises(InputError, match="has 2 pictures, and it is not clear which one"):
        museum.suspects.picture("culture", PAGE, of_the_work=False)
    with pytest.raises(InputError, match="not clear which one"):
        museum.suspects.picture("culture", PAGE, of_the_work=False, view=3)
    museum.suspects.picture("culture", PAGE, of_the_work=False, view=2)
    assert list(museum.catalogue.pictures.shown_by([work])) == [(work, first)]
    assert PAGE in frozen_again(museum)
    assert museum.catalogue.verdicts.refused(work) == {second}
