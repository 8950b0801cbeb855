"""The same words everywhere: desk, reports, terminal and pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime

_HEDGES = ((0.75, "probably"), (0.5, "perhaps"))
_CERTAIN = 0.95
_ENOUGH_FOR_TENTHS = 200  # from here on, one work weighs less than half a point
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def hedge(probability: float, calibrated: bool = True) -> str:
    """Say a probability in words, which come before the number.

    Parameters
    ----------
    probability : float
        From 0 to 1.
    calibrated : bool
        Whether it was checked against what came true; without that nothing is 'almost certain'.

    Returns
    -------
    str
        'almost certainly', 'probably', 'perhaps' or 'could be'.
    """
    if probability >= _CERTAIN and calibrated:
        return "almost certainly"
    return next((word for least, word in _HEDGES if probability >= least), "could be")


def number(value: int) -> str:
    """A whole number with its thousands apart: '2,282'."""
    return f"{value:,}"


def count(n: int, noun: str, plural: str = "") -> str:
    """So many of something: '1 work', '2,282 works', '3 categories'."""
    return f"{number(n)} {noun if n == 1 else plural or _plural(noun)}"


def percent(share: float, of: int | None = None) -> str:
    """A share in per cent, with as many digits as the works behind it bear.

    Parameters
    ----------
    share : float
        From 0 to 1; NaN is said as '–'.
    of : int, optional
        How many works it was counted on; below 200 tenths would be invented.

    Returns
    -------
    str
        '92.0 %', or '92 %' on few works. Only all is '100 %' and only none is '0 %'.
    """
    if math.isnan(share):
        return "–"
    digits = 1 if of is None or of >= _ENOUGH_FOR_TENTHS else 0
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    shown = f"{100 * share:.{digits}f}"
    if float(shown) >= 100:
        return f"over {100 - 10.0**-digits:.{digits}f} %"
    if float(shown) <= 0:
        return f"under {10.0**-digits:.{digits}f} %"
    return f"{shown} %"


def between(low: float, high: float, of: int | None = None) -> str:
    """An interval of shares: 'between 89 % and 94 %'."""
    if math.isnan(low) or math.isnan(high):
        return "unknown"
    return f"between {percent(low, of)} and {percent(high, of)}"


def span(low: float, high: float, of: int | None = None) -> str:
    """An interval of shares in a table's cell: '87.7–94.9 %'."""
    if math.isnan(low) or math.isnan(high):
        return "–"
    digits = 1 if of is None or of >= _ENOUGH_FOR_TENTHS else 0
    ends = ("100" if end == 1 else "0" if end == 0 else f"{100 * end:.{digits}f}" for end in (low, high))
    return f"{'–'.join(ends)} %"


def listing(items: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: 'a, b and c'."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def date(moment: str) -> str:
    """The day of an ISO 8601 time, as one writes it: '2 May 2025'. What is not a time is left as it is."""
    try:
        day = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment(at: str) -> str:
    """An ISO 8601 time in UTC: '2 May 2025, 14:05 UTC'. What is not a time is left as it is."""
    try:
        told = datetime.fromisoformat(at)
    except ValueError:
        return at
    if told.tzinfo is not None:
        told = told.astimezone(UTC)
    return f"{date(told.isoformat())}, {told:%H:%M} UTC"


def duration(seconds: float) -> str:
    """A stretch of time, to two units: '8 s', '2 min 05 s', '1 h 04 min'."""
    whole = math.ceil(max(0.0, seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def plain(text: str) -> str:
    """Text on one line without control characters, which a terminal or a drawing would obey."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
