from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fastapi.routing import APIRoute

from .conftest import ADDRESS, Visitor, signing


def test_every_address_that_writes_asks_for_the_token(desk: Visitor) -> None:
    routers = desk.client.app.state.routers  # type: ignore[attr-defined]
    writing = [
        each
        for router in routers
        for each in router.routes
        if isinstance(each, APIRoute) and "POST" in each.methods
    ]
    assert len(writing) >= 2
    for route in writing:
        answer = desk.post(route.path.replace("{decision}", "1"), {}, **{"X-Cartellino-Token": ""})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "token")


def test_a_token_of_another_session_is_refused(desk: Visitor) -> None:
    desk.client.cookies.clear()
    answer = desk.sign("b2", "Dutch")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "token")
    desk.token = desk.get("/api/session")["token"]
    assert desk.sign("b2", "Dutch").status_code == 201


def test_a_page_that_outlives_its_desk_may_fetch_a_new_token(
    folder: Path, desk: Visitor, visit: Callable[..., Visitor]
) -> None:
    anew = visit(folder)
    anew.client.cookies.update(desk.client.cookies)
    anew.token = desk.token
    assert anew.sign("b2", "Dutch").status_code == 403
    anew.token = anew.get("/api/session")["token"]
    assert anew.sign("b2", "Dutch").status_code == 201


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(desk: Visitor) -> None:
    desk.client.cookies.clear()
    cookie = desk.client.get("/").headers["set-cookie"].lower()
    assert cookie.startswith("cartellino-8000=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_token_in_the_body_or_the_address_does_not_count(desk: Visitor) -> None:
    address = f"/api/decisions?token={desk.token}"
    answer = desk.client.post(address, json=signing("b2", "Dutch"), headers={"Origin": ADDRESS})
    assert answer.status_code == 403
