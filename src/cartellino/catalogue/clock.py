"""The time that is written into the catalogue."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The current time in UTC, to the second (ISO 8601)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
