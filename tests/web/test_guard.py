from __future__ import annotations

import pytest

from cartellino.web.guard import BODY_LIMIT
from cartellino.web.headers import POLICY

from .conftest import ADDRESS, Visitor, signing


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example:8000",
        "127.0.0.1:9000",
        "127.0.0.1",
        "",
        "[::1",
    ],
)
def test_another_name_or_port_is_refused_in_words(desk: Visitor, host: str) -> None:
    for address in ("/", "/api/queue?label_set=culture", "/static/start.js", "/pictures/" + "0" * 64):
        answer = desk.client.get(address, headers={"Host": host})
        assert answer.status_code == 421
        assert "does not answer to this name" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_loopback_names_are_answered(desk: Visitor, host: str) -> None:
    assert desk.client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9000", "https://127.0.0.1:8000", ""]
)
def test_a_decision_from_elsewhere_is_refused(desk: Visitor, origin: str) -> None:
    answer = desk.post("/api/decisions", signing("b2", "Dutch"), Origin=origin)
    assert answer.status_code == 403
    assert "only the review desk's own pages may sign" in answer.json()["error"]["what"]
    assert desk.get("/api/works/b2", label_set="culture")["standing"] is None


def test_a_referer_of_our_own_stands_in_for_an_origin(desk: Visitor) -> None:
    told = signing("b2", "Dutch")
    assert desk.post("/api/decisions", told, Origin="", Referer=f"{ADDRESS}.evil.example/").status_code == 403
    assert desk.post("/api/decisions", told, Origin="", Referer=f"{ADDRESS}/desk/culture").status_code == 201


def test_another_site_may_not_read_what_it_guesses_the_address_of(desk: Visitor) -> None:
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
        assert desk.client.get("/api/queue?label_set=culture", headers=headers).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert desk.client.get("/", headers=link).status_code == 200


def test_every_answer_carries_the_policy(desk: Visitor) -> None:
    answers = [
        desk.client.get(each) for each in ("/", "/nothing", "/static/desk.css", "/api/queue?label_set=no")
    ]
    answers.append(desk.client.get("/", headers={"Host": "evil.example"}))
    answers.append(desk.post("/api/decisions", {}))
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(desk: Visitor) -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")
    for page in ("/", "/desk/culture", "/works?q=bowl", "/works/b2", "/nothing"):
        text = desk.client.get(page).text
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text
        assert text.count("<script") == text.count('<script type="module" src="/static/')


def test_a_long_request_or_one_that_is_not_json_is_refused(desk: Visitor) -> None:
    told = {"Origin": ADDRESS, "X-Cartellino-Token": desk.token, "Content-Type": "application/json"}
    long = desk.client.post("/api/decisions", content=b" " * (BODY_LIMIT + 1), headers=told)
    assert long.status_code == 413
    endless = desk.client.post("/api/decisions", content=iter([b"{}"]), headers=told)
    assert endless.status_code == 411
    form = desk.client.post("/api/decisions", data={"work": "b2"}, headers={"Origin": ADDRESS})
    assert form.status_code == 415


def test_no_generated_documentation_loads_scripts_from_another_site(desk: Visitor) -> None:
    for address in ("/docs", "/redoc", "/openapi.json"):
        assert desk.client.get(address).status_code == 404


def test_scripts_and_fonts_are_asked_after_and_not_sent_again(desk: Visitor) -> None:
    for address in ("/static/start.js", "/assets/cartellino.css", "/assets/fonts/sans.woff2"):
        answer = desk.client.get(address)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
        again = desk.client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
    assert desk.client.get("/").headers["cache-control"] == "no-store"
