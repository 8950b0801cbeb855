from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.catalogue.works import Remark
from cartellino.errors import InputError
from cartellino.records import Column

from .rows import add, begin


def test_rows_come_back_as_they_came(catalogue: Catalogue) -> None:
    rows = [{"id": "007", "a": " x ", "b": None}, {"id": "1.2E+05", "a": "", "b": "=1+1\r\n"}]
    add(catalogue, rows)
    (source,) = catalogue.works.sources()
    assert list(catalogue.works.rows(source.id)) == [
        (2, 1, ("007", " x ", None)),
        (3, 2, ("1.2E+05", "", "=1+1\r\n")),
    ]


def test_a_source_is_told_as_it_was_given(catalogue: Catalogue) -> None:
    columns = [Column("Object ID ", "Object ID", "id"), Column("Object id", "", ""), Column("", "")]
    key = catalogue.works.source("Met Objects", "table", "met.csv", columns, {"delimiter": ";", "bom": True})
    (source,) = catalogue.works.sources()
    assert (source.id, source.name, source.kind, source.address) == (key, "Met Objects", "table", "met.csv")
    assert (source.original, source.format) == ("original_met_objects", {"delimiter": ";", "bom": True})
    assert source.columns == (
        Column("Object ID ", "Object ID", "id"),
        Column("Object id", "Object id_2"),
        Column("", "column_3"),
    )


def test_sources_of_like_names_have_tables_of_their_own(catalogue: Catalogue) -> None:
    keys = {begin(catalogue, ["id"], name) for name in ("Works!", "works?", "作品", "工作")}
    assert len(keys) == 4
    assert {source.original for source in catalogue.works.sources()} == {
        "original_works",
        "original_works_2",
        "original_source",
        "original_source_2",
    }


def test_ids_and_keys_belong_together(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "b"}, {"id": "a"}])
    assert [catalogue.works.key("b"), catalogue.works.key("a")] == list(catalogue.works.keys()) == [1, 2]
    assert catalogue.works.id(2) == "a"
    with pytest.raises(InputError, match="no work has the key 3"):
        catalogue.works.id(3)
    with pytest.raises(InputError, match="no source has the key 9"):
        list(catalogue.works.rows(9))


def test_remarks_are_noted_once_and_dropped_by_the_next_reading(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1"}])
    other = begin(catalogue, ["id"], "other")
    for _ in range(2):
        catalogue.works.remark(1, "looks shortened", work=1, line=2)
        catalogue.works.remark(other, "is odd")
    assert list(catalogue.works.remarks()) == [
        Remark(1, 1, 2, "looks shortened"),
        Remark(other, None, None, "is odd"),
    ]
    assert [remark.remark for remark in catalogue.works.remarks(other)] == ["is odd"]
    begin(catalogue, ["id"])
    assert [remark.source for remark in catalogue.works.remarks()] == [other]


def test_too_many_columns_are_refused_in_words(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="2,000 columns"):
        begin(catalogue, [f"c{number}" for number in range(2_000)])
    assert catalogue.works.sources() == []


def test_a_table_as_wide_as_allowed_can_be_written_and_read(catalogue: Catalogue) -> None:
    names = ["id", *(f"c{number}" for number in range(1_899))]
    assert add(catalogue, [dict.fromkeys(names, "x")]).added == 1
    assert len(catalogue.works.entry(1).columns) == 1_900
    assert len(catalogue.fields.summary()) == 1_900
