"""Filters and exclusions: which works a label set is about."""

from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.rules import Exclude, Filter
from cartellino.curate.scope import scope
from cartellino.errors import LabelError

from .museum import hang

ROWS = [
    {"id": "a", "kind": "Paintings", "medium": "Oil on canvas", "date": "1620–30", "culture": "Dutch"},
    {"id": "b", "kind": "Paintings", "medium": "Tempera", "date": "15th century", "culture": "Italian"},
    {"id": "c", "kind": "Snuff-boxes", "medium": "Gold", "date": "1750", "culture": "French"},
    {"id": "d", "kind": "", "medium": "oil on panel", "date": "n.d.", "culture": "Dutch"},
    {"id": "e", "kind": ("Drawings", "Paintings"), "medium": "Ink", "date": "300 B.C.", "culture": "Greek"},
]


def left(catalogue: Catalogue, *where: Filter, exclude: tuple[Exclude, ...] = ()) -> str:
    rules = LabelDefinition("x", "culture", where=where, exclude=exclude)
    return "".join(catalogue.works.id(work) for work in scope(catalogue, rules).works.tolist())


@pytest.mark.parametrize(
    ("rule", "works"),
    [
        (Filter("kind", among=("Paintings",)), "abe"),
        (Filter("kind", among=("Paintings", "Snuff-boxes")), "abce"),
        (Filter("kind", not_among=("Paintings",)), "cd"),
        (Filter("kind", among=("Paintings",), not_among=("Drawings",)), "ab"),
        (Filter("medium", containing=("OIL",)), "ad"),
        (Filter("date", since=1400, until=1700), "ab"),
        (Filter("date", until=-200), "e"),
        (Filter("date", since=1630), "ac"),
    ],
)
def test_a_filter_keeps_what_it_says(catalogue: Catalogue, rule: Filter, works: str) -> None:
    hang(catalogue, ROWS)
    assert left(catalogue, rule) == works


def test_all_filters_must_hold_and_each_says_what_it_left_out(catalogue: Catalogue) -> None:
    keys = hang(catalogue, ROWS)
    paintings, oil = Filter("kind", among=("Paintings",)), Filter("medium", containing=("oil",))
    rules = LabelDefinition(
        "x", "culture", where=(paintings, oil), exclude=(Exclude("a", "a copy"), Exclude("z"))
    )
    found = scope(catalogue, rules)
    assert [step.out.tolist() for step in found.steps] == [
        [keys["c"], keys["d"]],
        [keys["b"], keys["e"]],
        [keys["a"]],
    ]
    assert found.works.tolist() == []
    assert found.remarks == ("There is no work 'z' to leave out by hand.",)


def test_an_empty_filter_is_refused_with_what_there_is(catalogue: Catalogue) -> None:
    hang(catalogue, ROWS)
    with pytest.raises(
        LabelError, match=r"no work is left by the filter 'kind is Painting'.*There is Paintings"
    ):
        left(catalogue, Filter("kind", among=("Painting",)))
