from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.catalogue.fields import FieldSummary
from cartellino.catalogue.summary import DISTINCT
from cartellino.errors import InputError
from cartellino.progress import Silent
from cartellino.records import Column, Work

from .rows import add

ROWS = [
    {"id": "1", "Object Name": " Painting ", "tags": "Men|Trees| |Men"},
    {"id": "2", "Object Name": "", "tags": ""},
    {"id": "3", "Object Name": "Bowl", "tags": "Trees"},
    {"id": "1", "Object Name": "Painting", "tags": "Portraits|Men"},
    {"id": "4", "Object Name": " \t", "tags": None},
]


def test_values_are_told_once_stripped_and_in_order(catalogue: Catalogue) -> None:
    add(catalogue, ROWS)
    assert list(catalogue.fields.values("Object Name")) == [(1, "Painting"), (3, "Bowl")]
    assert list(catalogue.fields.values("tags")) == [
        (1, "Men"),
        (1, "Trees"),
        (1, "Portraits"),
        (3, "Trees"),
    ]


def test_counts_are_of_works_the_most_frequent_first(catalogue: Catalogue) -> None:
    add(catalogue, ROWS)
    assert catalogue.fields.counts("tags") == [("Trees", 2), ("Men", 1), ("Portraits", 1)]
    assert catalogue.fields.counts("tags", 1) == [("Trees", 2)]


def test_of_several_sources_the_one_read_last_that_has_a_value_counts(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": str(n), "culture": f"old{n}"} for n in (1, 2, 3)], "first")
    add(catalogue, [{"id": "2", "Culture": "new|newer"}, {"id": "3", "Culture": ""}], "second")
    assert list(catalogue.fields.values("culture")) == [(1, "old1"), (2, "new"), (2, "newer"), (3, "old3")]
    assert catalogue.fields.names() == ["id", "Culture"]
    assert catalogue.fields.summary()[1] == FieldSummary(
        "Culture", 3, 4, True, ("second", "first"), ("old1",)
    )


@pytest.mark.parametrize("told", ["object name", "OBJECT_NAME", "objectname", "Object Name"])
def test_a_field_may_be_written_otherwise(catalogue: Catalogue, told: str) -> None:
    add(catalogue, ROWS)
    assert catalogue.fields.resolve(told) == "Object Name"


def test_a_field_that_is_not_there_is_met_with_the_nearest(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1", "culture": "", "Is On": "", "ison": ""}])
    with pytest.raises(InputError, match=r"no field 'cultur'\. Did you mean culture\?"):
        catalogue.fields.values("cultur")
    with pytest.raises(InputError, match=r"no field 'is_on'\. Did you mean Is On or ison\?"):
        catalogue.fields.resolve("is_on")
    with pytest.raises(InputError, match="cartellino fields"):
        catalogue.fields.counts("zzz")


def test_a_summary_tells_how_well_fields_are_filled(catalogue: Catalogue) -> None:
    add(catalogue, ROWS)
    assert catalogue.fields.summary() == [
        FieldSummary("id", 4, 4, False, ("works",), ("1",)),
        FieldSummary("Object Name", 2, 2, False, ("works",), ("Painting",)),
        FieldSummary("tags", 2, 3, True, ("works",), ("Men", "Trees")),
    ]


def test_different_values_are_counted_up_to_a_limit(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": str(n), "one": str(n), "many": f"{n}|x"} for n in range(DISTINCT + 200)])
    assert [(field.works, field.values) for field in catalogue.fields.summary()] == [(1_200, DISTINCT)] * 3


def test_values_can_be_read_while_others_are_asked_for(catalogue: Catalogue) -> None:
    add(catalogue, ROWS)
    names = catalogue.fields.values("Object Name")
    assert next(names) == (1, "Painting")
    assert len(list(catalogue.fields.values("tags"))) == 4
    assert list(names) == [(3, "Bowl")]


def test_examples_are_the_frequent_values_or_one_of_many(catalogue: Catalogue) -> None:
    rows = [
        {"id": str(n), "kind": "bowl" if n % 3 else "cup", "title": f"No {n}", "none": ""} for n in range(9)
    ]
    add(catalogue, rows)
    told = {each.name: each.examples for each in catalogue.fields.summary()}
    assert told == {"id": ("0",), "kind": ("bowl", "cup"), "title": ("No 0",), "none": ()}


def test_a_role_names_its_columns_where_no_field_is_called_so(catalogue: Catalogue) -> None:
    columns = [Column("id", "id", "id"), Column("isPublicDomain", "isPublicDomain", "public domain")]
    source = catalogue.works.source("met", "met", "met", columns, {})
    catalogue.works.write(source, [Work("1", 1, ("1", "True")), Work("2", 2, ("2", ""))], progress=Silent())
    assert list(catalogue.fields.values("Public Domain")) == [(1, "True")]
