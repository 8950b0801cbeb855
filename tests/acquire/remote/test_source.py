"""Records over the web: each asked for once, failures by kind, in order, and continued after a kill."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquire.web import Shop, long_ago
from cartellino.acquire.remote.answers import parsed
from cartellino.acquire.remote.source import RemoteSource, web_address
from cartellino.acquire.tables.columns import named_roles
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

pytestmark = pytest.mark.slow


class ShopSource(RemoteSource):
    """The numbers below `count`, or those told."""

    kind = "shop"

    def __init__(self, shop: Shop, numbers, **told) -> None:
        super().__init__("shop", shop.address, **told)
        self.columns = named_roles(("id", "title", "file"))
        self._numbers = numbers

    def _addresses(self):
        return [f"{self.address}/{n}" for n in self._numbers]

    def _items(self, line, address, record) -> Iterator[Work | Rejected]:
        yield Work(str(record["id"]), line, (str(record["id"]), record["title"], ""))


def told(items: list[Work | Rejected]) -> list[str]:
    return [item.id if isinstance(item, Work) else item.reason for item in items]


def known(catalogue, shop: Shop) -> dict:
    return catalogue.fetches.known([f"{shop.address}/{n}" for n in range(8)])


def test_a_second_reading_asks_for_nothing(shop, read) -> None:
    first = read(ShopSource(shop, range(8)))
    assert told(first) == [str(n) for n in range(8)]
    assert [item.line for item in first] == list(range(1, 9))
    asked = shop.asked.total()
    assert read(ShopSource(shop, range(8))) == first
    assert shop.asked.total() == asked


def test_works_come_in_order_though_answers_do_not(shop, read) -> None:
    shop.slow = {"/0": 0.4, "/5": 0.2}
    assert told(read(ShopSource(shop, range(8)))) == [str(n) for n in range(8)]


def test_what_failed_for_the_moment_is_asked_for_by_the_next_run(shop, read) -> None:
    shop.pages["/1"] = b"<html>We are busy"
    first = read(ShopSource(shop, range(3)))
    assert told(first) == ["0", "the answer is not JSON", "2"]
    assert isinstance(first[1], Rejected)
    assert (first[1].line, first[1].raw) == (2, f"{shop.address}/1")
    shop.fill(3)
    assert told(read(ShopSource(shop, range(3)))) == ["0", "1", "2"]
    assert shop.asked == {"/1": 1}


def test_what_failed_for_good_is_asked_for_again_only_when_told(shop, read) -> None:
    shop.gone = {"/1"}
    first = read(ShopSource(shop, range(3)))
    assert [type(item) for item in first] == [Work, Rejected, Work]
    shop.fill(3)
    assert read(ShopSource(shop, range(3))) == first
    assert not shop.asked
    assert told(read(ShopSource(shop, range(3), retry_failed=True))) == ["0", "1", "2"]
    assert shop.asked == {"/1": 1}


def test_a_refresh_brings_what_changed_and_is_told_what_did_not(shop, read, catalogue) -> None:
    read(ShopSource(shop, range(4)))
    long_ago(catalogue)
    shop.pages["/2"] = json.dumps({"id": 2, "title": "Renamed"}).encode()
    shop.gone = {"/3"}
    again = read(ShopSource(shop, range(4), refresh=True))
    assert [item.cells[1] for item in again[:3]] == ["No. 0", "No. 1", "Renamed"]
    assert isinstance(again[3], Rejected), "what the museum took away is no longer a work"
    assert shop.unchanged == 2


def test_a_record_that_cannot_be_had_anew_stands_with_a_remark(shop, read, catalogue) -> None:
    first = read(ShopSource(shop, range(2)))
    long_ago(catalogue)
    shop.pages["/1"] = b"[]"
    source = ShopSource(shop, range(2), refresh=True)
    assert read(source) == first
    assert [(remark.line, "stands" in remark.text) for remark in source.remarks] == [(2, True)]


def test_a_source_that_is_read_twice_is_refreshed_once(shop, read, catalogue) -> None:
    read(ShopSource(shop, range(3)))
    long_ago(catalogue)
    source = ShopSource(shop, range(3), refresh=True)
    read(source)
    asked = shop.asked.total()
    assert len(list(source.works())) == 3
    assert shop.asked.total() == asked


def test_a_refresh_that_was_killed_goes_on_where_it_was(shop, read, catalogue) -> None:
    read(ShopSource(shop, range(8)))
    long_ago(catalogue)
    read(ShopSource(shop, range(8), refresh=True), most=5)
    anew = {at for at, entry in known(catalogue, shop).items() if not entry.at.startswith("2024-01-01")}
    assert len(anew) >= 5
    hour_ago = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with catalogue.transaction():
        catalogue.connection.execute("UPDATE fetch SET at = ? WHERE kind = 'list'", (hour_ago,))
    shop.asked.clear()
    assert len(read(ShopSource(shop, range(8), refresh=True))) == 8
    assert {f"{shop.address}{path}" for path in shop.asked} == known(catalogue, shop).keys() - anew


def test_a_reading_that_was_killed_loses_only_what_was_not_noted(shop, read, catalogue) -> None:
    read(ShopSource(shop, range(8)), most=5)
    had = known(catalogue, shop).keys()
    assert len(had) >= 5
    shop.asked.clear()
    assert len(read(ShopSource(shop, range(8)))) == 8
    assert {f"{shop.address}{path}" for path in shop.asked}.isdisjoint(had)


def test_a_limit_lets_in_so_many_works(shop, read) -> None:
    shop.gone = {"/0"}
    items = read(ShopSource(shop, range(8), limit=3))
    assert told(items)[1:] == ["1", "2", "3"]


def test_many_chunks_keep_their_order_and_places(shop, read, monkeypatch) -> None:
    monkeypatch.setattr(ShopSource, "at_once", 2)
    read(ShopSource(shop, [1, 4, 5]))
    items = read(ShopSource(shop, range(7)))
    assert [(item.line, item.id) for item in items] == [(n + 1, str(n)) for n in range(7)]


def test_a_source_without_a_connection_or_address_says_so(shop) -> None:
    with pytest.raises(InputError, match="not connected"):
        next(ShopSource(shop, range(3)).works())
    with pytest.raises(InputError, match="limit"):
        ShopSource(shop, range(3), limit=0)
    with pytest.raises(InputError, match="no address on the web"):
        web_address("file:///etc/passwd")


def test_nothing_that_fits_is_an_error_with_advice(shop, read) -> None:
    with pytest.raises(InputError, match="Ask for more"):
        read(ShopSource(shop, []))


@given(st.binary(max_size=60) | st.text(max_size=30).map(lambda text: json.dumps(text).encode()))
def test_any_answer_is_a_record_or_a_reason(data: bytes) -> None:
    found = parsed(data)
    assert isinstance(found, (dict, str))
    assert found != ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" * 100_000, "not JSON"),
        (b'{"a": "\\ud800"}', "not UTF-8"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "not JSON"),
        (b"[1]", "not a record"),
    ],
)
def test_odd_answers_have_their_reason(data: bytes, reason: str) -> None:
    assert reason in str(parsed(data))


def test_the_ledger_keeps_records_apart_from_lists(shop, read, catalogue) -> None:
    read(ShopSource(shop, range(3), refresh=True))
    counted = {kind: many for kind, _, _, many in catalogue.fetches.summary()}
    assert counted == {"record": 3, "list": 1}
