"""The ways in, by name."""

from __future__ import annotations

import pytest

from cartellino.acquire.registry import SOURCES
from cartellino.acquire.source import Source
from cartellino.errors import InputError


def test_every_source_loads_under_its_own_kind():
    assert list(SOURCES) == [
        "aic",
        "best-artworks",
        "folder",
        "gallery",
        "huggingface",
        "iiif",
        "imet",
        "met",
        "met-csv",
        "records",
        "table",
    ]
    for name in SOURCES:
        source = SOURCES.load(name)
        assert issubclass(source, Source)
        assert source.kind == name


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(InputError, match="There are: aic, best-artworks, folder"):
        SOURCES.load("shoebox")
