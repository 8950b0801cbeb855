"""IIIF Image and Presentation, versions 2 and 3."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from . import Museum, iiif
from .conftest import SIZE


def size_of(web: httpx.Client, museum: Museum, path: str) -> tuple[int, int] | int:
    answer = web.get(f"{museum.address}/iiif/{path}")
    if answer.status_code != 200:
        return answer.status_code
    return Image.open(io.BytesIO(answer.content)).size


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("3/1/full/max/0/default.jpg", SIZE),
        ("1/full/max/0/default.jpg", SIZE),
        ("3/1/full/full/0/default.jpg", 400),
        ("2/1/full/full/0/default.jpg", SIZE),
        ("2/1/full/!32,32/0/default.jpg", (32, 24)),
        ("3/1/full/%2132%2C32/0/default.jpg", (32, 24)),
        ("3/1/full/!500,500/0/default.jpg", SIZE),
        ("3/1/full/^!128,128/0/default.jpg", (128, 96)),
        ("2/1/full/128,/0/default.jpg", (128, 96)),
        ("3/1/full/128,/0/default.jpg", 400),
        ("3/1/full/32,/0/default.jpg", (32, 24)),
        ("3/1/full/,12/0/default.jpg", (16, 12)),
        ("3/1/full/10,10/0/default.jpg", (10, 10)),
        ("3/1/full/pct:50/0/gray.png", (32, 24)),
        ("3/1/square/max/0/default.jpg", (48, 48)),
        ("3/1/60,40,100,100/max/0/default.jpg", (4, 8)),
        ("3/1/0,0,32,48/64,48/0/default.jpg", 400),
        ("2/1/0,0,32,48/64,48/0/default.jpg", SIZE),
        ("3/1/64,0,1,1/max/0/default.jpg", 400),
        ("3/1/full/,/0/default.jpg", 400),
        ("3/1/full/0,/0/default.jpg", 400),
        ("3/1/full/max/90/default.jpg", 501),
        ("3/9/full/max/0/default.jpg", 404),
    ],
)
def test_sizes(web: httpx.Client, museum: Museum, path: str, size: tuple[int, int] | int) -> None:
    assert size_of(web, museum, path) == size


def test_a_whole_picture_is_the_file_and_a_part_is_not(
    web: httpx.Client, museum: Museum, images: Path
) -> None:
    whole = (images / "1.jpg").read_bytes()
    assert web.get(f"{museum.address}/iiif/2/1/full/64,/0/default.jpg").content == whole
    assert web.get(f"{museum.address}/iiif/2/1/0,0,32,48/64,48/0/default.jpg").content != whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 400), st.integers(1, 400))
def test_a_confined_size_fits_and_keeps_the_shape(wide: int, high: int, width: int, height: int) -> None:
    made = iiif._wanted(f"!{wide},{high}", width, height, "3")
    assert made[0] <= min(wide, width)
    assert made[1] <= min(high, height)
    assert made[0] in (wide, width) or made[1] in (high, height)


@pytest.mark.parametrize(("version", "ident"), [("2", "@id"), ("3", "id")])
def test_information(web: httpx.Client, museum: Museum, version: str, ident: str) -> None:
    told = web.get(f"{museum.address}/iiif/{version}/2-1/info.json").json()
    assert told[ident] == f"{museum.address}/iiif/{version}/2-1"
    assert (told["width"], told["height"]) == SIZE
    assert "level2" in str(told["profile"])


def test_a_manifest_of_version_3(web: httpx.Client, museum: Museum) -> None:
    answer = web.get(f"{museum.address}/iiif/2/manifest.json")  # an object called 2, not a version
    told = answer.json()
    assert answer.headers["content-type"].startswith("application/ld+json")
    assert told["id"] == f"{museum.address}/iiif/3/2/manifest.json"
    assert told["label"] == {"en": ["Wheat Field with Cypresses"]}
    assert {"label": {"en": ["Tags"]}, "value": {"none": ["Trees"]}} in told["metadata"]
    assert told["requiredStatement"]["value"] == {"en": ["Purchase, 1993"]}
    assert told["rights"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    bodies = [canvas["items"][0]["items"][0]["body"] for canvas in told["items"]]
    assert len(bodies) == 3
    assert all(web.get(body["id"]).status_code == 200 for body in bodies)
    assert bodies[0]["service"][0]["type"] == "ImageService3"


def test_a_manifest_of_version_2(web: httpx.Client, museum: Museum) -> None:
    told = web.get(f"{museum.address}/iiif/2/4/manifest.json").json()
    assert told["@id"] == f"{museum.address}/iiif/2/4/manifest.json"
    assert {"label": "Culture", "value": "American"} in told["metadata"]
    assert (told["license"], told["attribution"]) == (
        "http://rightsstatements.org/vocab/InC/1.0/",
        "Purchase, 1993",
    )
    resource = told["sequences"][0]["canvases"][0]["images"][0]["resource"]
    assert web.get(resource["@id"]).status_code == 200
    assert resource["service"]["profile"].endswith("level2.json")


def manifests(web: httpx.Client, address: str, ident: str, *below: str) -> list[str]:
    """All manifests below a collection."""
    told: dict[str, Any] = web.get(address).json()
    if "manifest.json" in address:
        return [address]
    following = [each[ident] for name in below for each in told.get(name, ())]
    following += [told[name] for name in ("first", "next") if name in told]
    return [found for each in following for found in manifests(web, each, ident, *below)]


def test_collections_lead_to_all_manifests(web: httpx.Client, museum: Museum) -> None:
    expected = [f"{museum.address}/iiif/{{}}/{work}/manifest.json" for work in (4, 5, 1, 2, 3)]
    third = manifests(web, f"{museum.address}/iiif/collection", "id", "items")
    second = manifests(web, f"{museum.address}/iiif/2/collection", "@id", "collections", "manifests")
    assert third == [each.format(3) for each in expected]
    assert second == [each.format(2) for each in expected]


def test_a_large_collection_comes_in_pages_in_version_2(web: httpx.Client, images: Path) -> None:
    records = [{"objectID": n, "department": "Photographs", "primaryImage": ""} for n in range(1, 251)]
    with Museum(records, images) as museum:
        head = web.get(f"{museum.address}/iiif/2/collection/19").json()
        assert (head["total"], "manifests" in head) == (250, False)
        found = manifests(web, f"{museum.address}/iiif/2/collection/19", "@id", "manifests")
        assert len(set(found)) == 250
        assert web.get(f"{museum.address}/iiif/2/collection/19/4").status_code == 404
        assert len(web.get(f"{museum.address}/iiif/3/collection/19").json()["items"]) == 250


@pytest.mark.parametrize(
    "path", ["3/9/manifest.json", "3/collection/9", "3/collection/x", "3/collection/11/1"]
)
def test_what_is_not_there(web: httpx.Client, museum: Museum, path: str) -> None:
    assert web.get(f"{museum.address}/iiif/{path}").status_code == 404


def test_a_picture_that_cannot_be_opened(web: httpx.Client, museum: Museum, images: Path) -> None:
    (images / "1.jpg").write_bytes(b"<html>")
    address = f"{museum.address}/iiif/3/1/full/max/0/default.jpg"
    assert web.get(address).status_code == 500
    assert museum.truth[address].what == "broken"
    assert web.get(f"{museum.address}/iiif/3/1/manifest.json").status_code == 200
