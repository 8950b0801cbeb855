"""Vocabularies: what is odd about them is said, and nothing is dropped."""

from __future__ import annotations

import pytest

from cartellino.curate.merges import Edge, check
from cartellino.curate.vocabulary import Term, Vocabulary
from cartellino.errors import LabelError


def flagged(*terms: Term) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for flag in Vocabulary("tags", terms).flags():
        found.setdefault(flag.label, []).append(flag.words)
    return found


def test_terms_that_say_the_same_are_equal() -> None:
    one = Term(" Trees ", {"aat": "http://vocab.getty.edu/page/aat/300132410"}, ("Arbres", "Bäume", "Trees"))
    assert one == Term("Trees", {"aat": ("300132410",)}, ("Bäume", "Arbres", "Arbres"))
    assert one.names == ("Trees", "Arbres", "Bäume")


def test_an_address_goes_to_the_scheme_it_names() -> None:
    term = Term("Rome", {"aat": "http://vocab.getty.edu/page/tgn/7000874"})
    assert term.addresses == {"tgn": ("http://vocab.getty.edu/tgn/7000874",)}


def test_malformed_ids_are_kept_and_flagged() -> None:
    term = Term("Trees", {"aat": "30013241"})
    assert term.addresses["aat"] == ("30013241",)
    assert "'30013241' is no id of Art & Architecture Thesaurus" in flagged(term)["Trees"][0]


def test_two_ids_on_one_label_and_one_id_on_two_are_flagged() -> None:
    found = flagged(
        Term("Male Nudes", {"wikidata": ("Q40446", "Q1")}), Term("Female Nudes", {"wikidata": "Q40446"})
    )
    assert found["Male Nudes"][0] == "several ids of Wikidata: Q1, Q40446"
    assert found["Female Nudes"] == ["has its id Q40446 in common with 'Male Nudes'"]


def test_broader_terms_that_are_missing_or_run_in_a_circle_are_flagged() -> None:
    found = flagged(Term("a", broader=("b",)), Term("b", broader=("a",)), Term("c", broader=("x",)))
    assert found["c"] == ["its broader term 'x' is not in the vocabulary"]
    assert any("circle" in words for words in (*found.get("a", ()), *found.get("b", ())))


def test_values_that_no_work_has_are_flagged_unless_under_another_name() -> None:
    vocabulary = Vocabulary("tags", (Term("Trees", alternatives=("Tree",)), Term("Boats")))
    assert [flag.label for flag in vocabulary.unknown(["Tree", "Men"])] == ["Boats"]


def test_the_hierarchy_is_merges() -> None:
    vocabulary = Vocabulary("places", (Term("Gujarat", broader=("India",)), Term("India", broader=("Asia",))))
    edges = vocabulary.broader_edges()
    check(edges)
    assert edges == (
        Edge("Gujarat", "India", "broader in the vocabulary", "part of"),
        Edge("India", "Asia", "broader in the vocabulary", "part of"),
    )


def test_joined_keeps_what_both_say() -> None:
    mine = Vocabulary("tags", (Term("Trees", {"aat": "300132410"}, note="mine"),))
    theirs = Vocabulary(
        "tags", (Term("Trees", {"aat": "300132411"}, ("Bäume",), note="theirs"), Term("Boats"))
    )
    both = mine.joined(theirs)
    assert [term.label for term in both.terms] == ["Boats", "Trees"]
    trees = both.get("Trees")
    assert trees is not None
    assert (len(trees.ids["aat"]), trees.alternatives, trees.note) == (2, ("Bäume",), "mine")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: Term(" "), "no label"),
        (lambda: Term("x", {"viaf": "1"}), "no scheme of ids 'viaf'"),
        (lambda: Term("x", uri="not one"), "is no address"),
        (lambda: Vocabulary("v", (Term("x"), Term(" x"))), "two terms have the label 'x'"),
        (lambda: Vocabulary("v", language="English!"), "is no language"),
        (lambda: Vocabulary(" "), "no name"),
    ],
)
def test_what_cannot_be_a_vocabulary_is_refused(made: object, told: str) -> None:
    with pytest.raises(LabelError, match=told):
        made()  # type: ignore[operator]
