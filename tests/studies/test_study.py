from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cartellino.curate import shipped
from cartellino.errors import InputError
from cartellino.studies import study

ONE: dict[str, Any] = {
    "name": "mine",
    "title": "Mine",
    "tables": [{"title": "One", "labels": "culture", "measures": ["top_1"], "runs": [{"recipe": "linear"}]}],
}


def changed(**table: Any) -> dict[str, Any]:
    return {**ONE, "tables": [{**ONE["tables"][0], **table}]}


@pytest.mark.parametrize("name", ["p1", "p2", "p3", "p4", "p5"])
def test_the_five_studies_are_whole(name: str) -> None:
    """Their label sets are shipped, and every figure they print stands under a measure of its table."""
    found = study.load(name)
    assert found.asks
    assert found.data
    assert found.doubts
    assert {"laptop", "glance"} <= set(found.scales)
    for table in found.tables:
        assert table.labels in shipped.names()
        for run in table.runs:
            assert set(run.theirs) <= set(table.measures), (table.title, run.called)
            assert not run.theirs_by_class or table.by_class
    assert any(run.theirs or run.theirs_by_class for table in found.tables for run in table.runs)


def test_a_run_is_called_by_its_recipe_unless_named() -> None:
    found = study.read(ONE, "here")
    assert found.tables[0].runs[0].called == "linear"
    assert found.scale("full") == {}
    with pytest.raises(InputError, match="mine has no scale 'tiny'"):
        found.scale("tiny")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({**ONE, "titel": "x"}, "there is no setting 'titel'"),
        ({**ONE, "title": ""}, "it has no 'title'"),
        (changed(runs=[]), "it has no 'runs'"),
        (changed(runs=[{"called": "x"}]), "it has no 'recipe'"),
        (changed(layer="third"), "'layer' should be"),
        (changed(measures=["top_9"]), "there is no figure 'top_9'"),
        (changed(measures=["exam.top_1"]), "there is no part 'exam'"),
        (changed(runs=[{"recipe": "linear", "theirs": {"top_1": 71.8}}]), "a table of shares from 0 to 1"),
    ],
)
def test_what_a_file_gets_wrong_is_said(told: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        study.read(told, "mine.toml")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        study.load(str(path))
    with pytest.raises(InputError, match=r"no study is called 'p9'.*p1, p2, p3, p4, p5"):
        study.load("p9")
