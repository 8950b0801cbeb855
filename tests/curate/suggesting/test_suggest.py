"""Suggested merges: what a registrar would write down, never a circle, and quickly."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.curate.merges import KINDS, Edge, read_merges, targets
from cartellino.curate.suggesting import Proposal, propose, suggest, written
from cartellino.curate.suggesting.suggest import by_kind
from cartellino.curate.suggesting.values import Values
from cartellino.curate.vocabulary import Term, Vocabulary
from curate.museum import hang

# Pieces from which values are made that every rule has something to say about.
NAMES = [
    "Italian",
    "italian",
    "Dutch",
    "Flemish",
    "China",
    "Chinese",
    "Tree",
    "Trees",
    "Venetian",
    "Eskimo",
    "Ivory-Bone",
]
FORMS = [
    "{}", " {}", "{} ", "possibly {}", "{} (?)", "{}?", "after {}", "{} and workshop", "{} or {}",
    "{}, {}", "{} ({})", "{}/{}", "{}-{}", "{}, {}, {}", "{} and {}", "workshop of {}", "{}; {}", "Inuit",
    "{}\n{}", '"{}", {}', "{}s", "{}x",
]  # fmt: skip
VALUES = st.builds(
    lambda form, names: form.format(*names), st.sampled_from(FORMS), st.tuples(*[st.sampled_from(NAMES)] * 3)
) | st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=4)
COUNTS = st.dictionaries(VALUES, st.integers(1, 500), max_size=14)


def proposed(counts: dict[str, int], **told: object) -> dict[str, Proposal]:
    return {each.source: each for each in propose(counts, **told)}  # type: ignore[arg-type]


def short(counts: dict[str, int], **told: object) -> dict[str, tuple[str, ...]]:
    return {source: (each.kind.value, *each.targets) for source, each in proposed(counts, **told).items()}


def read_again(proposals: Sequence[Proposal], counts: dict[str, int]) -> tuple[Edge, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "merges.csv"
        path.write_text(written(proposals, counts), encoding="utf-8", newline="")
        return read_merges(path)


@settings(max_examples=100)
@given(COUNTS, st.data())
def test_what_is_proposed_is_a_merge_file_as_it_stands(counts: dict[str, int], data: st.DataObject) -> None:
    values = Values(counts).counts
    some = st.sampled_from(sorted(values)) if values else st.just("x")
    terms = data.draw(
        st.lists(
            st.builds(
                Term,
                some,
                st.dictionaries(st.just("wikidata"), st.sampled_from(["Q1", "Q2"])),
                broader=st.lists(some, max_size=2).map(tuple),
                alternatives=st.lists(some, max_size=2).map(tuple),
            ),
            unique_by=lambda term: term.label,
            max_size=8,
        )
    )
    works = data.draw(st.lists(st.lists(some, min_size=1, max_size=4), max_size=5))
    pairs = [(work, value) for work, mine in enumerate(works * 10) for value in mine]
    found = propose(counts, pairs, Vocabulary("v", tuple(terms)))
    edges = read_again(found, values)
    assert [(edge.source, edge.target, edge.kind) for edge in edges] == [
        (edge.source, edge.target, edge.kind) for proposal in found for edge in proposal.edges()
    ]
    for edge in edges:
        assert edge.source in values
        assert edge.target in values or edge.kind == "display"
        assert edge.kind in KINDS
    assert not set(targets(edges)) & {end for ends in targets(edges).values() for end in ends}


@given(COUNTS)
def test_only_the_kinds_asked_for(counts: dict[str, int]) -> None:
    assert {each.kind.value for each in propose(counts, kinds=["spelling"])} <= {"spelling"}


def test_a_museums_cultures() -> None:
    counts = {
        "Italian": 77,
        "Italian, Milan": 12,
        "Italian, probably Milan": 3,
        "possibly Italian": 2,
        "italian": 1,
        "French": 606,
        "Dutch": 34,
        "Flemish": 7,
        "French (?)": 6,
        "Dutch or Flemish": 1,
        "Fernch": 2,
        "China": 26,
        "Chinese": 34,
        "Japan": 103,
        "Japanese": 24,
        "Eskimo": 5,
        "German": 118,
        "German, Augsburg": 5,
        "German, Munich": 3,
        "German, Munich or Augsburg": 1,
        "German, Ulm or Ansbach": 1,
        "hilt, British; blade, German": 1,
        "British": 131,
    }
    assert short(counts) == {
        "Italian, Milan": ("part of", "Italian"),
        "Italian, probably Milan": ("uncertain", "Italian, Milan"),
        "possibly Italian": ("uncertain", "Italian"),
        "italian": ("spelling", "Italian"),
        "French (?)": ("uncertain", "French"),
        "Dutch or Flemish": ("either", "Dutch", "Flemish"),
        "Fernch": ("spelling", "French"),
        "China": ("synonym", "Chinese"),
        "Japan": ("synonym", "Japanese"),
        "Eskimo": ("display", "Inuit"),
        "German, Augsburg": ("part of", "German"),
        "German, Munich": ("part of", "German"),
        "German, Munich or Augsburg": ("either", "German, Munich", "German, Augsburg"),
        "German, Ulm or Ansbach": ("part of", "German"),
    }


def test_the_weightiest_come_first_with_their_counts() -> None:
    counts = {"Trees": 200, "Tree": 3, "possibly Boats": 40, "Boats": 90, "tree": 1}
    text = written(propose(counts), counts).splitlines()
    assert text[0] == "from,to,kind,reason,works_from,works_to,evidence"
    assert (
        text[1]
        == "possibly Boats,Boats,uncertain,uncertain attribution,40,90,without the hedge it is 'Boats'"
    )
    assert [line.split(",")[0] for line in text[2:]] == ["Tree", "tree"]
    assert by_kind(propose(counts), counts) == [("uncertain", 1, 40), ("spelling", 2, 4)]


def test_ids_beside_the_field_speak_for_and_against(catalogue: Catalogue) -> None:
    rows = [
        {
            "id": "1",
            "Tags": ("Herakles", "Boats"),
            "Tags Wikidata URL": ("https://www.wikidata.org/wiki/Q1", "Q2"),
        },
        {"id": "2", "Tags": ("Hercules", "Boat"), "Tags Wikidata URL": ("Q1", "Q3")},
        {"id": "3", "Tags": ("Hercules",), "Tags Wikidata URL": ("Q1",)},
    ]
    hang(catalogue, rows)
    found = suggest(catalogue, "tags")
    assert found.field == "Tags"
    assert found.columns == ("Tags Wikidata URL",)
    assert [(each.source, each.kind, each.targets) for each in found.proposals] == [
        ("Herakles", "synonym", ("Hercules",))
    ]  # 'Boat' and 'Boats' have different ids


@pytest.mark.slow
def test_ten_thousand_values_take_seconds() -> None:
    syllables = ["ma", "ri", "to", "lu", "sen", "ka", "vo", "del", "ni", "bre"]
    names = [
        f"{a}{b}{c} {d}{a}".title()
        for a in syllables
        for b in syllables
        for c in syllables
        for d in syllables
    ]
    counts = {name: 1 + number * 7919 % 500 for number, name in enumerate(names)}
    terms = tuple(
        Term(name, {"wikidata": f"Q{n // 2 + 1}"}, broader=(names[n // 10],)) for n, name in enumerate(names)
    )
    pairs = ((work, names[(work * 31 + k * 17) % 10_000]) for work in range(50_000) for k in range(3))
    began = time.perf_counter()
    found = propose(counts, pairs, Vocabulary("v", terms))
    assert time.perf_counter() - began < 20  # about 4 s on two cores; a machine that is busy may take longer
    assert len(read_again(found, counts)) > 5_000
