"""Works from JSON lines."""

from __future__ import annotations

import gzip
import json

import pytest

from cartellino.acquire.metrecords import RecordsSource
from cartellino.errors import InputError

from .builders import rejected, remarks, touch, works

RECORDS = [
    {
        "objectID": 34,
        "accessionNumber": "70.1",
        "title": "Clock",
        "isPublicDomain": True,
        "tags": [{"term": "Boats", "AAT_URL": ""}, {"term": "Trees", "AAT_URL": "x"}],
    },
    {
        "objectID": 35,
        "accessionNumber": "70.2",
        "title": "Vase",
        "isPublicDomain": False,
        "tags": None,
        "objectEndDate": 153505,
        "culture": "China",
    },
]


@pytest.fixture
def write(tmp_path):
    def write_(*lines, name="objects.jsonl"):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
        return path

    return write_


@pytest.mark.parametrize("name", ["objects.jsonl", "objects.jsonl.gz"])
def test_records_become_works(write, tmp_path, name):
    photos = touch(tmp_path / "photos", "34.jpg", "34_2.jpg", "70.2.jpg")
    source = RecordsSource(write(*RECORDS, name=name), photos)
    first, second = works(source)
    assert source.name == "objects"
    assert (first.id, first.accession, first.title, first.line) == ("34", "70.1", "Clock", 1)
    assert [address.rpartition("photos")[2][1:] for address in first.pictures] == ["34.jpg", "34_2.jpg"]
    assert second.pictures[0].endswith("70.2.jpg")
    header = [column.header for column in source.columns]
    assert dict(zip(header, first.cells, strict=True)) == {
        "objectID": "34",
        "accessionNumber": "70.1",
        "title": "Clock",
        "isPublicDomain": "true",
        "tags": "Boats|Trees",
        "tags AAT": "|x",
        "objectEndDate": None,
        "culture": None,
    }
    assert first.several == ((4, ("Boats", "Trees")), (5, ("", "x")))


def test_an_impossible_year_is_remarked_on(write):
    source = RecordsSource(write(*RECORDS))
    assert remarks(source) == ["objectEndDate 153505 is no year"]


def test_bad_lines_are_rejected_with_their_number(write):
    source = RecordsSource(
        write(
            RECORDS[0],
            "",
            "{broken",
            "[1, 2]",
            '{"objectID": 5, "title": "\\ud800"}',
            '{"title": "no id"}',
            RECORDS[1],
        )
    )
    assert [work.id for work in works(source)] == ["34", "35"]
    assert [row.line for row in rejected(source)] == [3, 4, 5, 6]
    assert "not JSON" in rejected(source)[0].reason
    assert rejected(source)[3].reason == "it has no id"


def test_bytes_that_are_not_utf8_are_rejected(tmp_path):
    path = tmp_path / "objects.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"objectID": 1}\n{"objectID": 2, "title": "caf\xe9"}\n')
    source = RecordsSource(path)
    assert [work.id for work in works(source)] == ["1"]
    assert [row.line for row in rejected(source)] == [2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[\n{}\n]", "one JSON list"),
        ('{\n"objectID": 1\n}', "spread over several lines"),
        ("id,title\n1,a\n", "no line of it is a JSON record"),
        ('{"colour": "red"}\n{"colour": "red"}', "no column of ids"),
    ],
)
def test_other_files_get_a_sentence(write, text, sentence):
    with pytest.raises(InputError, match=sentence):
        RecordsSource(write(text))


def test_nesting_without_end_is_rejected_not_followed(write):
    source = RecordsSource(write(RECORDS[0], '{"objectID": 9, "x": ' + "[" * 100_000))
    assert [row.line for row in rejected(source)] == [2]


@pytest.mark.realdata
def test_the_mets_records(data_folder):
    source = RecordsSource(data_folder / "met" / "objects.jsonl.gz", data_folder / "met" / "images")
    found = works(source)
    assert len(found) == 2_282
    assert all(len(work.pictures) == 1 for work in found)
    at = [column.header for column in source.columns].index("tags")
    assert sum(bool(work.cells[at]) for work in found) == 1_647
    assert sum("Men" in (work.cells[at] or "").split("|") for work in found) == 493
