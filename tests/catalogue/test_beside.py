"""Columns whose values stand side by side: blanks keep their place, whatever the source."""

from __future__ import annotations

from pathlib import Path

from cartellino.catalogue.beside import side_by_side
from curate.museum import hang, opened


def test_values_keep_their_places(tmp_path: Path) -> None:
    with opened(tmp_path) as catalogue:
        rows = [
            {"id": "1", "Tags": ("Trees", "", "Boats"), "Tags AAT": ("1", "", "3")},
            {"id": "2", "Tags": "", "Tags AAT": ("9",)},
            {"id": "3", "Tags": ("Men",), "Tags AAT": ""},
            {"id": "4", "Tags": ("a|b", "c"), "Tags AAT": ("1", "2")},
        ]
        hang(catalogue, rows)
        hang(catalogue, [{"id": "5", "Tags": "Trees"}], name="without")
        hang(catalogue, [{"id": "6", "tags": "Dogs", "tags aat": "7"}], name="smaller letters")
        found = sorted(side_by_side(catalogue.database, ("Tags", "Tags AAT")))
    assert found == sorted(
        [
            (("Trees", "", "Boats"), ("1", "", "3")),
            (("Men",), ()),
            (("a|b", "c"), ("1", "2")),
            (("Dogs",), ("7",)),
        ]
    )
