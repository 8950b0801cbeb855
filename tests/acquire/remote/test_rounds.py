"""Rounds of asking again, which outlive a kill."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cartellino.acquire.remote.rounds import Round


@pytest.fixture
def begun(catalogue):
    def begun_(days_ago: int = 0) -> Round:
        """A round that was begun, and whose process was then killed."""
        Round(catalogue.fetches, "museum").begin()
        at = (datetime.now(UTC) - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
        with catalogue.transaction():
            catalogue.connection.execute("UPDATE fetch SET at = ?", (at,))
        return Round(catalogue.fetches, "museum")

    return begun_


def test_without_a_round_nothing_is_due(catalogue) -> None:
    one = Round(catalogue.fetches, "museum")
    one.resume()
    one.end()
    assert not one.is_due("2000-01-01T00:00:00Z")
    assert catalogue.fetches.summary() == []


def test_what_was_brought_before_a_round_is_due(catalogue) -> None:
    one = Round(catalogue.fetches, "museum")
    one.begin()
    assert one.is_due("2024-01-01T00:00:00Z")
    assert not one.is_due("2999-01-01T00:00:00Z")
    one.end()
    assert not one.is_due("2024-01-01T00:00:00Z")


def test_a_killed_round_goes_on_from_when_it_began(begun) -> None:
    one = begun(days_ago=1)
    one.begin()
    assert one.since < datetime.now(UTC).strftime("%Y-%m-%d")


def test_a_round_of_long_ago_is_begun_anew(begun) -> None:
    one = begun(days_ago=8)
    one.resume()
    assert not one.since
    one.begin()
    assert one.since >= datetime.now(UTC).strftime("%Y-%m-%d")


def test_an_ended_round_is_not_resumed(begun) -> None:
    one = begun()
    one.begin()
    one.end()
    one.resume()
    assert not one.since


def test_rounds_about_other_things_are_others(begun, catalogue) -> None:
    begun()
    other = Round(catalogue.fetches, "another museum")
    other.resume()
    assert not other.since
