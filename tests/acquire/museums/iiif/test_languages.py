"""Texts of IIIF documents in one language."""

from __future__ import annotations

import pytest

from cartellino.acquire.museums.iiif.languages import label, texts


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"en": ["Boats"], "nl": ["Boten"]}, ("Boats",)),
        ({"nl": ["Boten"], "en-GB": ["Boats", "Water"]}, ("Boats", "Water")),
        ({"nl": ["Boten"], "none": ["1889"]}, ("1889",)),
        ({"nl": ["Boten"], "de": ["Boote"]}, ("Boten",)),
        ({"en": "not a list"}, ("not a list",)),
        ({"en": ["", "  "]}, ()),
        ({}, ()),
        (None, ()),
    ],
)
def test_language_maps_of_version_3(value, found):
    assert texts(value, "en") == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Boats", ("Boats",)),
        (1889, ("1889",)),
        (["Boats", "Water"], ("Boats", "Water")),
        ({"@value": "Boten", "@language": "nl"}, ("Boten",)),
        ([{"@value": "Boten", "@language": "nl"}, {"@value": "Boats", "@language": "en"}], ("Boats",)),
        ([{"@value": "Boten", "@language": "nl"}, "1889"], ("Boten", "1889")),
        ([{"@value": "Boats"}, {"@value": "Water"}], ("Boats", "Water")),
        ([], ()),
    ],
)
def test_strings_and_objects_of_version_2(value, found):
    assert texts(value, "en") == found


def test_another_language_can_be_wanted():
    assert texts({"en": ["Boats"], "nl": ["Boten"]}, "NL") == ("Boten",)
    assert label({"en": ["Boats", "at dusk"]}, "en") == "Boats at dusk"


def test_html_becomes_plain_text_and_signs_stay():
    assert texts("<p>Gift of <a href='x'>J. &amp; K.</a><br>1906</p>", "en") == ("Gift of J. & K. 1906",)
    assert texts("a < b & c > d", "en") == ("a < b & c > d",)
    assert texts("<i>Boats</i><!-- 2 --> &lt;1889&gt;", "en") == ("Boats <1889>",)
    assert texts("<p><![foo[x", "en") == ("<![foo[x",)


def test_what_the_standard_does_not_allow_is_kept_as_json():
    assert texts([{"x": 1}], "en") == ('{"x": 1}',)
    assert texts({"en": [["Boats"]]}, "en") == ('["Boats"]',)
