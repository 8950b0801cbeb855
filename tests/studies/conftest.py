"""A museum whose labels have nothing to do with its pictures, and a study of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

import cartellino
from cartellino.acquire.gallery import paint
from cartellino.acquire.tables.table import TableSource
from cartellino.collection import Collection
from cartellino.studies import study
from cartellino.studies.run import Tabled, carry_out

WORKS = 30
RATIOS = {"train": 0.5, "validation": 0.1, "calibration": 0.0, "test": 0.4}
TABLE = {
    "title": "Who is shown",
    "labels": "people",
    "measures": ["top_1"],
    "figures": ["funnel", "samples", "intensities", "pairs"],
    "runs": [{"recipe": "linear", "change": {"folds": 2, "strengths": [1]}}],
}


@pytest.fixture(scope="session")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Where a model must err."""
    folder = tmp_path_factory.mktemp("people")
    paint(folder / "gallery", seed=5, works=WORKS)
    photos = sorted((folder / "gallery" / "photos").glob("*.jpg"))[:WORKS]
    with (folder / "works.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "Title", "Image", "People"])
        for place, photo in enumerate(photos):
            title = "A title that does not end " * (9 if place % 2 else 0)
            writer.writerow([f"w{place}", title, photo.name, ("Men", "Women")[place * 7 % 5 % 2]])
    with cartellino.create(folder / "my-museum") as made:
        made.add(TableSource(folder / "works.csv", images=folder / "gallery" / "photos"))
        made.labels.define("people", field="People", min_works=3, ratios=RATIOS)
        yield made


@pytest.fixture(scope="session")
def tabled(museum: Collection) -> Tabled:
    """Its study, carried out."""
    told = study.read({"name": "mine", "title": "Mine", "tables": [TABLE]}, "here")
    return carry_out(museum, told, scale="full")[0]
