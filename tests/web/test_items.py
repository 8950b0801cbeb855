from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cartellino import collection
from cartellino.records import Decision, DecisionKind

from . import museum
from .conftest import Visitor


def test_a_work_comes_with_its_label_entry_pictures_and_suggestions(desk: Visitor) -> None:
    told = desk.get("/api/works/b4", label_set="culture")
    assert (told["label"]["artist"], told["label"]["dates"]) == ("Unknown maker", "active 1600–1650")
    assert ["Notes", "A note; and another"] in told["entry"]
    assert [(each["width"], each["height"]) for each in told["pictures"]] == [
        (300, 200),
        (200, 300),
        (240, 240),
    ]
    assert [each["label"] for each in told["suggestions"]] == ["Chinese", "Japanese", "Korean"]
    assert (told["suggestions"][0]["hedge"], told["suggestions"][0]["percent"]) == ("perhaps", "62 %")
    assert told["standing"] is None


def test_an_id_with_a_slash_is_an_id(desk: Visitor) -> None:
    assert desk.get("/api/works/b%2F1", label_set="culture")["id"] == "b/1"
    assert desk.client.get("/works/b%2F1").status_code == 200


def test_a_work_that_is_not_there_gets_a_sentence_with_near_ids(desk: Visitor) -> None:
    answer = desk.client.get("/api/works/c99", params={"label_set": "culture"})
    assert answer.status_code == 404
    assert "no work has the id 'c99'" in answer.json()["error"]["what"]


def test_blind_works_hide_what_a_rule_filed(folder: Path, visit: Callable[..., Visitor]) -> None:
    museum.learn(folder, blind=True)
    with collection.open(folder) as opened:
        works, labels = opened.catalogue.works, opened.catalogue.labels
        filed = Decision(
            works.key("b2"), labels.find("culture").id, DecisionKind.FILED, ("Dutch",), "By rule."
        )
        opened.catalogue.journal.decide(filed)
    told = visit(folder).get("/api/works/b2", label_set="culture")
    assert told["standing"] is None
    assert "Dutch" not in str(told)


def test_a_work_outside_the_queue_shows_what_the_last_run_said(desk: Visitor, folder: Path) -> None:
    with collection.open(folder) as opened:
        label_set = opened.catalogue.labels.find("culture").id
        opened.catalogue.journal.set_queue(label_set, [])
    told = desk.get("/api/works/b2", label_set="culture")
    assert told["queued"] is False
    assert told["suggestions"][0]["label"] == "Chinese"


def test_blind_works_hide_what_a_run_said_of_them(desk: Visitor, folder: Path) -> None:
    with collection.open(folder) as opened:
        label_set, work = opened.catalogue.labels.find("culture").id, opened.catalogue.works.key("b2")
        run = opened.catalogue.journal.latest_run(label_set)
        assert run
        opened.catalogue.journal.set_queue(label_set, [(work, run.id, True)])
    told = desk.get("/api/works/b2", label_set="culture")
    assert (told["blind"], told["suggestions"]) == (True, [])
