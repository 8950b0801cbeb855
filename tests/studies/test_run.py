"""A study of one's own, carried out on a painted gallery."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cartellino
from cartellino.acquire.gallery import paint
from cartellino.acquire.tables.table import TableSource
from cartellino.cli.program import program
from cartellino.studies import study
from cartellino.studies.report import page
from cartellino.studies.run import Done, Tabled
from cartellino.studies.told import told

STUDY = """
name = "mine"
title = "Which school painted it"
asks = "From the picture alone?"
doubts = ["Nobody printed this."]

[scales.glance]
folds = 2
epochs = 3

[scales.own]
folds = 2

[[tables]]
title = "Two ways"
labels = "theirs"
measures = ["top_1", "validation.top_1", "train.top_1"]
by_class = "recall"
figures = ["data", "confusion"]

[[tables.runs]]
called = "Linear"
recipe = "linear"
change = { strengths = [100], folds = 3 }
scales.own = { folds = 4 }
theirs = { top_1 = 0.5 }
theirs_by_class = { "Elsewhere" = 0.25 }

[[tables.runs]]
recipe = "not-there"
theirs = { top_1 = 0.9 }

[[tables]]
title = "Nothing to learn from"
labels = "absent"
measures = ["top_1"]

[[tables.runs]]
recipe = "linear"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("museum")
    paint(folder / "gallery", seed=5, works=80)
    (folder / "mine.toml").write_text(STUDY, encoding="utf-8")
    with cartellino.create(folder / "my-museum") as museum:
        museum.add(TableSource(folder / "gallery" / "works.csv", images=folder / "gallery" / "photos"))
        museum.labels.define("school", field="School", min_works=4)
    return folder


@pytest.fixture(scope="module")
def data(folder: Path) -> dict[str, Any]:
    with cartellino.open(folder / "my-museum") as museum:
        page = museum.reproduce(
            str(folder / "mine.toml"), scale="glance", seeds=(0, 1), labels={"theirs": "school"}
        )
        return {"page": page.file.read_text(encoding="utf-8"), "file": page.file, **page.data}


def test_ours_stand_beside_theirs(data: dict[str, Any]) -> None:
    (linear, absent), table = data["tables"][0]["rows"], data["tables"][0]
    found = linear["figures"]["top_1"]
    assert (table["labels"], found["theirs"], len(found["values"])) == ("school@1", 0.5, 2)
    assert found["value"] == pytest.approx(sum(found["values"]) / 2)
    assert found["low"] <= found["value"] <= found["high"]
    assert linear["figures"]["train.top_1"]["value"] > 0.6
    assert (absent["figures"]["top_1"]["theirs"], absent["figures"]["top_1"]["value"]) == (0.9, None)
    assert "no recipe is called 'not-there'" in absent["refused"]


def test_a_validation_part_that_was_learnt_from_gives_no_figure(data: dict[str, Any]) -> None:
    assert data["tables"][0]["rows"][0]["figures"]["validation.top_1"]["value"] is None


def test_a_scale_changes_what_a_recipe_has_and_has_the_last_word(data: dict[str, Any]) -> None:
    linear = data["tables"][0]["rows"][0]
    assert linear["changed"] == {"folds": 2}
    card = json.loads((data["file"].parents[2] / "models" / linear["models"][0] / "model.json").read_text())
    assert (card["recipe"]["folds"], card["recipe"]["strengths"]) == (2, [100.0])


def test_the_page_tells_what_a_run_changes_beside_the_scale(data: dict[str, Any]) -> None:
    told = json.loads(json.dumps(data, default=str))
    assert "At this scale" not in page(told, defaultdict(list))
    told["tables"][0]["rows"][0]["changed"] = {"folds": 7}
    assert "At this scale: folds 7." in page(told, defaultdict(list))


def test_a_run_may_have_a_scale_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(STUDY, encoding="utf-8")
    mine = study.load(str(tmp_path / "mine.toml"))
    run = mine.tables[0].runs[0]
    assert [dict(mine.scale(name, run)) for name in ("glance", "own", "full")] == [
        {"folds": 2, "epochs": 3},
        {"folds": 4},
        {},
    ]


def test_classes_of_either_side_are_listed(data: dict[str, Any]) -> None:
    classes = {each["label"]: each for each in data["tables"][0]["rows"][0]["classes"]}
    assert classes["Elsewhere"]["theirs"] == 0.25
    assert classes["Elsewhere"]["value"] is None
    assert len(classes) > 2


def test_a_table_without_works_says_so_and_the_others_are_made(data: dict[str, Any]) -> None:
    assert "absent" in data["tables"][1]["refused"]
    assert data["tables"][1]["rows"] == []


def test_the_page_has_the_tables_the_doubts_and_the_figures(data: dict[str, Any]) -> None:
    for said in ("Which school painted it", "not a reproduction", "Nobody printed this.", "0.900", "<svg"):
        assert said in data["page"]
    folder = data["file"].parent
    assert {each.suffix for each in (folder / "figures").iterdir()} == {".svg", ".png"}
    rows = list(csv.DictReader((folder / "tables.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["measure"] for row in rows} >= {"top_1", "recall"}


def test_the_command(folder: Path, data: dict[str, Any]) -> None:
    told = ["reproduce", str(folder / "mine.toml"), "--scale", "glance", "--labels", "theirs=school"]
    done = CliRunner().invoke(program, [*told, "--data", str(folder / "my-museum")])
    assert done.exit_code == 0, done.output
    assert "Two ways (school@1)" in done.output
    wrong = CliRunner().invoke(program, [*told[:4], "--labels", "school"])
    assert (wrong.exit_code, "should read THEIRS=OURS" in wrong.output) == (2, True)


def test_a_figure_without_an_interval_is_told_without_one(tmp_path: Path) -> None:
    """Means over the labels of a work have none."""
    (tmp_path / "mine.toml").write_text(STUDY, encoding="utf-8")
    mine = study.load(str(tmp_path / "mine.toml"))
    run = mine.tables[0].runs[0]
    found = [{"value": value, "low": None, "high": None} for value in (0.25, 0.75)]
    tabled = [Tabled(mine.tables[0], None, (Done(run, measured={"top_1": found}),))]
    (row,) = told(mine, tabled, "full", (0, 1))["tables"][0]["rows"]
    assert row["figures"]["top_1"] == {
        "theirs": 0.5,
        "value": 0.5,
        "low": None,
        "high": None,
        "values": [0.25, 0.75],
    }
