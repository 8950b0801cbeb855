"""The Met's API as https://metmuseum.github.io tells it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from . import Museum
from .conftest import SIZE

BASE = "/public/collection/v1"


def asked(web: httpx.Client, museum: Museum, path: str) -> Any:
    return web.get(f"{museum.address}{BASE}{path}").json()


def test_all_objects_are_listed(web: httpx.Client, museum: Museum) -> None:
    assert asked(web, museum, "/objects") == {"total": 5, "objectIDs": [1, 2, 3, 4, 5]}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("departmentIds=11", [1, 2, 3]),
        ("departmentIds=1|11", [1, 2, 3, 4, 5]),
        ("departmentIds=99", []),
        ("metadataDate=2023-01-31", [3, 4, 5]),
        ("metadataDate=2023-01-31&departmentIds=1", [4, 5]),
    ],
)
def test_objects_are_chosen(web: httpx.Client, museum: Museum, query: str, ids: list[int]) -> None:
    assert asked(web, museum, f"/objects?{query}") == {"total": len(ids), "objectIDs": ids}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("q=sunflower", [3, 4]),
        ("q=sunflower&departmentId=11", [3]),
        ("hasImages=true&q=*", [1, 2, 3, 4]),
        ("isHighlight=true&q=gogh", [2]),
        ("tags=true&q=trees", [2]),
        ("title=true&q=gogh", None),
        ("artistOrCulture=true&q=american", [4, 5]),
        ("q=nothing-of-the-kind", None),
        ("departmentId=11", None),
    ],
)
def test_search(web: httpx.Client, museum: Museum, query: str, ids: list[int] | None) -> None:
    assert asked(web, museum, f"/search?{query}") == {"total": len(ids or ()), "objectIDs": ids}


def test_departments(web: httpx.Client, museum: Museum) -> None:
    museum.records[1]["department"] = "Paintings of our own"
    told = asked(web, museum, "/departments")["departments"]
    assert told[0] == {"departmentId": 1, "displayName": "American Decorative Arts"}
    assert told[-1] == {"departmentId": 101, "displayName": "Paintings of our own"}
    assert asked(web, museum, "/objects?departmentIds=101")["objectIDs"] == [1]


def test_a_record_names_pictures_here(web: httpx.Client, museum: Museum, images: Path) -> None:
    record = asked(web, museum, "/objects/2")
    assert record["title"] == "Wheat Field with Cypresses"
    assert record["primaryImageSmall"] == f"{museum.address}/images/2.jpg"
    shown = [record["primaryImageSmall"], record["primaryImage"], *record["additionalImages"]]
    pictures = [web.get(address).content for address in shown]
    assert pictures[0] == pictures[1] == (images / "2.jpg").read_bytes()
    assert len({*pictures}) == 3, "additional pictures are pictures of their own"
    assert {Image.open(io.BytesIO(each)).size for each in pictures} == {SIZE}


def test_no_pictures_are_named_of_works_in_copyright(web: httpx.Client, museum: Museum) -> None:
    for work in (4, 5):
        record = asked(web, museum, f"/objects/{work}")
        told = (record["primaryImage"], record["primaryImageSmall"], record["additionalImages"])
        assert told == ("", "", [])


@pytest.mark.parametrize("path", ["/objects/77", "/objects/-1", "/objects/x", "/objects/1/2", "/elsewhere"])
def test_what_is_not_there(web: httpx.Client, museum: Museum, path: str) -> None:
    answer = web.get(f"{museum.address}{BASE}{path}")
    assert (answer.status_code, answer.json()) == (404, {"message": "ObjectID not found"})


@pytest.mark.parametrize(
    "path", ["/images/9.jpg", "/images/1.png", "/images/../test_met.py", "/images/%2e%2e/1.jpg"]
)
def test_pictures_that_are_not_there(web: httpx.Client, museum: Museum, path: str) -> None:
    assert web.get(museum.address + path).status_code == 404


@pytest.mark.parametrize("path", [f"{BASE}/objects/1", "/images/1.jpg"])
def test_what_is_unchanged_is_not_sent_again(web: httpx.Client, museum: Museum, path: str) -> None:
    first = web.get(museum.address + path)
    again = web.get(museum.address + path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    museum.records[1]["title"] = "Irises, again"
    (museum._hall.shelf.file("1") or Path()).write_bytes(first.content + b"another")
    changed = web.get(museum.address + path, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_what_is_no_newer_is_not_sent_again(web: httpx.Client, museum: Museum) -> None:
    address = f"{museum.address}/images/1.jpg"
    told = web.get(address).headers["last-modified"]
    assert web.get(address, headers={"If-Modified-Since": told}).status_code == 304
    earlier = {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}
    assert web.get(address, headers=earlier).status_code == 200


def test_objects_come_and_go(web: httpx.Client, museum: Museum) -> None:
    del museum.records[1]
    museum.records[6] = {"objectID": 6, "title": "New"}
    assert asked(web, museum, "/objects")["objectIDs"] == [2, 3, 4, 5, 6]
    assert web.get(f"{museum.address}{BASE}/objects/1").status_code == 404
    assert asked(web, museum, "/objects/6")["primaryImageSmall"] == ""


@pytest.mark.realdata
def test_the_real_records(data_folder: Path, web: httpx.Client) -> None:
    from .records import stored

    records, images = stored(data_folder) or ([], Path())
    with Museum(records, images) as museum:
        assert asked(web, museum, "/objects")["total"] == 2282
        assert len(asked(web, museum, "/objects?departmentIds=11")["objectIDs"]) == 674
        record = asked(web, museum, "/objects/34")
        picture = web.get(record["primaryImageSmall"]).content
        assert hashlib.sha256(picture).hexdigest() == museum.truth[record["primaryImageSmall"]].sha256
