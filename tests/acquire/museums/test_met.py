"""The Met over its interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquire.builders import picture
from acquire.web import cells, long_ago
from cartellino.acquire.museums.met import HEADER, MetSource
from cartellino.acquire.remote.bringing import Document
from cartellino.catalogue.writing import Written
from cartellino.errors import InputError
from cartellino.progress import Silent
from cartellino.records import Rejected, Work
from museum import Museum

pytestmark = pytest.mark.slow

RECORDS = [
    {
        "objectID": 10,
        "isPublicDomain": True,
        "accessionNumber": "12.3a–b",
        "title": " Clock ",
        "department": "European Paintings",
        "additionalImages": ["", ""],
        "constituents": [
            {"constituentID": 7, "role": "Artist", "name": "A. Painter", "gender": "Female"},
            {"constituentID": 8, "role": "After", "name": "B. Draughtsman", "gender": ""},
        ],
        "tags": [{"term": "Boats", "AAT_URL": None, "Wikidata_URL": "Q1"}, {"term": "Trees", "AAT_URL": "t"}],
        "measurements": [{"elementName": "Overall", "elementMeasurements": {"Height": 118.4}}],
        "objectEndDate": 153505,
        "rightsAndReproduction": "© The heirs",
        "metadataDate": "2020-01-01T00:00:00Z",
        "frameMaker": {"name": "C."},
    },
    {"objectID": 11, "isPublicDomain": False, "title": "Vase", "department": "Asian Art", "tags": None},
    {"objectID": 12, "isPublicDomain": True, "title": "Boats", "department": "European Paintings"},
    {"objectID": 13, "isPublicDomain": True, "title": "Lost", "department": "European Paintings"},
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[Museum]:
    images = tmp_path_factory.mktemp("images")
    for number in (10, 11, 12):
        picture(images / f"{number}.jpg")
    with Museum([dict(record) for record in RECORDS], images) as museum:
        yield museum


@pytest.fixture
def museum(opened: Museum) -> Museum:
    opened.records.clear()
    opened.records.update({record["objectID"]: dict(record) for record in RECORDS})
    opened.requests.clear()
    return opened


@pytest.fixture
def base(museum: Museum) -> str:
    return f"{museum.address}/public/collection/v1"


def ids(items: list[Work | Rejected]) -> list[str]:
    return [item.id for item in items if isinstance(item, Work)]


def test_a_record_becomes_a_work_with_every_key_a_column(museum, base, read) -> None:
    source = MetSource(base, additional=True)
    first = read(source)[0]
    assert (first.id, first.accession, first.title, first.line) == ("10", "12.3a–b", "Clock", 1)
    told = cells(source, first)
    assert told["constituents"] == "A. Painter|B. Draughtsman"
    assert told["constituents role"] == "Artist|After"
    assert told["constituents gender"] == "Female|"
    assert told["tags"] == "Boats|Trees"
    assert told["tags AAT"] == "|t"
    assert json.loads(told["measurements"])[0]["elementName"] == "Overall"
    assert json.loads(told["other"]) == {"frameMaker": {"name": "C."}}
    assert told["culture"] is None
    assert dict(first.several)[HEADER.index("constituents role")] == ("Artist", "After")
    roles = dict(zip([column.role for column in source.columns], first.cells, strict=True))
    assert (roles["rights"], roles["public domain"], roles["id"]) == ("© The heirs", "true", "10")
    assert first.pictures[0] == f"{museum.address}/images/10.jpg"
    assert len(first.pictures) == 3
    assert [remark.text for remark in source.remarks] == ["objectEndDate 153505 is no year"]


def test_filters_are_applied_to_the_records(base, read) -> None:
    assert ids(read(MetSource(base, department=11))) == ["10", "12", "13"]
    assert ids(read(MetSource(base, has_images=True))) == ["10", "12"]
    assert ids(read(MetSource(base, public_domain=True))) == ["10", "12", "13"]
    assert ids(read(MetSource(base, public_domain=True, has_images=True, limit=1))) == ["10"]


def test_a_search_is_the_museums_own(museum, base, read) -> None:
    assert ids(read(MetSource(base, query="boats"))) == ["10", "12"]
    assert ids(read(MetSource(base, query="clock", department=6, limit=5, ids=["11"]))) == ["11"]
    assert any("/v1.1/search" in path for path in museum.requests), "the newer search is asked first"


def test_only_what_was_asked_for_is_fetched(museum, base, read) -> None:
    def asked() -> set[str]:
        return {path.rpartition("/")[2] for path in museum.requests if "/objects" in path}

    read(MetSource(base, limit=1))
    assert asked() == {"objects", "10"}
    museum.requests.clear()
    read(MetSource(base, ids=["12", " 11", "12"]))
    assert asked() == {"11", "12"}


def test_a_larger_sample_holds_the_smaller(base, read) -> None:
    small = ids(read(MetSource(base, sample=(2, 7))))
    large = ids(read(MetSource(base, sample=(3, 7))))
    assert len(small) == 2
    assert large[:2] == small
    orders = {tuple(ids(read(MetSource(base, sample=(4, seed))))) for seed in range(3)}
    assert len(orders) > 1


def test_an_object_that_is_not_there_is_rejected_with_its_reason(museum, base, read) -> None:
    items = read(MetSource(base, ids=["10", "99", "12"]))
    assert ids(items) == ["10", "12"]
    assert isinstance(items[1], Rejected)
    assert (items[1].line, "404" in items[1].reason) == (2, True)
    museum.requests.clear()
    assert read(MetSource(base, ids=["10", "99", "12"])) == items
    assert not museum.requests


def test_what_changed_since_a_date_is_asked_for_again(museum, base, read, catalogue) -> None:
    read(MetSource(base))
    long_ago(catalogue)
    museum.records[12].update(title="Renamed", metadataDate="2025-02-01T00:00:00Z")
    museum.records[11].update(title="Not told by its date")
    museum.records[14] = {"objectID": 14, "title": "New"}
    museum.requests.clear()
    source = MetSource(base, since="2025-01-31")
    assert [work.title for work in read(source)] == ["Clock", "Vase", "Renamed", "Lost", "New"]
    asked = {path for path in museum.requests if "/objects/" in path}
    assert asked == {f"/public/collection/v1/objects/{number}" for number in (12, 14)}


def test_the_catalogue_follows_the_museum(museum, base, read, catalogue) -> None:
    def written() -> Written:
        source = MetSource(base)
        key = catalogue.works.source(source.name, source.kind, source.address, source.columns, source.format)
        return catalogue.works.write(key, read(source), progress=Silent())

    assert written() == Written(added=4)
    assert written() == Written(unchanged=4)
    del museum.records[11]
    assert written() == Written(unchanged=3, gone=1)


def test_there_is_no_such_department(base, read) -> None:
    with pytest.raises(InputError, match=r"no department 99.*11 European Paintings"):
        read(MetSource(base, department=99))


def test_a_museum_that_is_none_is_told_so(museum, read) -> None:
    with pytest.raises(InputError, match="list cannot be had"):
        read(MetSource(f"{museum.address}/elsewhere"))
    with pytest.raises(InputError, match="no list of object numbers"):
        read(MetSource(f"{museum.address}/public/collection/v1/departments?x="))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"ids": ["12", "../../x"]}, "no object number"),
        ({"since": "last year"}, "no date"),
        ({"size": "huge"}, "no size 'huge'"),
        ({"sample": (3, 1), "limit": 5}, "one of them"),
        ({"base": "ftp://x"}, "no address on the web"),
    ],
)
def test_options_that_make_no_sense_get_a_sentence(told, sentence) -> None:
    with pytest.raises(InputError, match=sentence):
        MetSource(**told)


def test_the_name_tells_the_filter_and_not_how_many() -> None:
    assert MetSource().name == "met"
    assert MetSource(department=11, public_domain=True, limit=5).name == "met department 11 public domain"
    assert MetSource(query="cats", sample=(10, 7)).name == MetSource(query="cats", sample=(20, 7)).name
    assert MetSource(ids=["1"]).name != MetSource(ids=["2"]).name
    assert MetSource(name="mine").name == "mine"


@pytest.mark.parametrize(
    ("record", "size", "pictures"),
    [
        ({"primaryImage": "https://a/1", "primaryImageSmall": "https://a/2"}, "small", ("https://a/2",)),
        ({"primaryImage": "https://a/1", "primaryImageSmall": "https://a/2"}, "full", ("https://a/1",)),
        ({"primaryImage": "https://a/1", "primaryImageSmall": ""}, "small", ("https://a/1",)),
        ({"primaryImage": " Kalimian Temple.jpg"}, "small", ()),
        ({"primaryImage": {"no": "text"}}, "small", ()),
    ],
)
def test_a_picture_is_an_address_on_the_web(record, size, pictures) -> None:
    source = MetSource(size=size)
    document = Document(1, f"{source.address}/objects/5", json.dumps({"objectID": 5, **record}).encode())
    (work,) = source._of(document)
    assert work.pictures == pictures
    assert len(list(source.remarks)) == (not pictures)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*HEADER[:12], "constituents", "tags", "else"]), _JSON, max_size=8))
def test_any_record_is_a_work_or_rejected_and_nothing_of_it_is_lost(record) -> None:
    source = MetSource(additional=True)
    data = json.dumps({**record, "objectID": 5}).encode()
    (item,) = source._of(Document(3, f"{source.address}/objects/5", data))
    assert isinstance(item, (Work, Rejected))
    if isinstance(item, Work):
        told = cells(source, item)
        assert len(item.cells) == len(HEADER)
        assert all(cell is None or isinstance(cell, str) for cell in item.cells)
        unknown = set(record) - set(HEADER)
        assert unknown <= set(json.loads(told["other"] or "{}"))


@given(_JSON)
def test_an_answer_about_another_object_is_rejected(ident) -> None:
    source = MetSource()
    data = json.dumps({"objectID": ident, "message": "ObjectID not found"}).encode()
    (item,) = source._of(Document(1, f"{source.address}/objects/5", data))
    assert isinstance(item, Rejected) == (ident not in (5, "5") or ident is True)


@pytest.mark.realdata
def test_the_mets_records_over_the_web(data_folder: Path) -> None:
    import gzip

    source = MetSource()
    with gzip.open(data_folder / "met" / "objects.jsonl.gz") as lines:
        for place, line in enumerate(lines, start=1):
            number = json.loads(line)["objectID"]
            (work,) = source._of(Document(place, f"{source.address}/objects/{number}", line))
            assert isinstance(work, Work)
            assert cells(source, work)["other"] == "", "every key is documented"
