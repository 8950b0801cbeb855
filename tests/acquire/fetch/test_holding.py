from __future__ import annotations

import asyncio

import pytest

from cartellino.acquire.fetch import holding
from cartellino.acquire.fetch.asked import Asked, Failed, Got


def got(size: int) -> Got:
    return Got(Asked("http://x/"), bytes(size), True, "", "", "", 1, False)


def test_there_is_room_again_once_answers_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "_MOST", 100)

    async def check() -> None:
        held = holding.Holding()
        await held.room()
        held.take(got(80))
        held.take(Failed(Asked("http://x/"), "no", True, 1))
        await held.room()
        held.take(got(80))
        assert held.is_full
        waiting = asyncio.create_task(held.room())
        await asyncio.sleep(0)
        assert not waiting.done()
        held.let_go(got(80))
        await asyncio.wait_for(waiting, 1)

    asyncio.run(check())
