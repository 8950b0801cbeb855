"""What an answer's status asks for, and how long to wait before asking again."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cartellino.acquire.fetch.trouble import Next, Trouble

TRIES = 5  # requests for one address that failed for reasons of their own
REFUSALS = 6  # requests for one address that were refused for their speed: five pauses add up to 31 seconds
OWN_REFUSALS = 3  # of those, while others were answered: then it is not the speed
_FIRST, _LONGEST = 0.5, 30.0
_MOST_WAIT = 3600.0

_SENTENCES = {
    400: "the museum does not understand the request",
    401: "the museum asks for an account",
    403: "the museum refuses it, or asks to slow down",
    404: "the museum has no such thing",
    410: "the museum has it no longer",
    429: "the museum asks to slow down",
    451: "the museum may not show it for legal reasons",
    503: "the museum is not available",
}
_SLOWER = frozenset({403, 429, 503})  # 403: what the Met answers to haste since 2025, without Retry-After
_PERHAPS = frozenset({408, 425, 500, 502, 504, *range(520, 528)})  # 52x: Cloudflare's own
REDIRECTS = frozenset({301, 302, 303, 307, 308})
FRESH = frozenset({200, 203})


def trouble_of(status: int) -> Trouble:
    """The trouble that a status stands for, if it is neither a redirect nor an answer (RFC 9110, 15)."""
    sentence = _SENTENCES.get(status, "the museum failed" if status >= 500 else "the museum does not give it")
    reason = f"{sentence} ({status})"
    if status in _SLOWER:
        return Trouble(reason, Next.SLOWER)
    if status in _PERHAPS:
        return Trouble(reason, Next.AGAIN)
    return Trouble(reason, Next.NEVER if 400 <= status < 600 else Next.LATER)


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures: exponential, with full jitter, so that askers fall apart.

    Marc Brooker, 'Exponential Backoff and Jitter', AWS Architecture Blog, 2015.
    """
    return random.uniform(0, min(_LONGEST, _FIRST * 2.0**failures))  # noqa: S311 - nothing depends on luck


def retry_after(told: str | None) -> float:
    """Seconds that ``Retry-After`` asks for, as a number or a date (RFC 9110, 10.2.3); 0 if it is neither."""
    told = (told or "").strip()
    if told.isascii() and told.isdigit():
        return min(_MOST_WAIT, float(told[:9]))
    try:
        date = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return min(_MOST_WAIT, max(0.0, (date - datetime.now(UTC)).total_seconds()))
