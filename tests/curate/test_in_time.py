"""Splits in time: what is later than a year examines, and nothing of it is learnt."""

from __future__ import annotations

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.in_time import dated_works, late_works
from cartellino.curate.rules import SplitAt
from cartellino.progress import Silent

from .museum import hang


def test_of_several_dates_the_earliest_counts(catalogue: Catalogue) -> None:
    rows = [
        {"id": "a", "year": "2016"},
        {"id": "b", "year": ("2014", "2018")},
        {"id": "c", "year": "2015-03-01"},
        {"id": "d", "year": "unknown"},
    ]
    keys = hang(catalogue, rows)
    rule = SplitAt("year", 2015)
    assert late_works(catalogue, rule).tolist() == [keys["a"], keys["c"]]
    assert dated_works(catalogue, rule).tolist() == [keys["a"], keys["b"], keys["c"]]


def test_what_came_later_is_the_test_part(catalogue: Catalogue) -> None:
    rows = [{"id": f"w{n}", "school": "AB"[n % 2], "year": str(2000 + n % 20)} for n in range(200)]
    keys = hang(catalogue, [*rows, {"id": "undated", "school": "A", "year": ""}])
    ratios = {"train": 0.75, "validation": 0.25}
    frozen = freeze(
        catalogue, LabelDefinition("x", "school", split_at=SplitAt("year", 2015), ratios=ratios), Silent()
    )
    late = {keys[row["id"]] for row in rows if int(row["year"]) >= 2015}
    assert set(frozen.works[frozen.of("test")].tolist()) == late
    assert (len(frozen.of("train")), len(frozen.of("validation"))) in ((112, 38), (113, 37))
    assert frozen.left_out == {"it has no date in 'year'": 1}
