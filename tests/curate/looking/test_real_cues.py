"""On the Met's pictures: armour is told from all else by its photographs, without a look at it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cartellino import collection
from cartellino.acquire.tables.table import TableSource
from cartellino.curate.looking.cues import BACKGROUND, SHAPE, cues
from cartellino.curate.looking.guess import guess
from cartellino.curate.looking.pixels import look
from cartellino.curate.looking.sample import draw
from cartellino.curate.looking.warned import given_away, is_clear
from cartellino.progress import Silent

pytestmark = [pytest.mark.realdata, pytest.mark.slow]
OF_EACH = 100


def test_armour_is_given_away_by_shape_and_background(data_folder: Path, tmp_path: Path) -> None:
    met = data_folder / "met"
    taken: dict[str, int] = {}
    with (
        (met / "benchmark.csv").open(encoding="utf-8", newline="") as stream,
        (tmp_path / "works.csv").open("w", encoding="utf-8", newline="") as out,
    ):
        table = csv.writer(out)
        table.writerow(["id", "department", "file"])
        for row in csv.DictReader(stream):
            taken[row["department"]] = taken.get(row["department"], 0) + 1
            if row["department"] and taken[row["department"]] <= OF_EACH:
                table.writerow([row["objectID"], row["department"], f"{row['objectID']}.jpg"])
    with collection.create(tmp_path / "museum") as museum:
        museum.add(TableSource(tmp_path / "works.csv", met / "images"))
        of = museum.labels.define("department", field="department", min_works=60)
        sample = draw(museum.catalogue, of, seed=0)
        pixels = look(sample, museum.pictures, Silent())
    found = cues(sample, pixels)
    for cue in (SHAPE, BACKGROUND):
        guessed = guess(found[cue], sample.truth, sample.kin, "single", seed=0)
        assert is_clear(guessed), cue
        assert "Arms and Armor" in [each["label"] for each in given_away(guessed, of.classes)], cue
