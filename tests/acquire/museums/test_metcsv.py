"""The Met's Open Access table."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from acquire.builders import remarks, touch, works, write_csv
from cartellino.acquire.museums.metcsv import MetCsvSource
from cartellino.catalogue import Catalogue
from cartellino.errors import InputError
from cartellino.progress import Silent

HEADER = [
    "Object Number", "Is Public Domain", "Object ID", "Title", "Artist Role", "Artist Display Name",
    "Artist Nationality", "Artist Gender", "Medium", "Rights and Reproduction", "Tags", "Tags AAT URL",
    "Tags Wikidata URL",
]  # fmt: skip
CLOCK = [
    "12.3a–b",
    "True",
    "34",
    "Clock|Face",
    "Artist|After",
    "A.|B.",
    "French|",
    "Female|",
    "Oil",
    "",
    "Men|Sea",
    "m|",
    "|s",
]
VASE = ["12.4", "False", "35", "Vase", "", "", "", "", "Clay", "© The heirs", "Men", "m", "n"]


@pytest.fixture
def write(tmp_path: Path):
    return lambda *rows: write_csv(tmp_path / "MetObjects.csv", [HEADER, *rows])


def test_rows_become_works_under_their_object_ids(write, tmp_path: Path) -> None:
    photos = touch(tmp_path / "photos", "34.jpg")
    source = MetCsvSource(write(CLOCK, VASE), photos)
    first, second = works(source)
    assert (first.id, first.accession, first.title) == ("34", "12.3a–b", "Clock|Face")
    assert first.pictures[0].endswith("34.jpg")
    assert second.cells == tuple(VASE)
    assert source.name == "MetObjects"
    assert not list(source.remarks)


def test_values_that_stand_together_keep_their_places_in_the_catalogue(write, tmp_path: Path) -> None:
    source = MetCsvSource(write(CLOCK, VASE))
    with Catalogue.open(tmp_path / "catalogue.sqlite", create=True) as catalogue:
        key = catalogue.works.source(source.name, source.kind, source.address, source.columns, source.format)
        catalogue.works.write(key, source.works(), progress=Silent())
        assert [value for _, value in catalogue.fields.values("Tags")] == ["Men", "Sea", "Men"]
        assert [value for _, value in catalogue.fields.values("Artist Gender")] == ["Female"]
        (view,) = catalogue.connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
        held = catalogue.connection.execute(
            f"SELECT field, value FROM {view[0]} WHERE line = 2 AND field LIKE 'Tags%' ORDER BY field, place"
        )
        assert list(held) == [
            ("Tags", "Men"),
            ("Tags", "Sea"),
            ("Tags AAT URL", "m"),
            ("Tags AAT URL", ""),
            ("Tags Wikidata URL", ""),
            ("Tags Wikidata URL", "s"),
        ]


def test_columns_that_hold_different_numbers_of_values_are_remarked_on(write) -> None:
    fewer = [*CLOCK]
    fewer[HEADER.index("Artist Gender")] = "Female"
    assert remarks(MetCsvSource(write(fewer, VASE))) == [
        "'Artist Gender' and 'Artist Role' stand together, but hold 1 and 2 values"
    ]


def test_a_row_that_ends_early_is_compared_as_far_as_it_goes(write) -> None:
    cut = [*CLOCK[: HEADER.index("Tags")], "Men|Sea", "m"]
    assert "'Tags AAT URL' and 'Tags' stand together, but hold 1 and 2 values" in remarks(
        MetCsvSource(write(VASE, cut))
    )


def test_a_column_that_is_blank_throughout_differs_from_none(write) -> None:
    blank = [*CLOCK]
    blank[HEADER.index("Artist Gender")] = " "
    assert remarks(MetCsvSource(write(blank))) == []


def test_the_rights_are_in_columns_of_that_role(write) -> None:
    source = MetCsvSource(write(CLOCK, VASE))
    roles = {column.role: column.header for column in source.columns if column.role}
    assert roles == {
        "id": "Object ID",
        "accession": "Object Number",
        "title": "Title",
        "rights": "Rights and Reproduction",
        "public domain": "Is Public Domain",
    }


def test_a_pointer_of_git_lfs_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "MetObjects.csv"
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 318000000\n")
    with pytest.raises(InputError, match="git lfs pull"):
        MetCsvSource(path)


def test_another_table_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'Object ID'"):
        MetCsvSource(write_csv(tmp_path / "works.csv", [["id", "title"], ["1", "a"]]))


@pytest.mark.realdata
def test_the_mets_table(data_folder: Path) -> None:
    path = data_folder / "met" / "MetObjects-sample.csv.gz"
    source = MetCsvSource(path)
    found = works(source)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        assert len(source.columns) == stream.readline().count(",") + 1
    assert len(found) == 8_632
    assert not [remark for remark in source.remarks if "stand together" in remark.text]
