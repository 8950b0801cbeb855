"""Manifests of both versions."""

from __future__ import annotations

import pytest

from cartellino.acquire.museums.iiif.manifest import Manifest, read

ADDRESS = "https://museum.org/34/manifest.json"
THREE = {
    "@context": "http://iiif.io/api/presentation/3/context.json",
    "id": "https://museum.org/34",
    "type": "Manifest",
    "label": {"en": ["Boats at dusk"], "nl": ["Boten"]},
    "summary": {"en": ["<p>Two boats.</p>"]},
    "metadata": [
        {"label": {"en": ["Artist"]}, "value": {"none": ["A. Painter"]}},
        {"label": {"en": ["Tags"]}, "value": {"en": ["Boats", "Water"]}},
        {"label": {"en": ["Artist"]}, "value": {"none": ["B. Helper"]}},
        {"label": {"en": ["label"]}, "value": {"none": ["on the back"]}},
        {"value": {"none": ["nameless"]}},
    ],
    "rights": "http://creativecommons.org/publicdomain/zero/1.0/",
    "requiredStatement": {"label": {"en": ["Attribution"]}, "value": {"en": ["Gift of K."]}},
    "homepage": [{"id": "https://museum.org/works/34", "type": "Text"}],
    "items": [
        {
            "type": "Canvas",
            "width": 3000,
            "height": 4000,
            "items": [{"items": [{"body": {"id": f"https://museum.org/{n}.jpg", "type": "Image"}}]}],
        }
        for n in (1, 2)
    ]
    + [
        {
            "type": "Canvas",
            "items": [{"items": [{"body": {"id": "https://museum.org/a.mp4", "type": "Video"}}]}],
        }
    ],
}
TWO = {
    "@id": "https://museum.org/34",
    "@type": "sc:Manifest",
    "label": "Boats at dusk",
    "description": ["Two boats."],
    "metadata": [
        {"label": "Artist", "value": ["A. Painter", "B. Helper"]},
        {
            "label": [{"@value": "Tags", "@language": "en"}, {"@value": "Trefwoorden", "@language": "nl"}],
            "value": "Boats",
        },
    ],
    "license": "http://creativecommons.org/publicdomain/zero/1.0/",
    "attribution": "Gift of K.",
    "related": {"@id": "https://museum.org/works/34"},
    "sequences": [
        {
            "canvases": [
                {"images": [{"resource": {"@id": "https://museum.org/1.jpg", "@type": "dctypes:Image"}}]}
            ]
        },
        {"@id": "https://museum.org/another-order"},
    ],
}
OWN = {
    "id": "https://museum.org/34",
    "label": "Boats at dusk",
    "summary": "Two boats.",
    "rights": ["http://creativecommons.org/publicdomain/zero/1.0/"],
    "attribution": ["Gift of K."],
    "homepage": ["https://museum.org/works/34"],
}


def manifest(document, language="en"):
    found = read(document, ADDRESS, language, 1024)
    assert isinstance(found, Manifest), found
    return found


def test_version_3():
    found = manifest(THREE)
    assert found.record == OWN | {
        "Artist": ["A. Painter", "B. Helper"],
        "Tags": ["Boats", "Water"],
        "metadata label": ["on the back"],
        "unnamed": ["nameless"],
    }
    assert found.pictures == ("https://museum.org/1.jpg", "https://museum.org/2.jpg")
    assert found.blank == 1


def test_version_2():
    found = manifest(TWO)
    assert found.record == OWN | {"Artist": ["A. Painter", "B. Helper"], "Tags": ["Boats"]}
    assert found.pictures == ("https://museum.org/1.jpg",)
    assert list(manifest(TWO, "nl").record)[-1] == "Trefwoorden"


def test_a_manifest_without_an_id_goes_by_its_address():
    found = manifest({"type": "Manifest"})
    assert found.record["id"] == ADDRESS
    assert (found.record["label"], found.record["rights"], found.pictures) == ("", [], ())


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({}, "it has no type"),
        ({"type": ["Manifest"]}, "it has no type"),
        ({"type": "Collection"}, "'Collection'"),
        ({"@type": "sc:Canvas"}, "'Canvas'"),
    ],
)
def test_other_documents_get_a_reason(document, reason):
    found = read(document, ADDRESS, "en", 1024)
    assert isinstance(found, str)
    assert reason in found
