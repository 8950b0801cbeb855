"""Wrong departments planted among real works come first; see also benchmarks/suspects.py."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import cartellino
from cartellino.acquire.tables.table import TableSource
from cartellino.classify import recipe as recipes
from cartellino.suspects import finding

pytestmark = [pytest.mark.realdata, pytest.mark.slow]


def test_planted_departments_are_within_the_first_tenth(data_folder: Path, tmp_path: Path) -> None:
    met, table = data_folder / "met", tmp_path / "works.csv"
    with (
        gzip.open(met / "objects.jsonl.gz", "rt", encoding="utf-8") as lines,
        table.open("w", newline="") as out,
    ):
        writer = csv.writer(out)
        writer.writerow(["objectID", "department", "file"])
        for record in map(json.loads, lines):
            writer.writerow([record["objectID"], record["department"], f"{record['objectID']}.jpg"])
    with cartellino.create(tmp_path / "museum") as museum:
        museum.add(TableSource(table, met / "images"))
        label_set = museum.labels.define("department", field="department", min_works=30)
        random = np.random.default_rng(0)
        n, k = len(label_set.works), len(label_set.classes)
        wrong = random.choice(n, n // 20, replace=False)
        truth = label_set.truth.copy()
        truth[wrong] = (truth[wrong] + random.integers(1, k, len(wrong))) % k
        dataset = museum.dataset(replace(label_set, truth=truth))
        found = finding.find(museum.catalogue, dataset, recipes.load("linear"))
    first = {each.work for each in found.suspects[: n // 10]}
    met_soon = len(first & set(label_set.works[wrong].tolist()))
    assert met_soon >= 0.8 * len(wrong)
