"""Fields out of file names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.acquire.pattern import Pattern
from cartellino.errors import InputError


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        ("{id}_{department}.jpg", "12_Asian Art.jpg", {"id": "12", "department": "Asian Art"}),
        ("{id}_{department}.jpg", "12_Arms_and_Armor.JPEG", {"id": "12", "department": "Arms_and_Armor"}),
        ("{id}_{department}", "sub/12_Asian Art.tif", {"id": "12", "department": "Asian Art"}),
        (
            "{artist} - {title} ({year})",
            "Van Gogh - Irises (1890).jpg",
            {"artist": "Van Gogh", "title": "Irises", "year": "1890"},
        ),
        ("{style}/{id}.jpg", "Baroque/7.jpg", {"style": "Baroque", "id": "7"}),
        ("IMG_{id}_{}_{view}.png", "IMG_7_x_2.png", {"id": "7", "view": "2"}),
        ("{id}_{department}.jpg", "12.jpg", None),
        ("{id}_{department}.jpg", "12_Asian Art.png", None),
        ("{id}_{department}.jpg", "_Asian.jpg", None),
        ("{id}_end", "12_ending.jpg", None),
        ("{style}/{id}", "Baroque/sub/7.jpg", None),
        ("IMG{id}", "12.jpg", None),
    ],
)
def test_names_fit_or_do_not(pattern, path, fields):
    assert Pattern(pattern).match(path) == fields


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{id}{view}", "side by side"),
        ("{id", "braces"),
        ("photo.jpg", "no field"),
        ("{id}_{id}", "twice"),
        ("", "no field"),
    ],
)
def test_a_bad_pattern_gets_a_sentence(pattern, sentence):
    with pytest.raises(InputError, match=sentence):
        Pattern(pattern)


@settings(max_examples=40)
@given(st.lists(st.text("ab1 -", min_size=1).filter(str.strip), min_size=3, max_size=3))
def test_fields_come_back_as_they_were_written(values):
    made = Pattern("{id}_{artist}_{view}").match("_".join(values) + ".jpg")
    assert made == dict(zip(("id", "artist", "view"), map(str.strip, values), strict=True))


def test_no_name_takes_long():
    pattern = Pattern("{a}_{b}_{c}_{d}_{e}_{f}_{g}_{h}_x")
    begun = time.perf_counter()
    assert pattern.match("_a" * 20_000 + ".jpg") is None
    assert time.perf_counter() - begun < 0.5
