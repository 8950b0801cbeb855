"""Definitions: kept as TOML, refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.curate.definition import DEFAULT_RATIOS, LabelDefinition
from cartellino.curate.merges import Edge
from cartellino.errors import LabelError

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
EDGES = st.lists(st.builds(Edge, TEXT.map("a".__add__), TEXT.map("b".__add__), TEXT), max_size=3).map(tuple)


def definitions() -> st.SearchStrategy[LabelDefinition]:
    return st.builds(
        LabelDefinition,
        name=st.sampled_from(["culture", "tags 23", "Époque"]),
        field=TEXT,
        kind=st.sampled_from(["single", "multi"]),
        min_works=st.integers(1, 99),
        top=st.none() | st.integers(2, 99),
        merges=EDGES,
        only=st.lists(TEXT, max_size=3).map(tuple),
        group_by=st.none() | TEXT,
        duplicates=st.booleans(),
        seed=st.integers(0, 9),
        sensitive=st.none() | st.lists(TEXT, max_size=3).map(tuple),
    )


@settings(deadline=None)
@given(definitions())
def test_survives_toml(definition: LabelDefinition) -> None:
    assert LabelDefinition.from_toml(definition.to_toml()) == definition


def test_a_file_a_person_writes_is_short() -> None:
    definition = LabelDefinition.from_toml('name = "culture"\nfield = "Culture"\nmin_works = 30\n')
    assert definition.ratios == DEFAULT_RATIOS
    assert definition.min_works == 30
    assert definition.sensitive is None


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"ratios": {"train": 0.8, "validation": 0.1, "test": 0.2}}, r"sum to 1\.1"),
        ({"ratios": {"train": 0.9, "validation": 0.1, "test": 0.0}}, "test part is empty"),
        ({"ratios": {"train": 1.2, "validation": 0.1, "test": -0.3}}, "negative"),
        ({"ratios": {"learn": 1.0}}, "no part 'learn'"),
        ({"kind": "several"}, "cannot be 'several'"),
        ({"min_works": 0}, "min_works is 0"),
        ({"top": 1}, "top is 1"),
        ({"name": "a@2"}, "cannot name a label set"),
        ({"name": "../a"}, "cannot name a label set"),
        ({"merges": [Edge("a", "b"), Edge("b", "a")]}, "circle"),
    ],
)
def test_what_cannot_be_is_refused_in_words(rules: dict[str, Any], told: str) -> None:
    with pytest.raises(LabelError, match=told):
        LabelDefinition(**({"name": "culture", "field": "culture"} | rules))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "a"\nfield = "b"\nfields = "c"', "no rule 'fields'"),
        ('name = "a"', "no 'field'"),
        ("name = a", "cannot be read"),
        ('name = "a"\nfield = "b"\nmin_works = "30"', "wrong type"),
        ('name = "a"\nfield = "b"\nmerges = [{from = "x"}]', "wrong type"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(LabelError, match=told):
        LabelDefinition.from_toml(text)


def test_no_calibration_part_is_allowed() -> None:
    ratios = {"train": 0.8, "validation": 0.1, "test": 0.1}
    assert LabelDefinition("a", "b", ratios=ratios).ratios["calibration"] == 0
