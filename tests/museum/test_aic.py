"""The AIC's API as it answers (https://api.artic.edu/docs)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from . import Museum

BASE = "/api/v1/artworks"


def asked(web: httpx.Client, museum: Museum, path: str = "") -> Any:
    return web.get(f"{museum.address}{BASE}{path}").json()


def test_pages_lead_to_the_next(web: httpx.Client, museum: Museum) -> None:
    first = asked(web, museum, "?limit=2&fields=id,title")
    paging = first["pagination"]
    assert first["data"] == [
        {"id": 1, "title": "Irises"},
        {"id": 2, "title": "Wheat Field with Cypresses"},
    ]
    assert {name: paging[name] for name in paging if name != "next_url"} == {
        "total": 5,
        "limit": 2,
        "offset": 0,
        "total_pages": 3,
        "current_page": 1,
    }
    found, address = list(first["data"]), paging["next_url"]
    while address:
        page = web.get(address).json()
        found += page["data"]
        address = page["pagination"].get("next_url")
    assert [each["id"] for each in found] == [1, 2, 3, 4, 5]
    assert all(each.keys() == {"id", "title"} for each in found), "the fields are kept"


def test_a_page_beyond_the_last_is_empty(web: httpx.Client, museum: Museum) -> None:
    assert asked(web, museum, "?limit=2&page=9")["data"] == []


def test_one_work_and_its_picture(web: httpx.Client, museum: Museum) -> None:
    told = asked(web, museum, "/2")
    work = told["data"]
    assert work["api_link"] == f"{museum.address}{BASE}/2"
    assert work["artist_display"] == "Vincent van Gogh\nDutch, 1853–1890"
    assert (work["is_public_domain"], work["subject_titles"]) == (True, ["Trees"])
    assert (work["thumbnail"]["width"], work["thumbnail"]["height"]) == (64, 48)
    assert len(work["alt_image_ids"]) == 2
    picture = web.get(f"{told['config']['iiif_url']}/{work['image_id']}/full/843,/0/default.jpg")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")


def test_a_work_without_a_picture(web: httpx.Client, museum: Museum) -> None:
    work = asked(web, museum, "/5")["data"]
    assert (work["image_id"], work["thumbnail"], work["alt_image_ids"]) == (None, None, [])


def test_several_by_id(web: httpx.Client, museum: Museum) -> None:
    assert [each["id"] for each in asked(web, museum, "?ids=3,1,77&fields=id")["data"]] == [1, 3]


def test_search(web: httpx.Client, museum: Museum) -> None:
    told = asked(web, museum, "/search?q=sunflower&fields=id,title")
    assert [each["id"] for each in told["data"]] == [3, 4]
    assert told["data"][0].keys() == {"_score", "id", "title"}
    assert "next_url" not in told["pagination"]
    public = asked(web, museum, "/search?q=sunflower&query[term][is_public_domain]=true")
    assert [each["id"] for each in public["data"]] == [3]


def test_nonsense_finds_everything_as_it_does_there(web: httpx.Client, museum: Museum) -> None:
    assert asked(web, museum, "/search?q=zzzqqx")["pagination"]["total"] == 5


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/77", 404, "Not found"),
        ("/x", 400, "Invalid syntax"),
        ("?limit=101", 403, "Invalid limit"),
        ("/search?limit=100&page=11", 403, "Invalid number of results"),
    ],
)
def test_refusals(web: httpx.Client, museum: Museum, path: str, status: int, error: str) -> None:
    told = asked(web, museum, path)
    assert (told["status"], told["error"]) == (status, error)
    assert web.get(f"{museum.address}{BASE}{path}").status_code == status
