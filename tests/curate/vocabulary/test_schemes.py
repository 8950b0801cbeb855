"""Ids: one address each however they are written, and nothing made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, identified, problem, short

MONA = "http://vocab.getty.edu/aat/300015045"


@pytest.mark.parametrize(
    ("told", "scheme", "address"),
    [
        ("300015045", "aat", MONA),
        ("aat:300015045", "other", MONA),
        ("http://vocab.getty.edu/page/aat/300015045", "other", MONA),
        ("https://vocab.getty.edu/aat/300015045/", "tgn", MONA),
        ("vocab.getty.edu/aat/300015045.jsonld", "aat", MONA),
        ("http://vocab.getty.edu/page/ulan/500115493", "aat", "http://vocab.getty.edu/ulan/500115493"),
        ("http://vocab.getty.edu/page/ia/901000042", "aat", "http://vocab.getty.edu/ia/901000042"),
        ("1000080", "tgn", "http://vocab.getty.edu/tgn/1000080"),
        ("q42", "wikidata", "http://www.wikidata.org/entity/Q42"),
        ("https://www.wikidata.org/wiki/Q42", "other", "http://www.wikidata.org/entity/Q42"),
        ("http://m.wikidata.org/entity/Q42", "aat", "http://www.wikidata.org/entity/Q42"),
    ],
)
def test_every_way_of_writing_an_id_gives_its_one_address(told: str, scheme: str, address: str) -> None:
    found, normal = identified(f" {told} ", scheme)
    assert (normal, problem(found, normal)) == (address, "")
    assert address.startswith(SCHEMES[found].base)


@pytest.mark.parametrize(
    ("told", "scheme"),
    [
        ("30001504", "aat"),
        ("500115493", "aat"),
        ("http://vocab.getty.edu/page/aat/12", "aat"),
        ("0011781", "tgn"),
        ("42", "wikidata"),
        ("https://www.wikidata.org/wiki/Property:P31", "wikidata"),
        ("(not assigned)", "ulan"),
        ("３00015045", "aat"),
    ],
)
def test_what_is_malformed_stays_as_it_is_and_is_said(told: str, scheme: str) -> None:
    found, kept = identified(told, scheme)
    assert kept == told
    assert told in problem(found, kept)


def test_other_addresses_are_kept_as_they_are() -> None:
    assert identified("https://viaf.org/viaf/24604287", "aat") == (OTHER, "https://viaf.org/viaf/24604287")


@given(st.sampled_from([*SCHEMES, OTHER]), st.text() | st.from_regex(r"\A(Q|300|500|7)\d{6}\Z"))
def test_what_a_table_shows_is_read_again_as_it_was(scheme: str, told: str) -> None:
    found, address = identified(told, scheme)
    assert identified(short(found, address), found) == (found, address)
