"""Each fault does what it says, as often as it says, and the same again with the same seed."""

from __future__ import annotations

import gzip
import io
import socket
import time
from collections import Counter
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from . import Faults, Museum
from .faults import OF_OBJECTS, OF_PICTURES, TEMPORARY, Dice

Opened = Callable[..., Museum]
OBJECT = "/public/collection/v1/objects/1"
PICTURE = "/images/1.jpg"


def got(web: httpx.Client, museum: Museum, path: str = PICTURE) -> httpx.Response:
    return web.get(museum.address + path)


def raw(museum: Museum, path: str = PICTURE) -> bytes:
    """All bytes that come, whatever becomes of the connection."""
    host, _, port = museum.host.partition(":")
    come = b""
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        while part := line.recv(65536):
            come += part
    return come


def body_of(come: bytes) -> tuple[bytes, int]:
    """The body that came, and the length that was promised."""
    head, _, body = come.partition(b"\r\n\r\n")
    return body, int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])


def test_server_errors_end(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(server_error=1.0, most=3))
    statuses = [got(web, museum).status_code for _ in range(5)]
    assert statuses[3:] == [200, 200]
    assert all(status in (500, 502, 503) for status in statuses[:3])


def test_too_many_says_when_to_come_again(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(too_many=1.0, most=1, retry_after=3))
    told = [got(web, museum, f"/images/{n}.jpg") for n in (1, 2, 3, 4)]
    told += [got(web, museum, f"/public/collection/v1/objects/{n}") for n in (1, 2, 3, 4)]
    assert {answer.status_code for answer in told} == {429}
    after = [answer.headers["retry-after"] for answer in told]
    dates = [each for each in after if not each.isdigit()]
    assert set(after) - set(dates) == {"3"}
    assert dates
    assert all(2 < parsedate_to_datetime(each).timestamp() - time.time() < 5 for each in dates)


def test_a_stall_is_silence_and_then_the_end(opened: Opened) -> None:
    museum = opened(Faults(stall=1.0, stall_seconds=0.1, most=1))
    come = []
    for path in (f"/images/{of}{work}.jpg" for of in ("", "original/") for work in (1, 2, 3, 4)):
        start = time.monotonic()
        come.append(raw(museum, path))
        assert time.monotonic() - start >= 0.09
    assert {not each for each in come} == {True, False}, "some before the head, some in the middle"
    assert all(len(body_of(each)[0]) < body_of(each)[1] for each in come if each)


def test_a_stall_is_a_timeout_for_the_impatient(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(stall=1.0, most=1))
    with pytest.raises(httpx.ReadTimeout):
        web.get(museum.address + PICTURE, timeout=0.2)
    assert got(web, museum).status_code == 200


def test_a_reset_in_the_middle(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(reset_mid_body=1.0, most=1))
    with pytest.raises(ConnectionResetError):
        raw(museum)
    assert got(web, museum).status_code == 200


def test_a_body_shorter_than_promised(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(truncate=1.0, most=2))
    body, promised = body_of(raw(museum))
    assert 0 < len(body) < promised
    with pytest.raises(httpx.RemoteProtocolError):
        got(web, museum)
    assert len(got(web, museum).content) == promised


def test_a_drip_arrives_whole(web: httpx.Client, opened: Opened, images: Path) -> None:
    museum = opened(Faults(drip=1.0, drip_seconds=0.4))
    start = time.monotonic()
    assert got(web, museum).content == (images / "1.jpg").read_bytes()
    assert time.monotonic() - start >= 0.39


def test_a_burst_is_forbidden_for_a_while(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(forbid_after=5, forbid_seconds=0.5))
    statuses = [got(web, museum).status_code for _ in range(8)]
    assert statuses == [200] * 5 + [403] * 3
    assert museum.refused == {PICTURE: 3}
    time.sleep(1.0)
    assert got(web, museum).status_code == 200


def test_a_rate_is_kept(web: httpx.Client, opened: Opened) -> None:
    museum = opened(rate=10)
    start, statuses = time.monotonic(), []
    while time.monotonic() - start < 1.5:
        statuses.append(got(web, museum).status_code)
        time.sleep(0.01)
    assert set(statuses) == {200, 403}
    assert statuses.count(200) in (19, 20)


def test_refusals_for_haste_are_no_attempts(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(server_error=1.0, most=1), rate=1)
    assert got(web, museum).status_code >= 500
    assert {got(web, museum).status_code for _ in range(3)} == {403}
    time.sleep(1.05)
    assert got(web, museum).status_code == 200


@pytest.mark.parametrize("path", [OBJECT, PICTURE, "/iiif/3/1/full/!9,9/0/default.jpg"])
def test_what_is_missing(web: httpx.Client, opened: Opened, path: str) -> None:
    museum = opened(Faults(missing=1.0))
    assert [got(web, museum, path).status_code for _ in range(4)] == [404] * 4
    assert museum.truth[path].what == "missing"


def test_named_objects_are_missing(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(missing={2, 3}))
    objects = [f"/public/collection/v1/objects/{work}" for work in (1, 2, 3, 4)]
    assert [got(web, museum, path).status_code for path in objects] == [200, 404, 404, 200]
    assert got(web, museum, objects[1]).json() == {"message": "ObjectID not found"}
    listed = got(web, museum, "/public/collection/v1/objects").json()
    assert listed["objectIDs"] == [1, 2, 3, 4, 5], "the list still names them, as the Met's does"
    aic = got(web, museum, "/api/v1/artworks/2")
    assert (aic.status_code, aic.json()["error"]) == (404, "Not found")


