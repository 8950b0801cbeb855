"""The vocabulary a collection keeps: a table people edit, with addresses that stay."""

from __future__ import annotations

from pathlib import Path

from cartellino.curate.merges import Edge
from cartellino.curate.vocabulary import Term, Vocabulary, read, write
from cartellino.curate.vocabulary.keeping import Shelf, compared, of_classes


def test_what_is_kept_is_found_again_and_can_be_edited(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "labels")
    assert shelf.get("tags") is None
    tags = Vocabulary("tags", (Term("Trees", {"aat": "300132410"}),))
    assert shelf.keep(tags, "tags") == tags == shelf.get("tags")
    with shelf.path("tags").open("a", encoding="utf-8") as stream:
        stream.write("Boats\n")
    kept = shelf.get("tags")
    assert kept is not None
    assert [term.label for term in kept.terms] == ["Boats", "Trees"]
    assert shelf.path("a/b: c").parent == tmp_path / "labels"


def test_addresses_stay_when_a_vocabulary_moves_to_another_name(tmp_path: Path) -> None:
    first = Vocabulary(
        "subjects", (Term("Trees"), Term("Boats", uri="http://museum.example/b")), uri="http://m.example/"
    )
    write(first, tmp_path / "subjects.ttl")
    kept = Shelf(tmp_path).keep(read(tmp_path / "subjects.ttl"), "tags")
    write(kept, tmp_path / "tags.ttl")
    addresses = [
        {line.split()[0] for line in (tmp_path / name).read_text().splitlines() if "a skos:Concept " in line}
        for name in ("subjects.ttl", "tags.ttl")
    ]
    assert addresses[0] == addresses[1]
    assert len(addresses[0]) == 2


def test_a_label_sets_merges_name_terms() -> None:
    merges = [
        Edge("Holland", "Dutch", kind="synonym"),
        Edge("Duch", "Dutch", kind="spelling"),
        Edge("Eskimo", "Inuit", kind="display"),
        Edge("Gujarat", "Indian", kind="part of"),
        Edge("Dutch or Flemish", "Dutch", kind="either"),
        Edge("possibly Dutch", "Dutch", kind="uncertain"),
        Edge("Netherlands", "Dutch"),
    ]
    assert of_classes("culture", ["Dutch", "Indian"], merges) == Vocabulary(
        "culture",
        (
            Term("Dutch", alternatives=("Holland",), hidden=("Duch",)),
            Term("Inuit", hidden=("Eskimo",)),
            Term("Gujarat", broader=("Indian",)),
            Term("Indian"),
        ),
    )


def test_terms_and_values_that_lack_each_other_are_told() -> None:
    flags, remarks = compared(
        Vocabulary("tags", (Term("Trees", alternatives=("Tree",)), Term("Oxen"))), ["Tree", "Men"]
    )
    assert [str(flag) for flag in flags] == ["'Oxen': no work has this value"]
    assert remarks == ("1 value without a term: 'Men'.",)
