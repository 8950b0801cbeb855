from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator

import pytest

from cartellino.acquire.fetch.asked import Asked, Failed, Got
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.settings import FetchSettings

from .server import Reply, Request, Server

pytestmark = pytest.mark.slow

HERE = FetchSettings(
    allow=("127.0.0.1",), ignore_robots=("127.0.0.1",), timeout=1.0, total=3.0, contact="a@b.c"
)


def plain(request: Request) -> Reply:
    return Reply(request.path.encode(), headers={"ETag": '"1"', "Content-Type": "text/plain; charset=utf-8"})


def test_one_address_is_fetched() -> None:
    with Server(plain) as server, Fetcher(HERE) as fetcher:
        asked = Asked(f"{server.address}/a?b=c", accept="text/plain", key=7)
        got = fetcher.one(asked)
    assert got == Got(asked, b"/a?b=c", True, '"1"', "", "text/plain", 1, False)
    sent = server.requests[0].headers
    assert sent["host"] == f"127.0.0.1:{server.port}"
    assert sent["accept"] == "text/plain"
    assert sent["user-agent"].startswith("Cartellino/")
    assert sent["user-agent"].endswith("; a@b.c)")


def test_all_are_answered_once_over_few_connections() -> None:
    with Server(plain) as server, Fetcher(FetchSettings(allow=("127.0.0.1",))) as fetcher:
        asked = [Asked(f"{server.address}/{number}", key=number) for number in range(12)]
        answers = list(fetcher.many(asked))
        ((name, (now, allowed)),) = fetcher.pace().items()
    assert sorted(answer.asked.key for answer in answers) == list(range(12))
    assert all(isinstance(answer, Got) for answer in answers)
    assert server.requests[0].path == "/robots.txt"
    assert server.connections <= 3
    assert (name, allowed >= 2) == (f"127.0.0.1:{server.port}", True)
    assert now > 0.5


def test_the_askers_iterable_is_read_in_its_thread_and_not_far_ahead() -> None:
    threads, taken = set(), 0

    def asked(address: str) -> Iterator[Asked]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            threads.add(threading.current_thread())
            yield Asked(f"{address}/{number}")

    with Server(plain) as server, Fetcher(HERE) as fetcher:
        answers = fetcher.many(asked(server.address))
        next(answers)
        answers.close()
        seen = len(server.requests)
        time.sleep(0.7)
        assert len(server.requests) <= seen + 1
    assert taken <= 300
    assert threads == {threading.current_thread()}


def test_a_watch_is_told_of_every_answer() -> None:
    class Watching:
        def __init__(self) -> None:
            self.told: list[Got | Failed] = []

        def answered(self, answer: Got | Failed, pace: dict[str, tuple[float, float]]) -> None:
            assert pace
            self.told.append(answer)

    watching = Watching()
    with Server(plain) as server, Fetcher(HERE, watching) as fetcher:
        answers = list(fetcher.many([Asked(server.address), Asked("ftp://x/y")]))
    assert watching.told == answers


def test_a_mistake_of_ours_is_raised_and_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    from cartellino.acquire.fetch import visit

    monkeypatch.setattr(visit, "parsed", lambda address: 1 / 0)
    with Fetcher(HERE) as fetcher, pytest.raises(ZeroDivisionError):
        fetcher.one(Asked("http://127.0.0.1/"))


def test_a_closed_fetcher_begins_anew() -> None:
    with Server(plain) as server:
        fetcher = Fetcher(HERE)
        assert isinstance(fetcher.one(Asked(server.address)), Got)
        fetcher.close()
        fetcher.close()
        assert isinstance(fetcher.one(Asked(server.address)), Got)
        fetcher.close()


def test_closing_calls_off_what_is_under_way() -> None:
    with Server(lambda request: Reply(wait=30)) as server:
        fetcher = Fetcher(HERE)
        asker = fetcher.many([Asked(server.address)])
        threading.Timer(0.3, fetcher.close).start()
        begun = time.monotonic()
        answer = next(asker)
        assert time.monotonic() - begun < 2
    assert isinstance(answer, Failed)
    assert not answer.lasting


def test_bodies_that_wait_hold_back_further_requests() -> None:
    body = gzip.compress(bytes(30_000_000), 1)
    site = lambda request: Reply(body, headers={"Content-Encoding": "gzip"})  # noqa: E731
    with Server(site) as server, Fetcher(HERE) as fetcher:
        answers = fetcher.many(Asked(f"{server.address}/{n}") for n in range(14))
        assert isinstance(next(answers), Got)
        time.sleep(3.5)
        assert len(server.requests) <= 5
        assert sum(isinstance(answer, Got) for answer in answers) == 13
