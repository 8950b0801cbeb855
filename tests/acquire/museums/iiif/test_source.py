"""Manifests and collections over the web, from a museum on this machine."""

from __future__ import annotations

import io
import json
import urllib.request
from collections.abc import Iterator

import pytest
from PIL import Image

from acquire.remote.test_source import Shop
from acquire.web import cells
from cartellino.acquire.museums.iiif.source import IiifSource
from cartellino.errors import InputError
from cartellino.records import Rejected, Work
from museum import Faults, Museum
from museum.records import painted

pytestmark = pytest.mark.slow

WORKS, LOST = 6, 2
FIELDS = ["id", "label", "summary", "rights", "attribution", "homepage"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return painted(tmp_path_factory.mktemp("museum"), WORKS)


@pytest.fixture(scope="module")
def museum(shelf) -> Iterator[Museum]:
    with Museum(*shelf, Faults(missing=[LOST])) as museum:
        yield museum


@pytest.fixture
def shop(server: Shop) -> Shop:
    server.fill(0)
    return server


@pytest.mark.parametrize("version", ["2", "3"])
def test_every_manifest_of_a_museum_is_a_work(museum, read, version):
    source = IiifSource(f"{museum.address}/iiif/{version}/collection", size=64)
    items = read(source)
    assert [item.line for item in items] == list(range(1, len(museum.records) + 1))
    (lost,) = (item for item in items if isinstance(item, Rejected))
    assert lost.raw.endswith(f"/{LOST}/manifest.json")
    assert "404" in lost.reason
    found = [item for item in items if isinstance(item, Work)]
    header = [column.header for column in source.columns]
    assert header[:6] == FIELDS
    for work in found:
        record = museum.records[int(work.id.split("/")[-2])]
        assert (work.title, work.accession) == (record["title"], record["accessionNumber"])
        told = cells(source, work)
        assert told["rights"] == "http://creativecommons.org/publicdomain/zero/1.0/"
        assert told["Department"] == (record["department"] or None)
        tags = tuple(tag["term"] for tag in record["tags"] or ())
        if len(tags) > 1:
            assert (header.index("Tags"), tags) in work.several


def test_pictures_come_at_the_size_asked_for(museum, read):
    shown = next(
        number for number, record in museum.records.items() if record["primaryImage"] and number != LOST
    )
    for version in ("2", "3"):
        (work,) = read(IiifSource(f"{museum.address}/iiif/{version}/{shown}/manifest.json", size=64))
        assert work.title == museum.records[shown]["title"]
        assert "/full/!64,64/0/default.jpg" in work.pictures[0]
        with urllib.request.urlopen(work.pictures[0]) as answer:
            assert max(Image.open(io.BytesIO(answer.read())).size) == 64


def test_a_second_reading_asks_for_no_manifest(museum, read):
    address = f"{museum.address}/iiif/3/collection"
    first = read(IiifSource(address))
    before = museum.requests.copy()
    assert read(IiifSource(address)) == first
    asked = museum.requests - before
    assert asked
    assert not [path for path in asked if "manifest" in path]


def test_a_limit_asks_for_no_more(museum, read):
    before = museum.requests.copy()
    assert len(read(IiifSource(f"{museum.address}/iiif/2/collection", limit=1))) == 1
    assert sum("manifest" in path for path in (museum.requests - before).elements()) == 1


def test_labels_that_differ_all_become_columns(shop, read):
    def manifest(name, **metadata):
        told = [{"label": label, "value": value} for label, value in metadata.items()]
        return {"@id": f"{shop.address}/{name}", "@type": "sc:Manifest", "label": name, "metadata": told}

    pages = {
        "/top": {
            "@type": "sc:Collection",
            "collections": [{"@id": "/lost"}],
            "manifests": [{"@id": "/a"}, {"@id": "/b"}, {"@id": "/c"}],
        },
        "/a": manifest("a", Artist="A. Painter", Inventory_No="7.1") | {"sequences": [{"canvases": [{}]}]},
        "/b": manifest("b", Maker="B. Potter", Artist=["B", "C"]),
        "/c": {"@type": "sc:Canvas"},
    }
    shop.pages = {path: json.dumps(page).encode() for path, page in pages.items()}
    source = IiifSource(f"{shop.address}/top")
    first, second, third = read(source)
    assert [column.header for column in source.columns] == [*FIELDS, "Artist", "Inventory_No", "Maker"]
    assert (first.cells[-3:], second.cells[-3:]) == (("A. Painter", "7.1", None), ("B|C", None, "B. Potter"))
    assert first.accession == "7.1"
    assert second.several == ((6, ("B", "C")),)
    assert third == Rejected(3, "this is no IIIF manifest but 'Canvas'", f"{shop.address}/c")
    assert [remark.text[:30] for remark in source.remarks] == [
        "a collection cannot be had, th",
        "1 of its canvases show no pict",
    ]


def test_other_documents_and_options_get_a_sentence(shop, read):
    shop.pages = {"/info.json": b'{"type": "ImageService3"}', "/text": b"hello"}
    with pytest.raises(InputError, match="neither a IIIF manifest nor a collection"):
        read(IiifSource(f"{shop.address}/info.json"))
    with pytest.raises(InputError, match="cannot be had"):
        read(IiifSource(f"{shop.address}/text"))
    with pytest.raises(InputError, match="no address on the web"):
        IiifSource("museum.org/iiif")
    with pytest.raises(InputError, match="0 pixels"):
        IiifSource("https://museum.org/iiif", size=0)
