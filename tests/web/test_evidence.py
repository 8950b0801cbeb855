from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cartellino import collection

from . import museum
from .conftest import Visitor


def evidence(desk: Visitor, work: str, label_set: str = "culture") -> Any:
    desk.get("/health")  # begins to load
    for _ in range(200):
        told = desk.get(f"/api/evidence/{work}", label_set=label_set)
        if told["state"] != "loading":
            return told
        time.sleep(0.05)
    raise AssertionError("the features were never read")


def test_the_nearest_catalogued_works_come_with_their_labels(folder: Path, desk: Visitor) -> None:
    museum.feature(folder)
    told = evidence(desk, "b2")
    assert told["state"] == "ready"
    assert len(told["neighbours"]) == 8
    assert [each["labels"] for each in told["neighbours"][:3]] == [["Chinese"]] * 3
    assert {each["id"][0] for each in told["neighbours"]} == {"c"}  # the backlog is no evidence
    closeness = [each["closeness"] for each in told["neighbours"]]
    assert closeness == sorted(closeness, reverse=True)
    assert desk.client.get(told["neighbours"][0]["thumbnail"]).status_code == 200


def test_a_work_is_never_its_own_evidence(folder: Path, desk: Visitor) -> None:
    with collection.open(folder) as opened:
        work = opened.catalogue.works.key("c0")
        opened.catalogue.connection.execute("DELETE FROM work_picture WHERE work = ?", (work,))
        views = [museum.paint(f"view {number}", (90, 90)) for number in range(3)]
        museum.keep(folder, opened.catalogue, work, views)
    museum.feature(folder)
    assert "c0" not in [each["id"] for each in evidence(desk, "c0")["neighbours"]]


def test_a_work_of_several_pictures_is_compared_by_all_of_them(folder: Path, desk: Visitor) -> None:
    museum.feature(folder)
    neighbours = [each["id"] for each in evidence(desk, "b4")["neighbours"]]
    assert len(neighbours) == len(set(neighbours)) == 8


def test_without_features_the_evidence_is_absent_and_one_may_sign(desk: Visitor) -> None:
    assert evidence(desk, "b2") == {"state": "absent", "neighbours": []}
    assert desk.sign("b2", "Dutch").status_code == 201


def test_a_damaged_store_does_not_stop_the_desk(folder: Path, desk: Visitor) -> None:
    museum.feature(folder)
    for vectors in folder.glob("features/*/vectors.f32"):
        vectors.write_bytes(b"too short")
    assert evidence(desk, "b2")["state"] == "absent"
    assert desk.sign("b2", "Dutch").status_code == 201


def test_a_picture_that_came_after_the_features_has_no_evidence(folder: Path, desk: Visitor) -> None:
    museum.feature(folder)
    with collection.open(folder) as opened:
        work = opened.catalogue.works.key("b2")
        opened.catalogue.connection.execute("DELETE FROM work_picture WHERE work = ?", (work,))
        museum.keep(folder, opened.catalogue, work, [museum.paint("new", (90, 90))])
    assert evidence(desk, "b2") == {"state": "ready", "neighbours": []}


def test_a_work_judged_blind_shows_no_evidence(folder: Path, visit: Callable[..., Visitor]) -> None:
    museum.feature(folder)
    museum.learn(folder, blind=True)
    assert evidence(visit(folder), "b2") == {"state": "blind", "neighbours": []}
