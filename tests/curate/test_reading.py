"""What the museum wrote: first fields, unknown marks, centuries, joined tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.reading import centuries, joined, written
from cartellino.curate.rules import Join
from cartellino.errors import InputError, LabelError

from .museum import hang


def told(catalogue: Catalogue, folder: Path | None = None, **rules: object) -> dict[str, list[str]]:
    pairs = written(catalogue, LabelDefinition("x", **rules), folder).pairs  # type: ignore[arg-type]
    found: dict[str, list[str]] = {}
    for work, code in zip(pairs.works.tolist(), pairs.codes.tolist(), strict=True):
        found.setdefault(catalogue.works.id(work), []).append(pairs.names[code])
    return found


def test_another_field_speaks_where_the_first_is_silent_or_unknown(catalogue: Catalogue) -> None:
    rows = [
        {"id": "a", "culture": "Dutch", "nation": "German"},
        {"id": "b", "culture": "", "nation": "German"},
        {"id": "c", "culture": "UNKNOWN", "nation": ("French", "Swiss")},
        {"id": "d", "culture": "Unknown", "nation": "?"},
        {"id": "e", "culture": "", "nation": ""},
    ]
    keys = hang(catalogue, rows)
    rules = LabelDefinition("x", "culture", otherwise=("nation",))
    assert told(catalogue, field="culture", otherwise=("nation",)) == {
        "a": ["Dutch"],
        "b": ["German"],
        "c": ["French", "Swiss"],
    }
    assert written(catalogue, rules).unknown.tolist() == [keys["d"]]
    kept = told(catalogue, field="culture", unknown_values=())
    assert (kept["c"], kept["d"]) == (["UNKNOWN"], ["Unknown"])


@pytest.mark.parametrize(
    ("date", "century"),
    [
        ("ca. 1635–40", "17th century"),
        ("1700", "17th century"),
        ("1701", "18th century"),
        ("-300", "3rd century BC"),
        ("2nd century B.C.", "2nd century BC"),
        ("1", "1st century"),
        ("1112", "12th century"),
        ("late 15th century", "15th century"),
    ],
)
def test_a_date_lies_in_a_century(date: str, century: str) -> None:
    assert centuries(date) == (century,)


@pytest.mark.parametrize("date", ["1590–1610", "n.d.", "153505", ""])
def test_a_date_in_several_centuries_or_none_says_nothing(date: str) -> None:
    assert centuries(date) == ()


def test_a_field_without_dates_has_no_centuries(catalogue: Catalogue) -> None:
    hang(catalogue, [{"id": "a", "culture": "Dutch"}])
    with pytest.raises(LabelError, match="no value of 'culture' is a date"):
        told(catalogue, field="culture", read="centuries")


def test_artists_become_their_genres(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "artists.csv").write_text(
        "Name;genre\nMonet;Impressionism\nManet;Realism, Impressionism\n", "utf-8"
    )
    hang(
        catalogue,
        [{"id": "a", "artist": "Monet"}, {"id": "b", "artist": "Manet"}, {"id": "c", "artist": "Eve"}],
    )
    join = Join("artists.csv", "name", "genre", ",")
    assert told(catalogue, tmp_path, field="artist", join=join) == {
        "a": ["Impressionism"],
        "b": ["Realism", "Impressionism"],
    }
    rules = LabelDefinition("x", "artist", join=join)
    assert {reason: len(works) for reason, works in written(catalogue, rules, tmp_path).left_out.items()} == {
        "its 'artist' is not in artists.csv": 1
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"name,style\nMonet,x\n", "no column 'genre'.*Its columns are: name, style"),
        (b"", "the joined table is empty"),
        (b"name,genre\nMon\xe9t,x\n", "not in UTF-8"),
    ],
)
def test_a_table_that_cannot_be_joined_is_named(tmp_path: Path, text: bytes, message: str) -> None:
    (tmp_path / "artists.csv").write_bytes(text)
    with pytest.raises(InputError, match=message):
        joined(Join("artists.csv", "name", "genre"), tmp_path)
    with pytest.raises(InputError, match=r"no joined table|joined table"):
        joined(Join("none.csv", "name", "genre"), tmp_path)