@pytest.mark.parametrize("path", [OBJECT, PICTURE, "/iiif/3/1/full/!9,9/0/default.jpg"])
def test_redirects_in_circles(web: httpx.Client, opened: Opened, path: str) -> None:
    museum = opened(Faults(redirect_loop=1.0))
    seen, address = [], museum.address + path
    for _ in range(6):
        answer = web.get(address)
        assert answer.status_code == 302
        address = str(answer.next_request.url) if answer.next_request else ""
        seen.append(address)
    assert len(set(seen)) == 2


def test_redirects_to_where_no_museum_is(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(redirect_to=1.0))
    paths = [
        f"{start}{n}{end}" for n in (1, 2, 3, 4) for start, end in (("/images/", ".jpg"), (OBJECT[:-1], ""))
    ]
    assert {got(web, museum, path).headers["location"] for path in paths} == set(
        museum.faults.redirect_targets
    )


def test_a_bomb(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(gzip_bomb=1.0, bomb_megabytes=20))
    come = body_of(raw(museum))[0]
    assert len(come) < 1 << 16
    assert gzip.decompress(come) == bytes(20 << 20)
    assert len(got(web, museum, OBJECT).content) == 20 << 20


@pytest.mark.parametrize("fault", ["truncated_jpeg", "html_as_jpeg"])
def test_pictures_that_are_none(web: httpx.Client, opened: Opened, fault: str) -> None:
    share: dict[str, Any] = {fault: 1.0}
    museum = opened(Faults(**share))
    answer = got(web, museum)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert len(answer.content) == int(answer.headers["content-length"])
    with pytest.raises(OSError):
        Image.open(io.BytesIO(answer.content)).load()
    assert got(web, museum, OBJECT).status_code == 200


def test_a_png_called_jpeg(web: httpx.Client, opened: Opened, images: Path) -> None:
    museum = opened(Faults(mislabel=1.0))
    answer = got(web, museum)
    assert answer.headers["content-type"] == "image/jpeg"
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.format == "PNG"
    assert picture.tobytes() == Image.open(images / "1.jpg").tobytes()
    told = museum.truth[PICTURE]
    assert (told.what, told.fault) == ("ok", "mislabel")


def test_pictures_not_meant_for_machines(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(noai=1.0))
    assert got(web, museum).headers["x-robots-tag"] == "noai, noimageai"
    assert "x-robots-tag" not in got(web, museum, OBJECT).headers


def test_robots_are_told_at_once(web: httpx.Client, opened: Opened) -> None:
    museum = opened(Faults(server_error=1.0, most=9), robots="User-agent: *\nDisallow: /images/\n")
    assert got(web, museum, "/robots.txt").text == "User-agent: *\nDisallow: /images/\n"


def outcomes(web: httpx.Client, museum: Museum) -> list[Any]:
    paths = [f"/images/{n}.jpg" for n in (1, 2, 3, 4)] + [f"/images/2-{n}.jpg" for n in (1, 2)]
    come: list[Any] = []
    for path in paths * 4:
        try:
            answer = got(web, museum, path)
            come.append((answer.status_code, answer.content))
        except httpx.HTTPError as error:
            come.append(type(error))
    return come


def test_the_same_seed_gives_the_same_faults(web: httpx.Client, opened: Opened) -> None:
    shares: dict[str, Any] = {
        "server_error": 0.3,
        "truncate": 0.3,
        "missing": 0.2,
        "mislabel": 0.2,
        "html_as_jpeg": 0.2,
    }
    runs = [outcomes(web, opened(Faults(seed=seed, **shares))) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


@settings(max_examples=40)
@given(st.integers(0, 1000), st.floats(0, 1 / len(OF_PICTURES)), st.sampled_from(("object", "picture")))
def test_shares_are_kept(seed: int, share: float, kind: str) -> None:
    kinds = OF_PICTURES if kind == "picture" else OF_OBJECTS
    faults = Faults.all(share, seed=seed)
    found = Counter(faults.lasting(kind, f"x/{n}", n) for n in range(2000))
    assert set(found) <= {"", *kinds}
    for fault in kinds:
        assert abs(found[fault] - 2000 * share) < 6 * (2000 * share) ** 0.5 + 1
    assert faults.lasting("list", "x/1", 0) == ""


@given(st.integers(0, 1000), st.integers(0, 4), st.floats(0, 1))
def test_temporary_faults_end(seed: int, most: int, share: float) -> None:
    dice = Dice(Faults(seed=seed, most=most, reset_mid_body=share / 2, drip=share / 2))
    assert sum(bool(dice.thrown("/x")[0]) for _ in range(60)) <= most


def test_all_is_every_fault() -> None:
    faults = Faults.all(0.02, forbid_after=50)
    assert {getattr(faults, kind) for kind in (*TEMPORARY, *OF_PICTURES)} == {0.02}
    assert faults.forbid_after == 50


def test_faults_in_words() -> None:
    assert Faults.named("none") == Faults()
    assert Faults.named("all=0.02,seed=3") == Faults.all(0.02, seed=3)
    assert Faults.named("stall=0.1,most=1") == Faults(stall=0.1, most=1)
    with pytest.raises(ValueError, match="no such fault: thunder"):
        Faults.named("thunder=1")


@pytest.mark.parametrize("shares", [{"stall": -0.1}, {"stall": 1.1}, {"missing": 0.6, "noai": 0.5}])
def test_impossible_shares(shares: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="shares"):
        Faults(**shares)
