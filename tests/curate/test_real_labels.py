"""The Met's own merges and tags, read as a label set would read them."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.merges import apply, read_merges, targets
from cartellino.progress import Silent

from .museum import hang

pytestmark = pytest.mark.realdata


def benchmark(data_folder: Path) -> list[dict[str, str]]:
    with (data_folder / "met" / "benchmark.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_shipped_merges_give_the_benchmarks_cultures(data_folder: Path) -> None:
    ends = targets(read_merges(data_folder / "met" / "culture-merges.csv"))
    wanted = {row["objectID"]: row["culture"] for row in benchmark(data_folder)}
    with gzip.open(data_folder / "met" / "objects.jsonl.gz", "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    written = {
        str(each["objectID"]): each["culture"] or each.get("artistNationality") or "" for each in records
    }
    merged = {work: apply([value], ends)[0] for work, value in written.items()}
    classes = set(wanted.values()) - {""}
    assert len(classes) == 10
    assert {work: value if value in classes else "" for work, value in merged.items()} == wanted


def test_the_benchmarks_tags_are_a_label_set_of_twenty_three(catalogue: Catalogue, data_folder: Path) -> None:
    rows = [
        {"id": row["objectID"], "tags": tuple(row["tags23"].split("|")) if row["tags23"] else ""}
        for row in benchmark(data_folder)
    ]
    hang(catalogue, rows)
    tags = freeze(catalogue, LabelDefinition("tags", "tags", kind="multi", min_works=30), Silent())
    assert (len(tags.classes), len(tags.works)) == (23, sum(bool(row["tags"]) for row in rows))
    assert tags.sensitive == {"Men", "Women", "Female Nudes"}
    for place, label in enumerate(tags.classes):
        counts = tags.counts(place)
        of = sum(counts.values())
        for part, ratio in tags.definition.ratios.items():
            assert abs(counts[part] - ratio * of) <= 2 + 0.02 * of, (label, part)
