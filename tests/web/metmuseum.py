"""A collection of real works for looking at the desk: Met records and pictures, a third of them not labelled.

The suggestions are votes of look-alikes, good enough to judge a page by and nothing else.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cartellino import collection
from cartellino.catalogue import Catalogue
from cartellino.collection import Collection
from cartellino.progress import Silent
from cartellino.records import Column, Suggestion, Work

from .museum import keep

FEATURED = (437881, 39901, 436528, 11122, 437654)
COLUMNS = (
    "objectID", "accessionNumber", "title", "artistDisplayName", "artistDisplayBio", "objectDate", "medium",
    "culture", "period", "dimensions", "creditLine", "department", "objectName", "classification",
    "objectURL",
)  # fmt: skip
ROLES = {"objectID": "id", "accessionNumber": "accession", "title": "title"}


def build(folder: Path, data: Path, works: int = 260) -> Path:
    """Make the collection in `folder` from the data folder's ``met``."""
    records, culture, tags = _read(data / "met", works)
    pictures = {each["objectID"]: data / "met" / "images" / f"{each['objectID']}.jpg" for each in records}
    backlog = {each["objectID"] for place, each in enumerate(records) if place % 3 == 0} | set(FEATURED)
    with collection.create(folder, "The Metropolitan Museum of Art, a sample") as museum:
        catalogue = museum.catalogue
        _write(catalogue, records, backlog)
        keys = {number: catalogue.works.key(str(number)) for number in pictures}
        for number, path in pictures.items():
            keep(folder, catalogue, keys[number], [path.read_bytes()])
        looks = _looks(museum, keys)
        labels = {number: (label,) for number, label in culture.items() if number not in backlog}
        _label(catalogue, "culture", "single", labels, keys, looks, backlog)
        several = {number: some for number, some in tags.items() if number not in backlog}
        _label(catalogue, "tags", "multi", several, keys, looks, backlog, ("Men", "Women"))
    return folder


def _read(met: Path, works: int) -> tuple[list[dict[str, Any]], dict[int, str], dict[int, tuple[str, ...]]]:
    with gzip.open(met / "objects.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    with (met / "benchmark.csv").open(encoding="utf-8", newline="") as stream:
        rows = {int(row["objectID"]): row for row in csv.DictReader(stream)}
    full = [each for each in records if each.get("title") and rows[each["objectID"]]["culture"]]
    featured = [each for each in full if each["objectID"] in FEATURED]
    chosen = [*featured, *(each for each in full[:: max(1, len(full) // works)] if each not in featured)]
    culture = {each["objectID"]: rows[each["objectID"]]["culture"] for each in chosen}
    tags = {each["objectID"]: rows[each["objectID"]]["tags23"] for each in chosen}
    return chosen, culture, {key: tuple(told.split("|")) for key, told in tags.items() if told}


def _looks(museum: Collection, keys: dict[int, int]) -> dict[int, np.ndarray]:
    museum.features()
    digests = [museum.catalogue.pictures.of(work)[0].digest for work in keys.values()]
    with museum.feature_store() as store:
        vectors = store.read(digests)
    vectors = (vectors - vectors.mean(axis=0)) / (vectors.std(axis=0) + 1e-3)
    return dict(zip(keys, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), strict=True))


def _write(catalogue: Catalogue, records: Sequence[dict[str, Any]], backlog: set[int]) -> None:
    columns = [Column(each, each, ROLES.get(each, "")) for each in COLUMNS]
    source = catalogue.works.source("met", "records", "objects.jsonl.gz", columns, {"separator": "|"})
    works = []
    for line, each in enumerate(records, 1):
        told = each | ({"culture": ""} if each["objectID"] in backlog else {})
        cells = tuple(str(told.get(name) or "") for name in COLUMNS)
        works.append(Work(cells[0], line, cells, accession=cells[1], title=cells[2]))
    catalogue.works.write(source, works, progress=Silent())


def _label(
    catalogue: Catalogue,
    name: str,
    kind: str,
    given: dict[int, tuple[str, ...]],
    keys: dict[int, int],
    looks: dict[int, np.ndarray],
    backlog: set[int],
    sensitive: Sequence[str] = (),
) -> None:
    classes = sorted({label for labels in given.values() for label in labels})
    members = [
        (keys[number], "train", place, tuple(classes.index(label) for label in labels))
        for place, (number, labels) in enumerate(given.items())
    ]
    definition = f'name = "{name}"\nfield = "{name}"\nkind = "{kind}"\n'
    flagged = [(label, label in sensitive) for label in classes]
    label_set = catalogue.labels.save(name, kind, definition, f"hash of {name}", flagged, members).id
    run = catalogue.journal.run(catalogue.models.save(f"{name}-1", label_set, "linear", "lite2:all", {}))
    said = {keys[number]: _votes(looks[number], given, looks, kind) for number in sorted(backlog)}
    catalogue.journal.predict(run, said.items())
    promise = "Nothing can be promised yet: these suggestions are for looking at the page only."
    catalogue.journal.promise(run, {"sentence": promise})
    doubtful = sorted(said, key=lambda work: said[work][0].probability if said[work] else 0)
    catalogue.journal.set_queue(label_set, [(work, run, False) for work in doubtful])


def _votes(
    look: np.ndarray, given: dict[int, tuple[str, ...]], looks: dict[int, np.ndarray], kind: str
) -> list[Suggestion]:
    near = sorted(given, key=lambda number: -float(look @ looks[number]))[:16]
    votes: Counter[str] = Counter()
    for rank, number in enumerate(near):
        for label in given[number]:
            votes[label] += 0.8**rank
    whole = sum(0.8**rank for rank in range(len(near))) if kind == "multi" else sum(votes.values())
    return [Suggestion(label, count / whole) for label, count in votes.most_common(12)]
