from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from cartellino import collection
from cartellino.records import Decision, DecisionKind

from . import museum
from .conftest import Visitor, signing


def journalled(folder: Path, work: str) -> list[Decision]:
    with collection.open(folder) as opened:
        return opened.catalogue.journal.history(opened.catalogue.works.key(work))


def item(desk: Visitor, work: str, label_set: str = "culture") -> dict[str, object]:
    told: dict[str, object] = desk.get(f"/api/works/{work}", label_set=label_set)
    return told


def test_a_signature_is_on_record_with_who_when_and_what_was_seen(folder: Path, desk: Visitor) -> None:
    run = item(desk, "b2")["run"]
    answer = desk.sign("b2", "Chinese", run=run, neighbours=["c1", "c5"], milliseconds=2_300)
    assert answer.status_code == 201
    (made,) = journalled(folder, "b2")
    assert (made.kind, made.labels, made.by, made.probability) == (
        DecisionKind.SIGNED,
        ("Chinese",),
        "Ada",
        0.62,
    )
    assert made.reason == "The first suggestion (perhaps, 62 %) was accepted."
    assert made.model is not None
    seen = json.loads(made.seen)
    assert seen["suggestions"] == [["Chinese", 0.62], ["Japanese", 0.24], ["Korean", 0.09]]
    assert (seen["neighbours"], seen["milliseconds"], seen["blind"], seen["run"]) == (
        ["c1", "c5"],
        2_300,
        False,
        run,
    )
    assert answer.json()["decision"]["at"] == made.at


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (["Japanese"], "Suggestion 2 (could be, 24 %) was chosen."),
        (["Dutch"], "Chosen at the desk; it was not among the suggestions."),
        ([], "None of the values of the label set."),
    ],
)
def test_the_record_says_why(folder: Path, desk: Visitor, labels: list[str], reason: str) -> None:
    desk.sign("b2", *labels, run=item(desk, "b2")["run"])
    (made,) = journalled(folder, "b2")
    assert (list(made.labels), made.reason) == (labels, reason)


def test_the_queue_moves_on_and_a_skipped_work_comes_back_at_the_end(desk: Visitor) -> None:
    first = desk.sign("b/1", "Dutch").json()
    assert [each["id"] for each in first["next"]][:2] == ["b2", "b3"]
    skipped = desk.post("/api/decisions", signing("b2") | {"kind": "skipped"}).json()
    assert [each["id"] for each in skipped["next"]] == ["b3", "b4", "b5", "b6", "b7", "b8"]
    assert skipped["progress"] == {"total": 8, "left": 7, "skipped": 1, "signed_today": 1}
    assert desk.get("/api/queue", label_set="culture", limit=20)["next"][-1]["id"] == "b2"


