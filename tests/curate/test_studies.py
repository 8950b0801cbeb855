"""The label sets of the five studies come out of their definitions with the studies' own counts."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.labelset import LabelSet
from cartellino.curate.rules import Exclude
from cartellino.curate.shipped import definition, names
from cartellino.errors import InputError
from cartellino.progress import Silent

from . import studies
from .museum import Row, hang, hang_many


def frozen(catalogue: Catalogue, rules: LabelDefinition, folder: Path | None = None) -> LabelSet:
    return freeze(catalogue, rules, Silent(), folder=folder)


def shipped(name: str) -> LabelDefinition:
    return definition(name)[0]


def sizes(label_set: LabelSet) -> dict[str, int]:
    return {label: sum(label_set.counts(place).values()) for place, label in enumerate(label_set.classes)}


def shares(label_set: LabelSet) -> dict[str, float]:
    return {part: len(label_set.of(part)) / len(label_set.works) for part in set(label_set.parts.tolist())}


def test_every_shipped_definition_can_be_read() -> None:
    assert [shipped(name).name for name in names()] == names()
    assert {name[:2] for name in names()} == {"p1", "p2", "p3", "p4", "p5"}
    with pytest.raises(InputError, match=r"no definition is called 'p6'.*p2-culture"):
        definition("p6")


@pytest.mark.slow
def test_the_eleven_cultures_of_chen_and_chen(catalogue: Catalogue) -> None:
    rows, out = studies.paintings()
    hang(catalogue, rows)
    paintings = [row for row in rows if row["classification"] == "Paintings"]
    places = Counter(row["culture"] or row["artistNationality"] for row in paintings)
    assert (sum(places.values()), len(places)) == (studies.PAINTINGS, studies.PLACES)
    exclude = tuple(Exclude(work, "not a painting") for work in out)
    cultures = frozen(catalogue, LabelDefinition(**{**vars(shipped("p2-culture")), "exclude": exclude}))
    assert sizes(cultures) == studies.AFTER
    assert len(cultures.works) == 6_663
    assert cultures.left_out == {
        "the filter 'classification is Paintings' leaves it out": 300,
        "it was left out by hand": sum(studies.BEFORE.values()) - 6_663,
        "its value has fewer than 101 works": studies.PAINTINGS - sum(studies.BEFORE.values()),
    }
    assert shares(cultures) == pytest.approx({"train": 0.8, "validation": 0.1, "test": 0.1}, abs=0.002)
    assert [works for _, works in cultures.funnel] == [8_238, 7_938, 7_283, 7_283, 7_283, 6_663]


@pytest.mark.slow
def test_the_six_styles_of_picar_by_way_of_the_artists(catalogue: Catalogue, tmp_path: Path) -> None:
    rows, table = studies.styles()
    (tmp_path / "artists.csv").write_text(table, encoding="utf-8")
    hang(catalogue, rows)
    found = frozen(catalogue, shipped("p3-style"), tmp_path)
    wanted = {
        style.removesuffix(" Art") if style == "Byzantine Art" else style: n
        for style, n in studies.STYLES.items()
    }
    assert sizes(found) == wanted
    assert len(found.works) == 2_206
    assert found.left_out == {
        "its 'artist' is not in artists.csv": 200,
        "it has several values": 200,
        "none of its values is asked for": 200,
    }
    assert shares(found) == pytest.approx({"train": 0.81, "validation": 0.09, "test": 0.1}, abs=0.003)


def test_the_ten_departments(catalogue: Catalogue) -> None:
    ten = shipped("p4-department").only
    rows: list[Row] = [{"id": f"w{n}", "department": [*ten, "The Libraries"][n % 11]} for n in range(550)]
    hang(catalogue, rows)
    departments = frozen(catalogue, shipped("p4-department"))
    assert sizes(departments) == dict.fromkeys(sorted(ten), 50)
    assert shares(departments) == pytest.approx({"train": 0.8, "test": 0.2}, abs=0.001)


@pytest.mark.slow
def test_the_two_steps_of_the_numbered_labels(catalogue: Catalogue) -> None:
    hang_many(catalogue, studies.numbered(), ("id", "attribute_ids"))
    first = frozen(catalogue, shipped("p5-first"))
    assert sizes(first) == {**studies.NUMBERED, "other": studies.OTHERS}
    second = frozen(catalogue, shipped("p5-second"))
    assert (len(second.classes), len(second.works)) == (studies.OTHER_CLASSES, studies.OTHERS)
    assert not set(second.classes) & {"13", "51"}


@pytest.mark.slow
def test_the_first_of_the_tags_and_the_23_most_frequent(catalogue: Catalogue) -> None:
    hang_many(catalogue, studies.tagged(), ("id", "tags"))
    tags = frozen(catalogue, shipped("p1-tags23"))
    assert sizes(tags) == studies.subjects()
    assert len(tags.works) == 97_010
    assert tags.left_out == {"its value is not among the 23 most frequent": 233_000 - 97_010}
    assert shares(tags) == pytest.approx({"train": 0.8, "validation": 0.1, "test": 0.1}, abs=1e-4)


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("name", "classes", "works"),
    [
        ("p1-tags23", 23, 1_032),
        ("p1-tags23-multi", 23, 1_417),
        ("p2-culture", 5, 784),
        ("p4-department", 5, 998),
    ],
)
def test_on_the_mets_own_records(
    catalogue: Catalogue, data_folder: Path, name: str, classes: int, works: int
) -> None:
    hang(catalogue, records(data_folder))
    found = frozen(catalogue, shipped(name))
    assert (len(found.classes), len(found.works)) == (classes, works)


def records(folder: Path) -> list[Row]:
    with gzip.open(folder / "met" / "objects.jsonl.gz", "rt", encoding="utf-8") as stream:
        told = [json.loads(line) for line in stream]
    fields = ("department", "culture", "artistNationality", "classification")
    return [
        {
            "id": str(each["objectID"]),
            "tags": tuple(tag["term"] for tag in each.get("tags") or ()),
            **{field: each.get(field) or "" for field in fields},
        }
        for each in told
    ]
