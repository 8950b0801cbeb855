from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest

from cartellino import collection, settings
from cartellino.errors import CollectionError, LabelError
from cartellino.web.app import create_app
from cartellino.web.pages import when

from . import museum
from .conftest import Visitor


@pytest.mark.parametrize(
    "page", ["/works/b2", "/works?q=alert", "/works?q=%3Cscript%3Ealert(%27signed%27)", "/nothing<script>"]
)
def test_a_hostile_title_query_or_address_stays_text(desk: Visitor, page: str) -> None:
    text = desk.client.get(page).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<script>" not in text.replace('<script type="module" src="/static/', "")


def test_a_hostile_title_is_still_readable(desk: Visitor) -> None:
    assert museum.HOSTILE in html.unescape(desk.client.get("/works/b2").text)


def test_the_first_page_says_what_waits_and_what_is_promised(desk: Visitor) -> None:
    desk.sign("b2", "Dutch")
    text = desk.client.get("/").text
    assert "Review 7 works" in text
    assert "at most 5 % are wrong" in text
    assert "<dd>1</dd>" in text
    assert text.count("/thumbnails/") == 3


def test_a_collection_without_works_or_label_sets_says_what_to_do(
    tmp_path: Path, folder: Path, visit: Callable[..., Visitor]
) -> None:
    collection.create(tmp_path / "empty").close()
    assert "cartellino add table" in visit(tmp_path / "empty").client.get("/").text
    assert "cartellino labels define" in visit(folder).client.get("/").text


def test_a_label_set_that_was_not_triaged_says_with_which_command(
    folder: Path, visit: Callable[..., Visitor]
) -> None:
    museum.learn(folder, triaged=False)
    desk = visit(folder)
    assert "cartellino triage culture" in desk.client.get("/").text
    told = desk.get("/api/queue", label_set="culture")
    assert (told["state"], told["next"]) == ("untriaged", [])


def test_a_queue_that_is_all_signed_is_empty(desk: Visitor) -> None:
    for piece in museum.BACKLOG:
        last = desk.sign(piece.id, "Dutch")
    assert last.json()["state"] == "empty"
    assert last.json()["progress"] == {"total": 8, "left": 0, "skipped": 0, "signed_today": 8}
    assert "cartellino export table" in desk.client.get("/").text


def test_a_signed_calibration_round_leads_to_triage(folder: Path, visit: Callable[..., Visitor]) -> None:
    museum.learn(folder, blind=True)
    desk = visit(folder)
    states = [desk.sign(piece.id, "Dutch", blind=True).json()["state"] for piece in museum.BACKLOG]
    assert states == ["waiting"] * 7 + ["measured"]


def test_the_queue_names_the_values_and_which_are_sensitive(
    folder: Path, visit: Callable[..., Visitor]
) -> None:
    museum.learn(folder, "subjects", kind="multi", sensitive=["Men"])
    told = visit(folder).get("/api/queue", label_set="subjects")["set"]
    assert (told["kind"], told["field"]) == ("multi", "subjects")
    assert [each["label"] for each in told["values"] if each["sensitive"]] == ["Men"]


def test_the_history_of_a_work_tells_who_when_and_why(desk: Visitor) -> None:
    made = desk.sign("b2", "Dutch").json()["decision"]
    desk.post(f"/api/decisions/{made['id']}/withdraw", {"reason": "A slip of the finger."})
    text = desk.client.get("/works/b2").text
    assert "Signed as Dutch</strong> by Ada – taken back later" in text
    assert "A slip of the finger." in text
    assert when(made["at"]) in text
    assert "Nothing has been decided." in text


def test_works_are_found_by_words_and_ids(desk: Visitor) -> None:
    assert "Bowl with lotus" in desk.client.get("/works", params={"q": "lotus"}).text
    assert [each["id"] for each in desk.get("/api/works", q="b7")] == ["b7"]
    assert "No work has" in desk.client.get("/works", params={"q": 'nothing" OR *'}).text


def test_pages_that_are_not_there_say_so_in_words(desk: Visitor) -> None:
    for address in ("/works/nobody", "/desk/school", "/desk/culture?work=nobody", "/nothing"):
        answer = desk.client.get(address)
        assert answer.status_code == 404
        assert 'class="state"' in answer.text
    assert desk.client.get("/api/nothing").json()["error"]["what"] == "there is no such page"
    assert (
        desk.client.put("/api/queue", headers={"Origin": "http://127.0.0.1:8000"}, json={}).status_code == 405
    )


def test_the_interface_lists_itself(desk: Visitor) -> None:
    listed = desk.get("/api")
    assert {
        "method": "POST",
        "path": "/api/decisions",
        "does": "Sign a work, or put it off; answers the decision and what comes next.",
    } in listed
    assert all(each["does"] for each in listed)
    assert len(listed) >= 7


def test_the_desk_says_that_it_is_up(desk: Visitor) -> None:
    told = desk.get("/health")
    assert (told["ok"], told["works"]) == (True, 23)


def test_the_first_page_may_be_one_label_set(folder: Path) -> None:
    museum.learn(folder)
    told = settings.load(folder / settings.FILE)
    assert create_app(folder, told, label_set="culture").state.start == "/desk/culture"
    assert create_app(folder, told).state.start == "/"
    with pytest.raises(LabelError):
        create_app(folder, told, label_set="school")
    with pytest.raises(CollectionError):
        create_app(folder.parent / "nowhere", told)


def test_who_signs_is_told_or_taken_from_the_settings_or_the_computer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = settings.load(folder / settings.FILE)
    monkeypatch.setenv("CARTELLINO_SIGNER", "Grace")
    assert create_app(folder, told).state.desk.signer == "Grace"
    assert create_app(folder, told, signer="Ada").state.desk.signer == "Ada"


def test_a_time_on_record_is_read_on_the_clock_of_the_room() -> None:
    assert when("2026-05-03T12:02:00Z").endswith("May 2026, " + when("2026-05-03T12:02:00Z")[-5:])
    assert when("yesterday") == "yesterday"
