"""Distances of classes in the eyes of a study's best run: on its page, in its data, and only of that run."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

import cartellino
from cartellino.acquire.gallery import paint
from cartellino.acquire.tables.table import TableSource
from cartellino.studies import report, study
from cartellino.studies.distances import measured
from cartellino.studies.drawn.drawings import drawings
from cartellino.studies.run import Tabled, carry_out
from cartellino.studies.told import told

if TYPE_CHECKING:
    from cartellino.museum import Museum

ASKED = ["distances", "chord"]
WEAK, STRONG = {"strengths": [3e7], "folds": 2}, {"strengths": [30], "folds": 2}
LOST = [{"recipe": "not-there"}]
STUDY: dict[str, Any] = {
    "name": "mine",
    "title": "Mine",
    "tables": [
        {
            "title": "Schools",
            "labels": "school",
            "measures": ["validation.top_1", "top_1"],
            "figures": ASKED,
            "runs": [
                {"called": "Weak", "recipe": "linear", "change": WEAK},
                {"called": "Lost", "recipe": "not-there"},
                {"called": "Strong", "recipe": "linear", "change": STRONG},
            ],
        },
        {
            "title": "Unasked",
            "labels": "school",
            "measures": ["top_1"],
            "runs": [{"recipe": "linear", "change": WEAK}],
        },
        {"title": "Refused", "labels": "school", "measures": ["top_1"], "figures": ASKED, "runs": LOST},
    ],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Tabled], Path, list[str]]:
    """What was carried out, the folder of its page, and the names of what was drawn."""
    folder = tmp_path_factory.mktemp("museum")
    paint(folder / "gallery", seed=5, works=60)
    with cartellino.create(folder / "my-museum") as museum:
        museum.add(TableSource(folder / "gallery" / "works.csv", images=folder / "gallery" / "photos"))
        museum.labels.define("school", field="School", min_works=4)
        asked = study.read(STUDY, "here")
        tabled = carry_out(museum, asked, scale="full")
        report.write(museum, told(asked, tabled, "full", (0,)), tabled, folder / "page")
        drawn = drawings(museum, tabled)
        return tabled, folder / "page", [each.name for table in drawn.values() for each in table]


def test_they_are_those_of_the_best_run(made: Any) -> None:
    tabled = made[0]
    found = tabled[0].distances
    best = [done.measured["top_1"][0]["value"] for done in tabled[0].rows if done.models]
    assert best[0] < best[1]
    assert (found.done.run.called, found.rivals, found.measure) == ("Strong", 2, "top_1")
    assert [each.distances for each in tabled[1:]] == [None, None]


def test_every_work_counts_once_and_few_are_no_class(made: Any) -> None:
    found, label_set = made[0][0].distances, made[0][0].label_set
    assert set(found.classes) | set(found.left_out) == set(label_set.classes)
    assert sum(found.works) <= len(label_set.works)
    assert 0 < found.unseen < sum(found.works)
    assert found.apart.measured.shape == (len(found.classes),) * 2
    np.testing.assert_allclose(found.alike.sum(axis=1), 1)


def test_works_of_several_labels_have_no_distances(made: Any) -> None:
    first = made[0][0]
    several = replace(first.label_set, kind="multi")
    assert measured(cast("Museum", None), first.table, several, first.rows) is None


def test_they_are_drawn_once_though_several_runs_were_made(made: Any) -> None:
    assert made[2] == ["schools-3-distances", "schools-3-chord"]


def test_the_page_and_the_data_hold_every_pair_both_ways(made: Any) -> None:
    tabled, folder, _ = made
    k = len(tabled[0].distances.classes)
    data = json.loads((folder / "report.json").read_text(encoding="utf-8"))["tables"]
    pairs = data[0]["distances"]["pairs"]
    assert len(pairs) == k * (k - 1)
    assert data[1]["distances"] is None
    for one in tabled[0].distances.classes:
        own = [each for each in pairs if each["class"] == one]
        assert sum(each["similarity"] for each in own) == pytest.approx(1)
        assert [each["corrected"] for each in own] == sorted(each["corrected"] for each in own)
        assert all(each["low"] <= each["corrected"] <= each["high"] for each in own)
    rows = list(csv.DictReader((folder / "distances.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["class"], row["other"]) for row in rows] == [
        (each["class"], each["other"]) for each in pairs
    ]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Distances of all classes, in the eyes of Strong" in page
    assert page.count("also those that it has learnt from") == 2 * 2, (
        "of two figures, to be seen and to be heard"
    )