def test_the_same_decision_sent_twice_is_on_record_once(folder: Path, desk: Visitor) -> None:
    answers = [desk.sign("b2", "Dutch") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["decision"] == answers[1].json()["decision"]
    assert len(journalled(folder, "b2")) == 1


def test_another_decision_under_the_name_of_the_first_is_not_taken_for_it(
    folder: Path, desk: Visitor
) -> None:
    desk.sign("b2", "Dutch")
    assert desk.sign("b2", "Korean").status_code == 409
    assert [made.labels for made in journalled(folder, "b2")] == [("Dutch",)]


def test_a_work_signed_in_another_window_is_not_signed_again(
    folder: Path, desk: Visitor, visit: Callable[..., Visitor]
) -> None:
    other = visit(folder)
    assert other.sign("b2", "Dutch", attempt="the other window").status_code == 201
    answer = desk.sign("b2", "Chinese", expected=None)
    told = answer.json()["error"]
    assert (answer.status_code, told["code"]) == (409, "conflict")
    assert "already signed as 'Dutch' by Ada" in told["what"]
    assert told["standing"]["labels"] == ["Dutch"]
    assert len(journalled(folder, "b2")) == 1


def test_who_sees_the_signature_may_sign_anew_but_not_skip_it_away(folder: Path, desk: Visitor) -> None:
    desk.sign("b2", "Dutch")
    expected = item(desk, "b2")["expected"]
    skip = signing("b2", attempt="second thoughts", expected=expected) | {"kind": "skipped"}
    assert desk.post("/api/decisions", skip).status_code == 409
    assert desk.sign("b2", "Korean", attempt="second thoughts", expected=expected).status_code == 201
    assert [made.labels for made in journalled(folder, "b2")] == [("Dutch",), ("Korean",)]


def test_many_windows_at_once_sign_a_work_once(folder: Path, desk: Visitor) -> None:
    codes: list[int] = []

    def sign(number: int) -> None:
        codes.append(desk.sign("b2", "Dutch", attempt=f"window {number}").status_code)

    windows = [threading.Thread(target=sign, args=(number,)) for number in range(8)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(codes) == [201] + [409] * 7
    assert len(journalled(folder, "b2")) == 1


def test_undo_keeps_both_on_record_and_brings_the_work_back(folder: Path, desk: Visitor) -> None:
    made = desk.sign("b/1", "Dutch").json()["decision"]["id"]
    answer = desk.post(f"/api/decisions/{made}/withdraw", {})
    assert (answer.status_code, answer.json()["work"]) == (201, "b/1")
    assert answer.json()["next"][0]["id"] == "b/1"
    kinds = [each.kind for each in journalled(folder, "b/1")]
    assert kinds == [DecisionKind.SIGNED, DecisionKind.WITHDRAWN]
    again = desk.post(f"/api/decisions/{made}/withdraw", {})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "conflict")


def test_a_decision_by_rule_is_not_undone_here(folder: Path, desk: Visitor) -> None:
    with collection.open(folder) as opened:
        journal, works = opened.catalogue.journal, opened.catalogue.works
        label_set = opened.catalogue.labels.find("culture").id
        made = journal.decide(
            Decision(works.key("b2"), label_set, DecisionKind.FILED, ("Dutch",), "By rule.")
        )
    assert desk.post(f"/api/decisions/{made}/withdraw", {}).status_code == 409
    assert item(desk, "b2")["standing"]["labels"] == ["Dutch"]  # type: ignore[index]


@pytest.mark.parametrize(
    "wrong",
    [
        {"labels": ["Martian"]},
        {"labels": ["Dutch", "Korean"]},
        {"labels": ["Dutch", "Dutch"]},
        {"kind": "filed"},
        {"attempt": "short"},
        {"milliseconds": -1},
        {"unknown": 1},
        {"neighbours": ["c1"] * 25},
    ],
)
def test_what_does_not_fit_is_refused_in_words(folder: Path, desk: Visitor, wrong: dict[str, object]) -> None:
    answer = desk.post("/api/decisions", signing("b2", "Dutch") | wrong)
    assert answer.status_code == 422
    assert answer.json()["error"]["what"]
    assert journalled(folder, "b2") == []


def test_a_work_a_label_set_or_a_run_that_is_not_there_gets_a_sentence(desk: Visitor) -> None:
    assert desk.sign("nobody", "Dutch").status_code == 404
    assert desk.sign("b2", "Dutch", label_set="school").status_code == 404
    stale = desk.sign("b2", "Dutch", run=77).json()["error"]
    assert (stale["code"], stale["do"]) == ("stale", "Reload the page.")


def test_several_labels_are_signed_together(folder: Path, visit: Callable[..., Visitor]) -> None:
    museum.learn(
        folder, "subjects", kind="multi", suggested=(("Trees", 0.8), ("Men", 0.4)), sensitive=["Men"]
    )
    desk = visit(folder)
    told = item(desk, "b2", "subjects")
    assert [(each["label"], each["sensitive"]) for each in told["suggestions"]] == [
        ("Trees", False),
        ("Men", True),
    ]  # type: ignore[attr-defined]
    assert desk.sign("b2", "Trees", "Boats", label_set="subjects", run=told["run"]).status_code == 201
    (made,) = journalled(folder, "b2")
    assert (made.labels, made.reason) == (
        ("Trees", "Boats"),
        "Chosen at the desk; 1 of 2 had been suggested.",
    )


def test_a_work_judged_blind_is_recorded_as_such(folder: Path, visit: Callable[..., Visitor]) -> None:
    museum.learn(folder, blind=True)
    desk = visit(folder)
    told = item(desk, "b2")
    assert (told["blind"], told["suggestions"], told["run"]) == (True, [], None)
    assert desk.sign("b2", "Dutch", blind=True).status_code == 201
    (made,) = journalled(folder, "b2")
    assert json.loads(made.seen)["blind"] is True
    assert (made.probability, made.model) == (None, None)


def test_a_read_only_catalogue_says_that_nothing_was_signed(folder: Path, desk: Visitor) -> None:
    with collection.open(folder) as opened:
        opened.catalogue.connection.execute("BEGIN IMMEDIATE")
        opened.catalogue.connection.execute(
            "CREATE TRIGGER no BEFORE INSERT ON decision BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        opened.catalogue.connection.execute("COMMIT")
    answer = desk.sign("b2", "Dutch")
    assert answer.status_code == 500
    assert "nothing was signed" in answer.json()["error"]["what"]
    assert journalled(folder, "b2") == []
