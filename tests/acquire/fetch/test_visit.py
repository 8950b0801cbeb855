"""What becomes of an address, against a real server with every fault it may have."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace

import pytest

from cartellino.acquire.fetch import retry
from cartellino.acquire.fetch.asked import Asked, Failed, Got
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.settings import FetchSettings

from .server import Reply, Request, Server, Site

pytestmark = pytest.mark.slow

HERE = FetchSettings(allow=("127.0.0.1",), timeout=0.5, total=2.0)


@pytest.fixture(autouse=True)
def _no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_FIRST", 0.001)


def fetch(site: Site, path: str = "/a", settings: FetchSettings = HERE, **asked: str) -> Got | Failed:
    def with_robots(request: Request) -> Reply:
        return Reply(status=404) if request.path == "/robots.txt" else site(request)

    with Server(with_robots) as server, Fetcher(settings) as fetcher:
        return fetcher.one(Asked(server.address + path, **asked))  # type: ignore[arg-type]


def failed(answer: Got | Failed) -> tuple[str, bool, int]:
    assert isinstance(answer, Failed), answer
    return answer.reason, answer.lasting, answer.attempts


def first(*replies: Reply) -> Site:
    """Answer the first requests with these, and all others well."""
    return lambda request: replies[request.number] if request.number < len(replies) else Reply(b"good")


@pytest.mark.parametrize(
    "fault",
    [
        Reply(status=500),
        Reply(status=502),
        Reply(wait=1.0),
        Reply(bytes(100), drop=10),
        Reply(bytes(100), drop=0),
        Reply(bytes(10), headers={"Content-Length": "20"}, drop=10),
        Reply(b"\x1f\x8b\x08", headers={"Content-Encoding": "gzip"}),
        Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_what_passes_is_tried_again(fault: Reply) -> None:
    answer = fetch(first(fault, fault))
    assert isinstance(answer, Got), answer
    assert (answer.data, answer.attempts) == (b"good", 3)


def test_it_is_tried_five_times_at_most() -> None:
    assert failed(fetch(lambda request: Reply(status=500))) == ("the museum failed (500)", False, 5)


@pytest.mark.parametrize("status", [400, 401, 404, 410])
def test_what_cannot_be_helped_is_asked_once(status: int) -> None:
    reason, lasting, attempts = failed(fetch(lambda request: Reply(status=status)))
    assert f"({status})" in reason
    assert (lasting, attempts) == (True, 1)


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_host_that_asks_to_slow_down_is_waited_for(status: int) -> None:
    begun = time.monotonic()
    answer = fetch(first(Reply(status=status, headers={"Retry-After": "2"})))
    assert isinstance(answer, Got)
    assert answer.attempts == 2
    assert time.monotonic() - begun >= 2


@pytest.mark.slow  # six pauses
def test_an_address_that_is_refused_while_others_are_not_does_not_hold_them_up() -> None:
    def site(request: Request) -> Reply:
        return Reply(status=403) if request.path == "/locked" else Reply(b"good")

    with Server(site) as server, Fetcher(HERE) as fetcher:
        paths = ["/locked", *(f"/{number}" for number in range(24))]
        answers = {
            each.asked.address.removeprefix(server.address): each
            for each in fetcher.many([Asked(server.address + path) for path in paths])
        }
    _, lasting, attempts = failed(answers.pop("/locked"))
    assert not lasting
    assert attempts <= 6
    assert all(isinstance(each, Got) for each in answers.values())


def test_a_trickle_ends_at_the_total_time() -> None:
    reason, lasting, _ = failed(
        fetch(lambda request: Reply(bytes(1000), drip=0.2), settings=replace(HERE, total=0.5))
    )
    assert (reason, lasting) == ("the answer took too long", False)


def test_nothing_listens() -> None:
    with Server(first()) as server:
        address = server.address
    with Fetcher(replace(HERE, ignore_robots=("127.0.0.1",))) as fetcher:
        assert failed(fetcher.one(Asked(address))) == ("the host cannot be reached", False, 5)


# --- size -------------------------------------------------------------------------------------------------


BOMB = Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    "site",
    [
        lambda request: Reply(bytes(1001)),
        lambda request: Reply(b"", headers={"Content-Length": "1001"}, drop=0),
        lambda request: Reply(b"", headers={"Content-Length": "9" * 18}, drop=0),
        lambda request: BOMB,
    ],
)
def test_what_is_too_large_is_refused(site: Site) -> None:
    reason, lasting, attempts = failed(fetch(site, settings=replace(HERE, max_megabytes=0.001)))
    assert (reason, lasting, attempts) == ("the answer is larger than allowed", True, 1)


def test_the_asker_may_ask_for_less_and_packed_bodies_are_unpacked() -> None:
    site = lambda request: Reply(gzip.compress(bytes(900)), headers={"Content-Encoding": "gzip"})  # noqa: E731
    answer = fetch(site, most_bytes=900)  # type: ignore[arg-type]
    assert isinstance(answer, Got)
    assert answer.data == bytes(900)
    assert failed(fetch(site, most_bytes=899))[1]  # type: ignore[arg-type]


# --- conditional requests ---------------------------------------------------------------------------------


def test_what_is_unchanged_is_not_sent_again() -> None:
    def site(request: Request) -> Reply:
        held = request.headers.get("if-none-match") == '"7"' and request.headers["if-modified-since"] == "Mon"
        return Reply(status=304, headers={"ETag": '"7"'}) if held else Reply(b"new")

    answer = fetch(site, etag='"7"', modified="Mon")
    assert isinstance(answer, Got)
    assert (answer.fresh, answer.data, answer.etag) == (False, b"", '"7"')
    answer = fetch(site, etag='"6"', modified="Mon")
    assert isinstance(answer, Got)
    assert (answer.fresh, answer.data) == (True, b"new")
    assert failed(fetch(lambda request: Reply(status=304)))[1] is False


# --- redirects --------------------------------------------------------------------------------------------


def leading(to: str, status: int = 302) -> Site:
    return lambda request: (
        Reply(status=status, headers={"Location": to}) if request.path == "/a" else Reply(b"there")
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int) -> None:
    answer = fetch(leading("b?c", status))
    assert isinstance(answer, Got)
    assert (answer.data, answer.attempts, answer.asked.address[-2:]) == (b"there", 1, "/a")


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("/a", "circle"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://[::ffff:169.254.169.254]/", "private network"),
        ("http://127.0.0.2/", "private network"),
        ("http://localhost/", "private network"),
        ("http://2130706433/", "private network"),
        ("file:///etc/passwd", "only http and https"),
        ("http://a:b@museum.example/", "name and password"),
        ("http://[", "not an address"),
    ],
)
def test_redirects_that_lead_astray_are_refused(to: str, words: str) -> None:
    reason, lasting, _ = failed(fetch(leading(to)))
    assert words in reason
    assert lasting


def test_a_redirect_to_another_port_of_an_allowed_host_needs_to_be_allowed_too() -> None:
    with Server(first()) as other, Server(leading(f"{other.address}/b")) as server:
        port = server.address.removeprefix("http://")
        with Fetcher(replace(HERE, allow=(port,))) as fetcher:
            assert failed(fetcher.one(Asked(f"{server.address}/a")))[1]
        assert other.requests == []


def test_redirects_end() -> None:
    def site(request: Request) -> Reply:
        return Reply(status=302, headers={"Location": f"{request.path}x"})

    assert failed(fetch(site)) == ("the address leads on more than 5 times", True, 1)
    assert failed(fetch(lambda request: Reply(status=302)))[0] == "the address leads on to nowhere"


def test_a_private_address_is_refused_without_a_connection() -> None:
    with Server(first()) as server, Fetcher(FetchSettings()) as fetcher:
        for address in (server.address, f"http://localhost:{server.port}/", "http://169.254.169.254/"):
            reason, lasting, attempts = failed(fetcher.one(Asked(address)))
            assert (reason, lasting, attempts) == ("the address leads into a private network", True, 0)
        assert server.connections == 0


# --- robots -----------------------------------------------------------------------------------------------

NO_PICTURES = b"User-agent: *\nDisallow: /images/\n"


def site_with(robots: Reply, page: Reply | None = None) -> Site:
    return lambda request: robots if request.path == "/robots.txt" else page or Reply(b"good")


def test_robots_txt_is_asked_once_and_heeded() -> None:
    with Server(site_with(Reply(NO_PICTURES))) as server, Fetcher(HERE) as fetcher:
        asked = [Asked(server.address + path) for path in ("/images/1", "/images/2", "/objects/1")]
        answers = list(fetcher.many(asked))
        assert sorted(isinstance(answer, Got) for answer in answers) == [False, False, True]
        refused = next(answer for answer in answers if isinstance(answer, Failed))
        assert failed(refused) == ("the museum's robots.txt asks not to fetch it", True, 0)
        assert [request.path for request in server.requests].count("/robots.txt") == 1


def test_robots_txt_is_left_aside_where_the_settings_say_so() -> None:
    with Server(site_with(Reply(NO_PICTURES))) as server:
        with Fetcher(replace(HERE, ignore_robots=(f"127.0.0.1:{server.port}",))) as fetcher:
            assert isinstance(fetcher.one(Asked(f"{server.address}/images/1")), Got)
        assert server.paths() == ["/images/1"]
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_robots_txt_all_is_allowed(status: int) -> None:
    with Server(site_with(Reply(status=status))) as server, Fetcher(HERE) as fetcher:
        begun = time.monotonic()
        assert isinstance(fetcher.one(Asked(server.address)), Got)
        assert time.monotonic() - begun < 1


def test_while_robots_txt_cannot_be_read_nothing_is_fetched() -> None:
    with Server(site_with(Reply(status=500))) as server, Fetcher(HERE) as fetcher:
        answers = list(fetcher.many([Asked(f"{server.address}/{number}") for number in range(3)]))
        assert [failed(answer)[1:] for answer in answers] == [(False, 0)] * 3
        assert server.paths() == []
        assert len(server.requests) == 5


@pytest.mark.parametrize(
    ("media_type", "accept", "wanted"),
    [
        ("image/jpeg", "*/*", Failed),
        ("application/octet-stream", "image/*", Failed),
        ("application/json", "*/*", Got),
    ],
)
def test_pictures_not_meant_for_learning_are_left_alone(media_type: str, accept: str, wanted: type) -> None:
    page = Reply(b"x", headers={"X-Robots-Tag": "noai, noimageai", "Content-Type": media_type})
    answer = fetch(lambda request: page, accept=accept)
    assert isinstance(answer, wanted)
    if isinstance(answer, Got):
        assert answer.noai
    else:
        assert answer.lasting
    agreed = fetch(lambda request: page, accept=accept, settings=replace(HERE, ignore_robots=("127.0.0.1",)))
    assert isinstance(agreed, Got)
    assert agreed.noai
