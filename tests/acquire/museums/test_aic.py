"""The Art Institute of Chicago over its interface."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquire.builders import picture
from acquire.web import cells, long_ago
from cartellino.acquire.museums.aic import HEADER, AicSource
from cartellino.acquire.remote.bringing import Document
from cartellino.errors import InputError
from cartellino.records import Rejected, Work
from museum import Museum

pytestmark = pytest.mark.slow

COUNT = 230


def _record(number: int) -> dict:
    return {
        "objectID": number,
        "accessionNumber": f"19.{number}",
        "title": f"No. {number}",
        "isPublicDomain": number % 2 == 0,
        "artistDisplayName": "A. Painter",
        "rightsAndReproduction": "" if number % 2 == 0 else "© The heirs",
        "tags": [{"term": "Men"}, {"term": "Boats"}],
        "additionalImages": ["", ""] if number == 2 else [],
        "department": "Prints" if number > 200 else "Painting",
    }


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[Museum]:
    images = tmp_path_factory.mktemp("images")
    for number in (2, 3):
        picture(images / f"{number}.jpg")
    with Museum(map(_record, range(1, COUNT + 1)), images) as museum:
        yield museum


@pytest.fixture
def museum(opened: Museum) -> Museum:
    opened.records.clear()
    opened.records.update({number: _record(number) for number in range(1, COUNT + 1)})
    opened.requests.clear()
    return opened


@pytest.fixture
def base(museum: Museum) -> str:
    return f"{museum.address}/api/v1"


def ids(items: list[Work | Rejected]) -> list[int]:
    return [int(item.id) for item in items if isinstance(item, Work)]


def pages(museum: Museum) -> list[str]:
    return [path for path, count in museum.requests.items() if "/artworks" in path for _ in range(count)]


def test_all_pages_become_works_in_order(museum, base, read) -> None:
    source = AicSource(base)
    items = read(source)
    assert ids(items) == list(range(1, COUNT + 1))
    assert [item.line for item in items] == list(range(1, COUNT + 1))
    second = items[1]
    assert (second.accession, second.title) == ("19.2", "No. 2")
    told = cells(source, second)
    assert told["subject_titles"] == "Men|Boats"
    assert told["artist_title"] == "A. Painter"
    assert told["other"] == ""
    assert second.pictures == (f"{museum.address}/iiif/2/2/full/843,/0/default.jpg",)
    roles = [column.role for column in source.columns]
    told = dict(zip(roles, items[2].cells, strict=True))
    assert (told["rights"], told["public domain"]) == ("© The heirs", "false")


def test_larger_and_further_pictures_are_had_on_request(base, read) -> None:
    works = read(AicSource(base, size="full", additional=True, limit=3))
    assert [address.rpartition("/iiif/2/")[2] for address in works[1].pictures] == [
        "2/full/1686,/0/default.jpg",
        "2-1/full/1686,/0/default.jpg",
        "2-2/full/1686,/0/default.jpg",
    ]
    assert "/843,/" in works[2].pictures[0], "larger ones are there for the public domain only"


def test_filters_are_applied_to_the_works(base, read) -> None:
    assert ids(read(AicSource(base, has_images=True))) == [2, 3]
    assert ids(read(AicSource(base, public_domain=True, limit=2))) == [2, 4]


def test_no_more_pages_are_asked_for_than_the_limit_needs(museum, base, read) -> None:
    assert len(read(AicSource(base, limit=120))) == 120
    assert not any("page=3" in path for path in pages(museum))


def test_while_the_first_page_stays_the_same_the_others_are_not_asked_for(museum, base, read) -> None:
    first = read(AicSource(base))
    museum.requests.clear()
    assert read(AicSource(base)) == first
    assert all("page=1&" in path for path in pages(museum))


def test_when_the_first_page_changed_all_are_asked_for_again(museum, base, read, catalogue) -> None:
    read(AicSource(base))
    long_ago(catalogue)
    museum.records[1]["title"] = "Renamed"
    museum.records[150]["title"] = "Renamed too"
    works = read(AicSource(base))
    assert [work.title for work in works if "Renamed" in work.title] == ["Renamed", "Renamed too"]


def test_a_changed_list_that_was_not_read_to_its_end_is_read_by_the_next_run(
    museum, base, read, catalogue, monkeypatch
) -> None:
    monkeypatch.setattr(AicSource, "at_once", 1)
    read(AicSource(base))
    long_ago(catalogue)
    museum.records[1]["title"] = "Renamed"
    museum.records[210]["title"] = "Renamed too"
    read(AicSource(base), most=1)
    works = read(AicSource(base))
    assert [work.title for work in works if "Renamed" in work.title] == ["Renamed", "Renamed too"]


def test_a_search_is_the_museums_own(base, read) -> None:
    works = read(AicSource(base, query="Prints"))
    assert ids(works) == list(range(201, COUNT + 1))
    assert cells(AicSource(base), works[0])["other"] == "", "the search's own score is no part of a work"


def test_a_work_that_moves_while_it_is_read_is_taken_once() -> None:
    source = AicSource()
    page = json.dumps({"data": [{"id": 1, "title": "a"}]}).encode()
    again = [*source._of(Document(1, "x", page)), *source._of(Document(2, "y", page))]
    assert ids(again) == [1]


def test_what_is_no_museum_is_told_so(museum, read) -> None:
    with pytest.raises(InputError, match="list cannot be had"):
        read(AicSource(f"{museum.address}/elsewhere"))
    with pytest.raises(InputError, match="no size 'huge'"):
        AicSource(size="huge")


def test_the_name_tells_the_filter() -> None:
    assert AicSource(limit=5).name == "aic"
    assert AicSource(query="cats", public_domain=True).name == "aic 'cats' public domain"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_ARTWORK = st.dictionaries(st.sampled_from([*HEADER, "else"]), _JSON, max_size=8)


@given(data=st.lists(_ARTWORK | _JSON, max_size=4) | _JSON, config=_JSON)
def test_any_page_gives_works_or_rejections_on_lines_of_its_own(data, config) -> None:
    source = AicSource(additional=True, size="full")
    page = json.dumps({"data": data, "config": config}).encode()
    items = list(source._of(Document(2, "x", page)))
    lines = [item.line for item in items]
    assert lines == sorted(set(lines))
    assert all(101 <= line <= 200 for line in lines)
    for item in items:
        if isinstance(item, Work):
            assert item.id
            assert len(item.cells) == len(HEADER)
            assert all(address.startswith(("http://", "https://")) for address in item.pictures)
