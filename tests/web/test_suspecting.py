"""The page of suspects, and verdicts sent from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cartellino import collection
from cartellino.records import Decision, DecisionKind

from . import museum
from .conftest import Visitor


@pytest.fixture
def suspected(folder: Path) -> Path:
    """A museum with a list of three suspects."""
    museum.learn(folder)
    suspect(folder)
    return folder


@pytest.fixture
def desk(suspected: Path, visit: Callable[..., Visitor]) -> Visitor:
    return visit(suspected)


def suspect(folder: Path) -> None:
    """Keep a list of suspects, as the room of that name would."""
    with collection.open(folder) as opened:
        catalogue = opened.catalogue
        row = catalogue.labels.find("culture")

        def told(work_id: str, other: str, **more: str) -> tuple[int, float, dict[str, Any]]:
            work = catalogue.works.key(work_id)
            given = list(catalogue.labels.of(row.id, work))
            reason = {"kind": "label", "sentence": f"It says {other} <b>boldly</b>.", "strength": 0.9}
            reasons = [reason | {"works": [], "picture": more.get("picture", "")}]
            thought = [[other, 0.93], [given[0], 0.04], ["Dutch", 0.005]]
            alike = [catalogue.works.key(each) for each in ("c5", "c6", "c7")]
            return (
                work,
                0.9,
                {"work": work, "given": given, "thought": thought, "reasons": reasons, "alike": alike},
            )

        catalogue.suspects.save(
            row.id, "key", 2, [told("c0", "Japanese"), told("c1", "Korean"), told("c2", "Chinese")]
        )


def history(folder: Path, work: str) -> list[Decision]:
    with collection.open(folder) as opened:
        return opened.catalogue.journal.history(opened.catalogue.works.key(work))


def digest_of(folder: Path, work: str) -> str:
    with collection.open(folder) as opened:
        return opened.catalogue.pictures.of(opened.catalogue.works.key(work))[0].digest


def page(desk: Visitor, query: str = "") -> str:
    answer = desk.client.get(f"/suspects/culture{query}")
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def say(desk: Visitor, work: str, verdict: str, **more: Any) -> Any:
    told = {
        "label_set": "culture",
        "work": work,
        "verdict": verdict,
        "attempt": f"attempt on {work} {verdict}",
    }
    return desk.post("/api/suspects", told | more)


def test_the_page_shows_the_next_suspect_with_its_reason_and_look_alikes_without_a_script(
    desk: Visitor,
) -> None:
    shown = page(desk)
    assert 'data-work="c0"' in shown
    assert "It says Japanese &lt;b&gt;boldly&lt;/b&gt;." in shown
    assert "3 to look at · 0 judged" in shown
    assert all(f'href="/works/{other}"' in shown for other in ("c5", "c6", "c7"))
    assert 'data-label="Japanese"' in shown
    assert 'data-label="Dutch"' not in shown  # half a per cent is found by its name
    assert 'data-work="c1"' in page(desk, "?after=0")
    assert 'data-work="c0"' in page(desk, "?after=2")  # after the last, the first again
    assert 'data-work="c2"' in page(desk, "?work=c2")


def test_a_verdict_is_signed_with_what_was_seen_and_the_work_leaves_the_list(
    suspected: Path, desk: Visitor
) -> None:
    answer = say(desk, "c0", "right", neighbours=["c5"], milliseconds=1200)
    assert answer.status_code == 201
    assert answer.json()["left"] == 2
    (made,) = history(suspected, "c0")
    assert (made.kind, made.labels, made.by) == (DecisionKind.SIGNED, ("Chinese",), "Ada")
    assert made.reason == "Looked at as a suspect; the label is right."
    seen = json.loads(made.seen)
    assert (seen["neighbours"], seen["milliseconds"], seen["suspect"]["thought"][0]) == (
        ["c5"],
        1200,
        ["Japanese", 0.93],
    )
    assert 'data-work="c1"' in page(desk)
    assert say(desk, "c1", "labels", labels=["Korean"]).status_code == 201
    assert history(suspected, "c1")[0].labels == ("Korean",)


def test_a_verdict_sent_twice_is_on_record_once_and_a_slower_one_is_told(
    suspected: Path, desk: Visitor
) -> None:
    assert [say(desk, "c0", "right").status_code for _ in range(2)] == [201, 201]
    assert len(history(suspected, "c0")) == 1
    late = say(desk, "c0", "labels", labels=["Dutch"])
    assert late.status_code == 409
    assert late.json()["error"]["what"] == "already signed as 'Chinese' by Ada, in another window"
    again = say(desk, "c0", "labels", labels=["Dutch"], expected=history(suspected, "c0")[0].id)
    assert again.status_code == 201


def test_a_picture_that_is_not_of_the_work_is_left_out_and_taken_in_again(
    suspected: Path, desk: Visitor
) -> None:
    digest = digest_of(suspected, "c2")
    for _ in range(2):
        assert say(desk, "c2", "not of the work", picture=digest).json()["left"] == 2
    with collection.open(suspected) as opened:
        work = opened.catalogue.works.key("c2")
        assert list(opened.catalogue.pictures.shown_by([work])) == []
        assert len(opened.catalogue.verdicts.of(work)) == 1
    assert "nothing learns from it" in page(desk, "?work=c2")
    assert say(desk, "c2", "of the work", picture=digest).json()["left"] == 3
    assert "nothing learns from it" not in page(desk, "?work=c2")


@pytest.mark.parametrize(
    ("verdict", "more", "what"),
    [
        ("labels", {"labels": ["Klingon"]}, "'Klingon' is no value of this label set"),
        ("labels", {"labels": ["Dutch", "Korean"]}, "a work has one label"),
        ("labels", {}, "the work has no label"),
        ("not of the work", {"picture": "f" * 64}, "the work has no such picture"),
        ("wrong", {}, "this cannot be understood"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    suspected: Path, desk: Visitor, verdict: str, more: dict[str, Any], what: str
) -> None:
    answer = say(desk, "c0", verdict, **more)
    assert answer.status_code == 422
    assert what in answer.json()["error"]["what"]
    assert history(suspected, "c0") == []


def test_only_the_desks_own_pages_may_judge(suspected: Path, desk: Visitor) -> None:
    told = {"label_set": "culture", "work": "c0", "verdict": "right", "attempt": "attempt on c0"}
    assert desk.post("/api/suspects", told, **{"X-Cartellino-Token": ""}).status_code == 403
    assert desk.post("/api/suspects", told, Origin="http://elsewhere.example").status_code == 403
    assert history(suspected, "c0") == []


def test_a_list_that_was_not_made_and_one_that_is_done_say_what_to_do(
    folder: Path, visit: Callable[..., Visitor]
) -> None:
    museum.learn(folder)
    desk = visit(folder)
    assert "cartellino suspects culture" in page(desk)
    suspect(folder)
    for work in ("c0", "c1", "c2"):
        say(desk, work, "right")
    assert "All that looked wrong was judged." in page(desk)
    assert "Look at" not in desk.client.get("/").text


def test_the_first_page_leads_to_the_suspects(desk: Visitor) -> None:
    assert '<a href="/suspects/culture">Look at 3 works that may be wrong</a>' in desk.client.get("/").text
