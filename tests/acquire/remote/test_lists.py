"""What a museum says it has."""

from __future__ import annotations

import json

import pytest

from cartellino.acquire.fetch.asked import Failed
from cartellino.acquire.remote.lists import Lists
from cartellino.acquire.source import Remarks
from cartellino.errors import InputError


@pytest.fixture
def remarks() -> Remarks:
    return Remarks()


@pytest.fixture
def lists(fetcher, catalogue, remarks) -> Lists:
    return Lists(fetcher, catalogue.fetches, remarks)


@pytest.fixture
def address(shop) -> str:
    return f"{shop.address}/0"


def test_a_list_is_asked_for_every_time(shop, lists, address) -> None:
    assert lists.had(address)["title"] == "No. 0"
    shop.pages["/0"] = json.dumps({"title": "Grown"}).encode()
    assert lists.had(address) == {"title": "Grown"}


def test_a_list_that_did_not_change_is_not_sent_again(shop, lists, address) -> None:
    assert lists.had(address) == lists.had(address)
    assert shop.unchanged == 1


def test_an_earlier_list_stands_with_a_remark_while_there_is_no_answer(shop, lists, remarks, address) -> None:
    first = lists.had(address)
    assert not list(remarks)
    shop.pages["/0"] = b"<html>We are busy"
    assert lists.had(address) == first
    assert ["an earlier list stands" in remark.text for remark in remarks] == [True]


def test_a_list_that_is_gone_does_not_stand(shop, lists, address) -> None:
    lists.had(address)
    shop.gone = {"/0"}
    assert isinstance(lists.asked(address), Failed)
    with pytest.raises(InputError, match="cannot be had"):
        lists.had(address)


def test_who_asks_is_told_of_a_change_before_it_is_kept(shop, lists, catalogue, address) -> None:
    seen = []

    def changed(found) -> None:
        seen.append((found["title"], catalogue.fetches.bodies([address])))

    lists.had(address, changed)
    lists.had(address, changed)
    shop.pages["/0"] = json.dumps({"title": "Grown"}).encode()
    lists.had(address, changed)
    assert [title for title, _ in seen] == ["No. 0", "Grown"]
    assert b"No. 0" in seen[1][1][address]
