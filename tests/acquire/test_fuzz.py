"""Whatever JSON a museum answers, its reader gives works or reasons, and no cell that cannot be kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cartellino.acquire.flatten import Shape
from cartellino.acquire.museums import aic, met
from cartellino.acquire.museums.aic import AicSource
from cartellino.acquire.museums.iiif.manifest import OWN, Manifest, read
from cartellino.acquire.museums.iiif.members import manifests, members
from cartellino.acquire.museums.met import MetSource
from cartellino.acquire.remote.bringing import Document
from cartellino.acquire.remote.source import RemoteSource
from cartellino.records import Rejected, Work

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["http://[", "https://museum.org/a", "34", "|", "a|b", "<p>", "\0", "-99999"])
)


def values(keys: list[str]) -> st.SearchStrategy[Any]:
    """Any JSON, the more telling for having some of the museum's own keys in it."""
    names = st.sampled_from(keys) | st.text(st.characters(), max_size=4)
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
        max_leaves=12,
    )


def records(keys: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(keys) | st.text(max_size=4), values(keys), max_size=8)


def items(source: RemoteSource, address: str, data: bytes) -> list[Work | Rejected]:
    """What the source makes of an answer."""
    return list(source._of(Document(1, address, data)))


def look_at(found: list[Work | Rejected], width: int) -> None:
    """Each is whole, and can be written into a catalogue."""
    for item in found:
        if isinstance(item, Rejected):
            assert item.reason
            json.dumps([item.reason, item.raw], ensure_ascii=False).encode("utf-8")
            continue
        assert len(item.cells) == width
        assert all(cell is None or isinstance(cell, str) for cell in item.cells)
        assert all(0 <= place < width for place, _ in item.several)
        assert all(address.startswith(("http://", "https://")) for address in item.pictures)
        written = [item.id, item.accession, item.title, item.cells, item.several, item.pictures]
        json.dumps(written, ensure_ascii=False).encode("utf-8")


MET = [*met.HEADER[:-1], "term", "AAT_URL", "message"]
AIC = [*aic.HEADER[:-1], "data", "config", "iiif_url", "pagination"]
IIIF = [
    *(
        "id",
        "@id",
        "type",
        "@type",
        "label",
        "metadata",
        "value",
        "@value",
        "@language",
        "en",
        "none",
        "items",
    ),
    *(
        "sequences",
        "canvases",
        "images",
        "resource",
        "body",
        "service",
        "profile",
        "width",
        "height",
        "sizes",
    ),
    *(
        "supports",
        "extraFeatures",
        "rights",
        "requiredStatement",
        "format",
        "source",
        "default",
        "first",
        "next",
    ),
    *("manifests", "collections", "members", "homepage", "summary"),
]


@given(records(MET), st.sampled_from([34, "34", None]))
@example(
    {"primaryImage": "http://a/b.jpg", "additionalImages": [None, 1, "x"], "tags": [1, {"term": None}]}, 34
)
def test_the_mets_records(record: dict[str, Any], number: object) -> None:
    source = MetSource(additional=True)
    data = json.dumps(record | ({"objectID": number} if number else {})).encode()
    look_at(items(source, f"{source.address}/objects/34", data), len(source.columns))


@given(records(AIC), st.lists(records(AIC) | scalars, max_size=3))
@example({"config": {"iiif_url": 3}}, [{"id": 1, "image_id": ["x"], "alt_image_ids": {"a": 1}}])
def test_the_aics_pages(page: dict[str, Any], works: list[Any]) -> None:
    source = AicSource(additional=True)
    for data in (page, page | {"data": works}):
        look_at(items(source, source.address, json.dumps(data).encode()), len(source.columns))


@given(records(IIIF), st.sampled_from(["Manifest", "sc:Manifest"]))
@example(
    {"items": [{"items": [{"items": [{"body": {"type": "Choice", "items": [{"type": "Choice"}]}}]}]}]},
    "Manifest",
)
def test_iiif_manifests(document: dict[str, Any], kind: str) -> None:
    document = json.loads(json.dumps(document | {"type": kind}, ensure_ascii=True))
    found = read(document, "https://museum.org/34", "en", 1024)
    assert isinstance(found, Manifest)
    shape = Shape()
    shape.learn(OWN)
    shape.learn(found.record)
    cells, several = shape.cells(found.record)
    assert len(cells) == len(shape.header())
    assert all(cell is None or isinstance(cell, str) for cell in cells)
    assert all(isinstance(value, str) for _, told in several for value in told)
    assert all(address.startswith(("http", "HTTP")) for address in found.pictures)
    assert found.record["id"]


@given(records(IIIF))
def test_iiif_documents_of_any_kind(document: dict[str, Any]) -> None:
    assert isinstance(read(document, "https://museum.org/34", "en", 1024), (Manifest, str))
    assert all(member.address for member in members(document, "https://museum.org/top"))
    found = list(manifests(document, "https://museum.org/top", lambda address: document))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("source", [MetSource(), AicSource()], ids=["met", "aic"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"objectID": 34, "title": "\\ud800"}',
        b'{"objectID": 34, "tags": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"objectID": 34, "tags": ' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
        b'{"data": [{"id": 34, "title": ' + b"[" * 900 + b"]" * 900 + b"}]}",
        b"<html>Forbidden</html>",
    ],
)
def test_answers_that_are_no_records(source: RemoteSource, data: bytes) -> None:
    look_at(items(source, f"{source.address}/objects/34", data), len(source.columns))


@given(st.binary(max_size=40))
def test_any_bytes(data: bytes) -> None:
    source = MetSource()
    assert all(isinstance(item, Rejected) for item in items(source, f"{source.address}/objects/34", data))
