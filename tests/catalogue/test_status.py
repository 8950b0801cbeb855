from __future__ import annotations

import json

from cartellino.catalogue import Catalogue
from cartellino.catalogue.status import status
from cartellino.records import Rejected

from .rows import add, decision, keep_all, label_set, model


def test_an_empty_catalogue_has_a_status(catalogue: Catalogue) -> None:
    told = status(catalogue)
    assert (told["works"], told["sources"], told["label_sets"], told["journal"]) == (0, [], [], "wal")


def test_everything_is_counted(catalogue: Catalogue) -> None:
    rows = [{"id": str(number), "file": f"{number}.jpg"} for number in range(1, 5)]
    add(catalogue, [*rows, Rejected(9, "bad")])
    add(catalogue, rows[:3])
    keep_all(catalogue)
    catalogue.pictures.quarantine(2, "broken", "")
    catalogue.works.remark(1, "odd")
    label_set(catalogue)
    newer = label_set(catalogue, works=[1], salt="b")
    model(catalogue, newer)
    catalogue.journal.decide(decision(2, newer, "filed", "French"))
    catalogue.journal.set_queue(newer, [(3, None, False)])
    told = status(catalogue)
    assert json.loads(json.dumps(told)) == told
    counts = ("works", "gone", "rejected", "remarks", "fields", "models", "notice")
    assert [told[name] for name in counts] == [3, 1, 0, 1, 2, 1, ""]
    assert told["pictures"] == {"kept": 3, "wanted": 0, "quarantined": 1}
    assert told["sources"][0]["name"] == "works"
    assert told["label_sets"] == [
        {
            "name": "culture",
            "version": 2,
            "kind": "single",
            "classes": 2,
            "works": 1,
            "filed": 1,
            "review": 0,
            "signed": 0,
            "skipped": 0,
            "queue": 1,
        }
    ]
