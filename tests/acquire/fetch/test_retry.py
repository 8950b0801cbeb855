from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.fetch.retry import backoff, retry_after, trouble_of
from cartellino.acquire.fetch.trouble import Next


@pytest.mark.parametrize("status", [400, 401, 404, 405, 410, 414, 451, 501])
def test_what_cannot_help_is_not_tried(status: int) -> None:
    assert trouble_of(status).then is Next.NEVER


@pytest.mark.parametrize("status", [408, 500, 502, 504, 522])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert trouble_of(status).then is Next.AGAIN


@pytest.mark.parametrize("status", [403, 429, 503])
def test_haste_is_answered_by_patience(status: int) -> None:
    assert trouble_of(status).then is Next.SLOWER


@given(st.integers(100, 999))
def test_every_status_is_said_with_its_number(status: int) -> None:
    assert trouble_of(status).reason.endswith(f"({status})")


def test_retry_after_in_seconds_and_as_a_date() -> None:
    assert retry_after("120") == 120
    date = datetime.now(UTC) + timedelta(seconds=90)
    assert 88 <= retry_after(format_datetime(date, usegmt=True)) <= 90
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after("999999999999") == 3600


@given(st.none() | st.text())
def test_nonsense_asks_for_nothing(told: str | None) -> None:
    assert 0 <= retry_after(told) <= 3600


@given(st.integers(0, 50))
def test_waits_grow_within_bounds(failures: int) -> None:
    assert 0 <= backoff(failures) <= min(30, 0.5 * 2.0**failures)
