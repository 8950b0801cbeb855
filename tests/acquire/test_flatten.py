"""Records as rows."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.acquire.flatten import Shape, text

TAGS = [
    {"term": "Boats", "AAT_URL": "aat/1", "Wikidata_URL": ""},
    {"term": "Trees", "AAT_URL": "", "Wikidata_URL": "Q2"},
]


def flat(*records):
    shape = Shape()
    for record in records:
        shape.learn(record)
    return shape.header(), [shape.cells(record) for record in records]


def test_entries_become_aligned_columns():
    header, rows = flat(
        {"id": 1, "tags": TAGS}, {"id": 2, "tags": None}, {"id": 3, "tags": TAGS[:1]}, {"id": 4}
    )
    assert header == ["id", "tags", "tags AAT", "tags Wikidata"]
    assert rows[0] == (
        ("1", "Boats|Trees", "aat/1|", "|Q2"),
        ((1, ("Boats", "Trees")), (2, ("aat/1", "")), (3, ("", "Q2"))),
    )
    assert [cells for cells, _ in rows[1:]] == [
        ("2", "", "", ""),
        ("3", "Boats", "aat/1", ""),
        ("4", None, None, None),
    ]


def test_lists_are_several_values_and_deeper_things_stay_json():
    header, rows = flat(
        {"materials": ["oil", "wood"], "size": {"height": 1.5}, "views": [{"url": "a"}], "none": []}
    )
    assert header == ["materials", "size", "views", "none"]
    assert rows[0] == (("oil|wood", '{"height": 1.5}', '[{"url": "a"}]', ""), ((0, ("oil", "wood")),))


def test_a_key_that_is_now_a_list_of_entries_and_now_a_word_stays_one_column():
    header, rows = flat({"by": [{"name": "A", "role": "maker"}]}, {"by": "unknown"})
    assert header == ["by"]
    assert json.loads(rows[0][0][0]) == [{"name": "A", "role": "maker"}]
    assert rows[1][0] == ("unknown",)


def test_values_as_text():
    assert [text(value) for value in (None, True, 12, 1.0, "é", ["é"])] == [
        "",
        "true",
        "12",
        "1.0",
        "é",
        '["é"]',
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["term", "url", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=40)
@given(st.lists(st.dictionaries(st.sampled_from("abcd"), VALUES), max_size=5))
def test_every_record_fits_the_columns(records):
    header, rows = flat(*records)
    for cells, several in rows:
        assert len(cells) == len(header)
        assert all(cell is None or isinstance(cell, str) for cell in cells)
        assert all(cells[place] == "|".join(values) and len(values) > 1 for place, values in several)
