"""The rules of suggested merges one by one: what each finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from cartellino.curate.merges import Kind
from cartellino.curate.sensitive import is_sensitive
from cartellino.curate.suggesting import propose
from cartellino.curate.suggesting.hedges import unhedged
from cartellino.curate.suggesting.listed import historic_terms
from cartellino.curate.suggesting.values import folded, singular
from cartellino.curate.vocabulary import Term, Vocabulary

from .test_suggest import short


@pytest.mark.parametrize(
    ("value", "bare"),
    [
        ("possibly Italian", "Italian"),
        ("French (?)", "French"),
        ("French(?)", "French"),
        ("Austrian?", "Austrian"),
        ("Italian, probably Milan", "Italian, Milan"),
        ("British, London (Battersea?)", "British, London (Battersea)"),
        ("Rembrandt (possibly)", "Rembrandt"),
        ("Possibly by Rembrandt", "Rembrandt"),
        ("vermutlich Augsburg", "Augsburg"),
        ("Italian", "Italian"),
        ("Wohlgemut", "Wohlgemut"),
    ],
)
def test_words_of_doubt_are_taken_out(value: str, bare: str) -> None:
    assert unhedged(value) == bare


@pytest.mark.parametrize(
    "value",
    [
        "after Rembrandt",
        "Attributed to Rembrandt",
        "Workshop of  Rembrandt",
        "Rembrandt (circle of)",
        "Rembrandt, school of",
        "Rembrandt and Workshop",
        "Umkreis von Rembrandt",
        "possibly after Rembrandt",
    ],
)
def test_what_is_near_a_master_is_after_him(value: str) -> None:
    assert short({value: 1, "Rembrandt": 3}) == {value: ("after", "Rembrandt")}


@pytest.mark.parametrize(
    ("value", "others", "ends"),
    [
        ("Greek or Roman", ["Greek", "Roman"], ("Greek", "Roman")),
        ("Netherlandish/French", ["Netherlandish", "French"], ("Netherlandish", "French")),
        ("Egypt, Iran or Syria", ["Egypt", "Iran", "Syria"], ("Egypt", "Iran", "Syria")),
        (
            "French, Paris and Sèvres",
            ["French, Paris", "French, Sèvres"],
            ("French, Paris", "French, Sèvres"),
        ),
        ("possibly British or Flemish", ["British", "Flemish"], ("British", "Flemish")),
        ("Austrian (Linz) or German", ["Austrian", "German"], ("Austrian", "German")),
        ("Europe or Middle East", ["Europe"], None),
        ("Ecuador, Peru, or Argentina", ["Ecuador", "Argentina", "Peru, Lima"], None),
        ("Mali, Guinea or the Senegambia", ["Mali", "Guinea"], None),
        ("hilt, British; blade, German or French", ["British", "French", "German"], None),
    ],
)
def test_either_needs_all_its_sides(value: str, others: list[str], ends: tuple[str, ...] | None) -> None:
    found = short({value: 1, **dict.fromkeys(others, 9)})
    assert found.get(value) == (("either", *ends) if ends else None)


@pytest.mark.parametrize(
    ("value", "others", "end"),
    [
        ("India (Rajasthan, Mewar)", ["India", "India (Rajasthan)"], "India (Rajasthan)"),
        ("British, Etruria, Staffordshire", ["British", "British, Staffordshire"], "British, Staffordshire"),
        ("Peru; north coast", ["Peru"], "Peru"),
        ("American, born England", ["American", "England"], "American"),
        ("Ceramics-Pottery", ["Ceramics", "Ceramics-Vessels"], "Ceramics"),
        ("Idiophone-Struck-bell", ["Idiophone-Struck", "Idiophone-Struck-gong"], "Idiophone-Struck"),
        ("Chelsea-Derby", ["Chelsea"], None),
        ("Wood-cut", ["Wood", "Wood-work"], None),
        ("1750-60", ["1750"], None),
    ],
)
def test_a_beginning_that_is_a_value_is_wider(value: str, others: list[str], end: str | None) -> None:
    assert short({value: 1, **dict.fromkeys(others, 9)}).get(value) == (("part of", end) if end else None)


def test_writings() -> None:
    counts = {
        "Post-Classical": 4,
        "Post Classical": 1,
        "Taíno": 2,
        "Taino": 1,
        "Hand Bell": 3,
        "Handbell": 12,
    }
    assert short(counts) == {
        "Post Classical": ("spelling", "Post-Classical"),
        "Taino": ("spelling", "Taíno"),
        "Hand Bell": ("spelling", "Handbell"),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [("Minoan I-II", "Minoan III"), ("1750-60", "175060"), ("X?", "X"), ("Glass", "Glasses")],
)
def test_what_is_not_the_same_is_kept_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("plural", "one"),
    [("Ivories", "Ivory"), ("Boxes", "Box"), ("Women", "Woman"), ("Side chairs", "Side Chair")],
)
def test_plurals(plural: str, one: str) -> None:
    assert singular(plural) == singular(one)


@pytest.mark.parametrize(
    ("slip", "works", "right", "found"),
    [
        ("Geman", 5, "German", True),
        ("Eraly Imperial", 1, "Early Imperial", True),
        ("Watercolor on ivor", 1, "Watercolor on ivory", True),
        ("Geman", 50, "German", False),  # too frequent for a slip
        ("Goats", 1, "Boats", False),  # another first letter
        ("Period 1", 1, "Period 2", False),
        ("Houses", 1, "Horses", False),  # a word of its own, in 'Country Houses'
        ("Roma", 1, "Roman", False),  # too short
    ],
)
def test_slips(slip: str, works: int, right: str, found: bool) -> None:
    counts = {slip: works, right: 199, "Country Houses": 2}
    assert short(counts) == ({slip: ("spelling", right)} if found else {})


def test_different_ids_forbid_a_spelling() -> None:
    terms = (Term("Geman", {"aat": "300000001"}), Term("German", {"aat": "300000002"}))
    assert not short({"Geman": 1, "German": 99}, vocabulary=Vocabulary("v", terms))


def test_ids_in_common_make_synonyms_unless_others_differ_or_a_person_is_meant() -> None:
    terms = (
        Term("Virgin Mary", {"ia": "901000032", "wikidata": "Q345"}),
        Term("Madonna", {"ia": "901000032"}),
        Term("Apostles", {"wikidata": "Q43412", "aat": "300111111"}),
        Term("Evangelists", {"wikidata": "Q43412", "aat": "300222222"}),
        Term("Male Nudes", {"wikidata": "Q40446"}),
        Term("Female Nudes", {"wikidata": "Q40446"}),
        Term("Damaged", {"wikidata": "no id"}),
        Term("Broken", {"wikidata": "no id"}),
    )
    counts = {term.label: 10 for term in terms} | {"Madonna": 2}
    assert short(counts, vocabulary=Vocabulary("tags", terms)) == {"Madonna": ("synonym", "Virgin Mary")}


def test_a_vocabularys_other_names_and_hierarchy() -> None:
    terms = (
        Term("Dutch", alternatives=("Hollandish",), hidden=("Duch",)),
        Term("Gujarat", broader=("Western India",)),
        Term("Western India", broader=("India",)),
    )
    counts = {"Dutch": 9, "Hollandish": 2, "Duch": 1, "Gujarat": 4, "India": 1, "Elsewhere": 1}
    assert short(counts, vocabulary=Vocabulary("places", terms)) == {
        "Hollandish": ("synonym", "Dutch"),
        "Duch": ("spelling", "Dutch"),
        "Gujarat": ("part of", "India"),  # the field has no 'Western India'
    }


def test_a_hierarchy_that_contradicts_itself_is_followed_as_far_as_it_goes() -> None:
    terms = (Term("a", broader=("b",)), Term("b", broader=("c",)), Term("c", broader=("a",)))
    assert len(short({"a": 3, "b": 2, "c": 1}, vocabulary=Vocabulary("v", terms))) == 2


def test_countries_follow_the_form_that_the_field_prefers() -> None:
    counts = {"Tibet": 8, "Tibetan": 2, "China": 30, "Chinese": 3}
    assert short(counts) == {"Tibetan": ("synonym", "Tibet"), "Chinese": ("synonym", "China")}
    assert short(counts | {"French": 600})["Tibet"] == ("synonym", "Tibetan")


def test_company_needs_many_works_and_leads_to_nobody() -> None:
    def together(narrow: str, wide: str, both: int, alone: int) -> list[tuple[int, str]]:
        works = [[narrow, wide]] * both + [[narrow]] * alone + [[wide]] * 100 + [["Else"]] * 900
        return [(number, value) for number, values in enumerate(works) for value in sorted(values)]

    def found(narrow: str, wide: str, both: int, alone: int = 0) -> dict[str, tuple[str, ...]]:
        counts = {narrow: both + alone, wide: both + 100, "Else": 900}
        return short(counts, together=together(narrow, wide, both, alone))

    assert found("Canals", "Boats", 20) == {"Canals": ("part of", "Boats")}
    assert not found("Canals", "Boats", 9)
    assert not found("Canals", "Boats", 20, alone=8)
    assert not found("Dancing", "Women", 20)


def test_historic_terms_are_few_known_and_told_with_a_note() -> None:
    listed = historic_terms()
    assert 10 < len(listed) < 40
    assert all(entry.note and entry.replacement and entry.term != entry.replacement for entry in listed)
    forms = [singular(form) for entry in listed for form in (entry.term, *entry.also)]
    assert not {singular(entry.replacement) for entry in listed} & set(forms)
    assert short({"Oriental": 1, "Gypsies": 2, "Oriental carpets": 3, "Moorish": 1}) == {
        "Gypsies": ("display", "Roma People"),
        "Oriental": ("display", "Asian"),
    }
    (shown,) = (each for each in propose({"oriental": 1, "ASIAN": 2}) if each.kind == Kind.DISPLAY)
    assert shown.targets == ("ASIAN",)
    assert "more exact" in shown.evidence


def test_historic_terms_of_persons_stay_with_a_person() -> None:
    for entry in historic_terms():
        if "a person signs it" in entry.note and "Of works" not in entry.note:
            assert is_sensitive(entry.replacement), entry.term
