from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.errors import InputError

from .rows import add

ROWS = [
    {"id": "000466", "number": "83.2.221", "title": "Plaque Portrait of Benjamin Franklin"},
    {"id": "436535", "number": "12.3a–b", "title": "Wheat Field with Cypresses"},
    {"id": "436536", "number": "", "title": "Irises — étude"},
    {"id": "x-1", "number": "", "title": 'The "Wheat" AND the NEAR('},
]


@pytest.mark.parametrize(
    ("told", "near"),
    [("466", "000466"), ("0466", "000466"), ("436585", "436535"), ("12.3a–b", "436535"), ("X-1", "x-1")],
)
def test_an_id_that_is_not_there_is_met_with_the_nearest(catalogue: Catalogue, told: str, near: str) -> None:
    add(catalogue, ROWS)
    with pytest.raises(InputError, match=f"no work has the id '{told}'.*Did you mean.*{near}"):
        catalogue.works.key(told)


def test_an_id_like_no_other_is_met_with_advice(catalogue: Catalogue) -> None:
    add(catalogue, ROWS)
    with pytest.raises(InputError, match="Ids are written as in the museum's table"):
        catalogue.works.key("Mona Lisa")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("wheat", [2, 4]),
        ("WHEAT cypr", [2]),
        ("etude", [3]),
        ("83.2.221", [1]),
        ("12.3a", [2]),
        ("436535", [2]),
        ("wheat AND", [4]),
        ("franklin*", [1]),
        ('"', []),
        ("NEAR(", [4]),
        ("", []),
    ],
)
def test_words_are_found_and_nothing_is_an_operator(catalogue: Catalogue, text: str, keys: list[int]) -> None:
    add(catalogue, ROWS)
    assert sorted(key for key, _, _ in catalogue.works.search(text)) == keys


def test_the_work_of_just_that_id_comes_first(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "9", "title": "After 12 and 12 and 12"}, {"id": "12", "title": ""}])
    assert catalogue.works.search("12", 1) == [(2, "12", "")]
    assert len(catalogue.works.search("12")) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_any_text_can_be_looked_for(catalogue: Catalogue, text: str) -> None:
    catalogue.works.search(text)
    with pytest.raises(InputError):
        catalogue.works.key(text + "\U0010ffff")
