"""Addresses of pictures at the size needed."""

from __future__ import annotations

import pytest

from cartellino.acquire.museums.iiif.pictures import picture

BASE = "https://museum.org/iiif/abc"


def body(service, **told):
    return {"id": f"{BASE}/full/max/0/default.jpg", "type": "Image", "service": service, **told}


def image3(level="level2", **told):
    return [{"id": BASE, "type": "ImageService3", "profile": level, **told}]


def image2(level="level2", context="http://iiif.io/api/image/2/context.json", **told):
    return {"@context": context, "@id": BASE, "profile": f"http://iiif.io/api/image/2/{level}.json", **told}


@pytest.mark.parametrize(
    ("service", "size", "asked"),
    [
        (image3(), (4000, 3000), "!1024,1024"),
        (image3(), None, "!1024,1024"),
        (image3(), (800, 600), "max"),
        (image3("level1"), (4000, 3000), "1024,"),
        (image3("level1"), (3000, 4000), ",1024"),
        (image3("level1"), None, "max"),
        (image3("level1", extraFeatures=["sizeByConfinedWh"]), (4000, 3000), "!1024,1024"),
        (
            image3("level0", sizes=[{"width": 400, "height": 300}, {"width": 2000, "height": 1500}]),
            None,
            "2000,1500",
        ),
        (image3("level0", sizes=[{"width": 400, "height": 300}]), None, "400,300"),
        (image2(), (4000, 3000), "!1024,1024"),
        (image2(), (800, 600), "full"),
        (image2("level1"), (3000, 4000), ",1024"),
        (image2("level1"), None, "1024,"),
        (image2("level0", sizes=[{"width": 1500, "height": 2000}]), None, "1500,"),
        (
            image2(profile=["http://iiif.io/api/image/2/level1.json", {"supports": ["sizeByConfinedWh"]}]),
            None,
            "!1024,1024",
        ),
    ],
)
def test_the_size_is_asked_for_as_the_service_can_give_it(service, size, asked):
    told = dict(zip(("width", "height"), size or (), strict=False))
    assert picture(body(service, **told), None, 1024) == f"{BASE}/full/{asked}/0/default.jpg"


def test_the_first_version_has_a_quality_of_its_own():
    service = {
        "@id": BASE,
        "profile": "http://library.stanford.edu/iiif/image-api/1.1/compliance.html#level2",
    }
    assert picture(body(service), None, 500) == f"{BASE}/full/!500,500/0/native.jpg"


def test_a_canvas_stands_for_a_picture_whose_size_is_not_told():
    assert picture(body(image3("level1")), (300, 4000), 1024).endswith("/full/,1024/0/default.jpg")
    assert picture(body(image2()), (300, 400), 1024).endswith("/full/full/0/default.jpg")


def test_without_a_service_the_picture_is_taken_as_it_is():
    own = {"@id": "https://museum.org/a.jpg", "@type": "dctypes:Image"}
    assert picture(own, None, 1024) == "https://museum.org/a.jpg"
    assert (
        picture({**own, "service": {"@id": "https://museum.org/login", "profile": "auth"}}, None, 1)
        == own["@id"]
    )
    assert picture(body(image3("level0")), None, 1024) == f"{BASE}/full/max/0/default.jpg"
    assert (
        picture({"id": "https://museum.org/a.jpg", "format": "image/png"}, None, 1)
        == "https://museum.org/a.jpg"
    )


def test_of_a_choice_the_default_is_taken():
    one, other = body(image3()), {"id": "https://museum.org/x-ray.jpg", "type": "Image"}
    wanted = f"{BASE}/full/!9,9/0/default.jpg"
    assert picture({"type": "Choice", "items": [one, other]}, None, 9) == wanted
    assert picture({"@type": "oa:Choice", "default": one, "item": other}, None, 9) == wanted
    assert picture({"type": "SpecificResource", "source": one}, None, 9) == wanted
    assert picture([one, other], None, 9) == wanted


def test_info_json_is_no_part_of_a_services_address():
    service = [{"id": f"{BASE}/info.json", "type": "ImageService3", "profile": "level2"}]
    assert picture(body(service), None, 9) == f"{BASE}/full/!9,9/0/default.jpg"


@pytest.mark.parametrize(
    "thing",
    [
        None,
        "https://museum.org/a.jpg",
        {},
        {"id": "https://museum.org/a.mp4", "type": "Video"},
        {"id": "file:///etc/passwd", "type": "Image"},
        {"type": "Choice", "items": []},
        [],
    ],
)
def test_what_is_no_picture_on_the_web_has_no_address(thing):
    assert picture(thing, None, 1024) == ""
