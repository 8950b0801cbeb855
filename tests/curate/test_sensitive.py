"""The list of sensitive labels: what it catches, and what it leaves alone."""

from __future__ import annotations

import pytest

from cartellino.curate.sensitive import is_sensitive, policy_of, sensitive_among, shipped


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Men",
            "men",
            "MAN",
            "Women",
            "woman ",
            "Boys",
            "Girl",
            "Male Nudes",
            "female-nude",
            "Children",
            "child",
        ),
        *(
            "Infants",
            "Baby",
            "babies",
            "Elderly",
            "Ladies",
            "Old Men",
            "Women reading",
            "Jews",
            "Native Americans",
        ),
        *("Frauen", "niños", "NIÑO", "Garçon"),
    ],
)
def test_labels_about_a_person_are_sensitive(label: str) -> None:
    assert is_sensitive(label)


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Portraits",
            "Human Figures",
            "Saints",
            "Virgin Mary",
            "Madonna and Child",
            "Mountains",
            "Landscapes",
        ),
        *(
            "European",
            "Native American",
            "Islamic",
            "Buddhism",
            "Kings",
            "Menorahs",
            "Women's shoes",
            "Amen",
            "",
        ),
    ],
)
def test_other_labels_are_not(label: str) -> None:
    assert not is_sensitive(label)


def test_a_label_set_may_have_a_list_of_its_own() -> None:
    assert sensitive_among(["Men", "Dogs", "Cats"], ["dog"]) == {"Dogs"}
    assert sensitive_among(["Men", "Dogs"], []) == frozenset()


def test_every_entry_says_what_it_is_about_and_no_number_is_made_up() -> None:
    for entry in shipped():
        assert entry.about
        assert entry.aat == "" or (entry.aat.isdecimal() and entry.aat.startswith("300"))
    assert {entry.aat for entry in shipped() if entry.label in ("Men", "Women")} == {"300025928", "300025943"}


@pytest.mark.parametrize(
    ("label", "policy"),
    [("Men", "never file"), ("Old women", "never file"), ("Dogs", "file"), ("Buddhists", "never file")],
)
def test_the_shipped_policies_never_file_what_is_about_a_person(label: str, policy: str) -> None:
    assert policy_of(label) == policy


def test_a_label_set_decides_otherwise_by_label() -> None:
    policies = {"women": "audit only", "Dog": "leave out"}
    assert policy_of("Women", policies=policies) == "audit only"
    assert policy_of("Dogs", policies=policies) == "leave out"
    assert policy_of("Men", policies=policies) == "never file"
    assert policy_of("Men", listed=(), policies={}) == "file"
    assert policy_of("Cats", listed=("cat",)) == "never file"
