from __future__ import annotations

import pytest

from cartellino.catalogue import Catalogue
from cartellino.errors import InputError

from .rows import add, keep_all, picture


def test_an_entry_is_what_the_museum_says_without_blanks(catalogue: Catalogue) -> None:
    row = {
        "id": "1",
        "number": "12.3a",
        "title": "Bridge",
        "Culture ": "French",
        "Period": " ",
        "file": "b.jpg|a.jpg",
    }
    add(catalogue, [row])
    keep_all(catalogue)
    entry = catalogue.works.entry(1)
    assert (entry.key, entry.work_id, entry.accession, entry.title, entry.source) == (
        1,
        "1",
        "12.3a",
        "Bridge",
        "works",
    )
    assert entry.columns[2:] == (("title", "Bridge"), ("Culture ", "French"), ("file", "b.jpg|a.jpg"))
    assert entry.pictures == (picture("digest-b.jpg"), picture("digest-a.jpg"))


def test_a_work_of_several_rows_and_sources_is_put_together(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1", "culture": "French", "view": view} for view in ("front", "back")], "table")
    add(catalogue, [{"id": "1", "Culture": "Italian", "place": "Rome"}], "records")
    assert catalogue.works.entry(1).columns == (
        ("id", "1"),
        ("Culture", "Italian"),
        ("place", "Rome"),
        ("view", "front | back"),
    )


def test_no_entry_is_said_so(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="no work has the key 1"):
        catalogue.works.entry(1)
