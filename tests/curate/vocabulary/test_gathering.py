"""Ids in the museum's own data: known by the columns' names, taken value by value, conflicts counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cartellino.acquire.metrecords import RecordsSource
from cartellino.acquire.museums.metcsv import MetCsvSource
from cartellino.acquire.source import Source
from cartellino.catalogue import Catalogue
from cartellino.curate.vocabulary.gathering import companions, gather
from cartellino.progress import Silent
from cartellino.records import Work
from curate.museum import hang

AAT = "http://vocab.getty.edu/page/aat/"


@pytest.mark.parametrize(
    ("field", "names", "found"),
    [
        ("Tags", ["Tags AAT URL", "Tags Wikidata URL"], ["aat", "wikidata"]),
        ("tags", ["tags AAT", "tags Wikidata"], ["aat", "wikidata"]),
        ("Artist Display Name", ["Artist ULAN URL", "Artist Alpha Sort"], ["ulan"]),
        ("artistDisplayName", ["artistULAN_URL", "artistWikidata_URL"], ["ulan", "wikidata"]),
        ("culture", ["culture_aat_id", "Culture TGN", "culture"], ["aat", "tgn"]),
        ("Artist Nationality", ["Artist ULAN URL"], []),
        ("Tags AAT URL", ["Tags AAT URL", "Tags Wikidata URL"], []),
        ("Title", ["Object Wikidata URL", "Tags AAT URL"], []),
    ],
)
def test_columns_are_known_by_their_names(field: str, names: list[str], found: list[str]) -> None:
    assert [scheme for _, scheme in companions(names, field)] == found


def test_pairs_are_taken_by_place_and_conflicts_counted(catalogue: Catalogue) -> None:
    def row(number: int, tags: Sequence[str], ids: Sequence[str]) -> dict[str, str | Sequence[str]]:
        return {"id": str(number), "Tags": tuple(tags), "Tags AAT URL": tuple(ids)}

    rows = [
        row(1, ["Trees", "Boats"], [f"{AAT}300132410", ""]),
        *(row(number, ["Paris"], ["http://vocab.getty.edu/page/tgn/7008038"]) for number in range(2, 12)),
        row(12, ["Paris", "Trees"], ["http://vocab.getty.edu/page/tgn/7008039", f"{AAT}300132410"]),
        row(13, ["Boats", "Trees"], [f"{AAT}300178749"]),
        row(14, ["Men"], ["(not assigned)"]),
    ]
    hang(catalogue, rows)
    found = gather(catalogue, "tags")
    terms = {term.label: dict(term.addresses) for term in found.vocabulary.terms}
    assert terms == {
        "Trees": {"aat": ("http://vocab.getty.edu/aat/300132410",)},
        "Boats": {},
        "Men": {},
        "Paris": {"tgn": ("http://vocab.getty.edu/tgn/7008038", "http://vocab.getty.edu/tgn/7008039")},
    }
    assert found.columns == ("Tags AAT URL",)
    told = " ".join(found.vocabulary.remarks)
    assert "Passed over: 1 row with more or fewer values than ids" in told
    assert "'(not assigned)' (1)" in told
    assert "7008038 (10 times), 7008039 (1 time)" in told


def test_ids_of_works_are_not_taken_for_ids_of_values(catalogue: Catalogue) -> None:
    rows = [{"id": f"{n}", "Object Name": "Painting", "Object Wikidata URL": f"Q{n + 1}"} for n in range(9)]
    hang(catalogue, rows)
    found = gather(catalogue, "Object Name")
    assert found.columns == ()
    assert not any(term.ids for term in found.vocabulary.terms)
    assert "tells of works" in found.vocabulary.remarks[0]


def brought_in(catalogue: Catalogue, source: Source) -> None:
    key = catalogue.works.source(source.name, source.kind, source.address, source.columns, source.format)

    def works() -> Iterator[Work]:
        yield from (item for item in source.works() if isinstance(item, Work))

    catalogue.works.write(key, list(works()), progress=Silent())


@pytest.mark.realdata
@pytest.mark.parametrize("kind", ["csv", "records"])
def test_the_mets_own_ids(kind: str, catalogue: Catalogue, data_folder: Path) -> None:
    met = data_folder / "met"
    source: Source = MetCsvSource(met / "MetObjects-sample.csv.gz")
    if kind == "records":
        source = RecordsSource(met / "objects.jsonl.gz")
    brought_in(catalogue, source)
    found = gather(catalogue, "tags")
    assert len(found.columns) == 2
    men = found.vocabulary.get("Men")
    assert men is not None
    assert men.addresses == {
        "aat": ("http://vocab.getty.edu/aat/300025928",),
        "wikidata": ("http://www.wikidata.org/entity/Q8441",),
    }
    assert sum(bool(term.ids) for term in found.vocabulary.terms) > 0.9 * len(found.vocabulary.terms)
    flags = {flag.label: flag.words for flag in found.vocabulary.flags()}
    assert "in common with 'Jesus'" in flags["Christ"]
    assert not any("is no id" in words for words in flags.values())
    if kind == "csv":
        artists = gather(catalogue, "Artist Display Name")
        assert "'(not assigned)' (86)" in artists.vocabulary.remarks[0]
        assert len(artists.columns) == 2
