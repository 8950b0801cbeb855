"""Years in the words of a museum: 'ca. 2649–2130 B.C.', 'late 19th century', '1830s', '1835–40'.

Years before Christ are negative and there is no year 0, as in the Met's own begin and end dates (-2649 for
2649 B.C.). Circa does not widen a date: by how much is a curator's judgement. 'Before' and 'after' bound one
side only and are no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LATEST = 2200  # beyond it stands a slip of the pen (153505) or a code (9999)
_ERA_BEFORE = r"(?:(?P<{0}ad>a\.?\s?d\.?|c\.?e\.?)\s+)?"
_ERA_AFTER = r"(?:\s*(?:(?P<{0}bc>b\.?\s?c\.?(?:\s?e\.?)?)|(?P<{0}ad2>a\.?\s?d\.?|c\.?\s?e\.?))(?![a-z]))?"
_QUALIFIER = (
    r"(?:(?P<{0}share>early|mid(?:dle)?|late|(?:first|1st|second|2nd|third|3rd|fourth|4th|last)\s+(?:half|third|quarter))"
    r"[\s-]+(?:of\s+)?(?:the\s+)?)?"
)
_END = (
    _ERA_BEFORE
    + _QUALIFIER
    + r"(?:(?:ca?\.|circa|about|around)\s*)?(?P<{0}number>\d{{1,4}})(?!\d)(?:(?P<{0}decade>'?s)\b"
    r"|(?P<{0}ordinal>st|nd|rd|th)(?:[\s-]+(?P<{0}unit>century|centuries|cent\.?|c\.|millennium|mill\.?))?)?"
    + _ERA_AFTER
)
_RANGE = re.compile(
    r"(?<![\w.])"
    + _END.format("a")
    + r"(?:\s*(?:-|/|\bto\b|\bor\b|\band\b|\bthrough\b)\s*"
    + _END.format("b")
    + r")?",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"(?<=\d)[\[(](\d{1,2})\??[\])]")  # '186[3?]'
_PLAIN = re.compile(r"-?\d{1,4}$")
_OPEN = re.compile(
    r"\b(?:before|after|since|until|till|by|post|ante|from)\s+(?:ca?\.\s*)?(?:a\.?d\.?\s*)?$", re.IGNORECASE
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_SPANS = {"century": 100, "millennium": 1000}


@dataclass(frozen=True, slots=True)
class _End:
    """One side of a range as written."""

    number: str
    decade: bool
    ordinal: bool
    unit: str
    share: str
    era: str  # 'bc', 'ad' or ''


def years(text: str) -> tuple[int, int] | None:
    """The first and last year of the first date in `text`; None if it holds none that is sure.

    Parameters
    ----------
    text : str
        A date as a museum writes it, in English or in figures.

    Returns
    -------
    tuple of (int, int) or None
        Years before Christ negative, none of them 0, the first not after the last.

    Examples
    --------
    >>> years("ca. 2649–2130 B.C.")
    (-2649, -2130)
    >>> years("late 19th century")
    (1867, 1900)
    """
    plain = _DOUBTFUL.sub(r"\1", " ".join(text.translate(_DASHES).split()))
    if _PLAIN.match(plain):
        return _checked((int(plain), int(plain)))
    for match in _RANGE.finditer(plain):
        if _OPEN.search(plain, 0, match.start()):
            return None
        if found := _range(_end(match, "a"), _end(match, "b")):
            return found
    return None


def century(year: int) -> int:
    """The century a year lies in; they count from 1 and from -1, for there is no year 0."""
    return (year + 99) // 100 if year > 0 else -((-year + 99) // 100)


def century_in_words(century: int, *, short: bool = False) -> str:
    """A century as one writes it: '17th century', '3rd century BC'; short: '17th', '3rd BC'."""
    number = abs(century)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}{'' if short else ' century'}{' BC' if century < 0 else ''}"


def _end(match: re.Match[str], side: str) -> _End | None:
    told = {name[1:]: value for name, value in match.groupdict().items() if name.startswith(side)}
    if told["number"] is None:
        return None
    era = "bc" if told["bc"] else "ad" if told["ad"] or told["ad2"] else ""
    unit = (told["unit"] or "").lower()
    return _End(
        told["number"],
        bool(told["decade"]),
        bool(told["ordinal"]),
        "millennium" if unit.startswith("m") else "century" if unit else "",
        (told["share"] or "").lower(),
        era,
    )


def _range(first: _End | None, last: _End | None) -> tuple[int, int] | None:
    if first is None:
        return None
    alone = _span(first, first.era or "ad", first.unit)
    if last is None:
        return _checked(alone) if _sure(first) else None
    begin = _span(first, first.era or last.era or "ad", first.unit or last.unit)
    end = _span(_completed(last, first), last.era or "ad", last.unit or first.unit)
    if begin is None or end is None or not (_sure(first) or _sure(last)):
        return _checked(alone) if _sure(first) else None
    if end[1] < begin[0] and not last.unit and not last.era:  # '1835-06' is a month, not a range
        return _checked(alone) if _sure(first) else None
    return _checked((min(begin[0], end[0]), max(begin[1], end[1])))


def _sure(end: _End) -> bool:
    """Whether a number alone is a year: three digits or more, or an era, a century or a decade with it."""
    return bool(end.unit or end.era or (len(end.number) >= 3 and not end.ordinal))


def _completed(last: _End, first: _End) -> _End:
    """'1835-40' stands for 1835-1840."""
    short = len(first.number) - len(last.number)
    if short <= 0 or last.ordinal or last.era == "bc" or first.era:
        return last
    return _End(
        first.number[:short] + last.number, last.decade or first.decade, False, "", last.share, last.era
    )


def _span(end: _End, era: str, unit: str) -> tuple[int, int] | None:
    number = int(end.number)
    if end.ordinal:
        if unit not in _SPANS or not number:
            return None
        length = _SPANS[unit]
        span = (
            (-number * length, -(number - 1) * length - 1)
            if era == "bc"
            else ((number - 1) * length + 1, number * length)
        )
    elif end.decade:
        length = 10 if number % 100 else 100  # the 1800s are a century
        span = (-number - length + 1, -number) if era == "bc" else (number, number + length - 1)
    else:
        span = (-number, -number) if era == "bc" else (number, number)
    return _share(span, end.share)


def _share(span: tuple[int, int], share: str) -> tuple[int, int]:
    """The part of a span that 'second half' or 'last quarter' leaves; early, mid and late are thirds."""
    if not share or span[0] == span[1]:
        return span
    which, _, of = share.partition(" ")
    count = {"half": 2, "quarter": 4}.get(of.strip(), 3)
    place = {
        "first": 1,
        "1st": 1,
        "second": 2,
        "2nd": 2,
        "third": 3,
        "3rd": 3,
        "fourth": 4,
        "4th": 4,
        "early": 1,
    }.get(which, 2 if which.startswith("mid") else count)
    length = span[1] - span[0] + 1
    return span[0] + length * (place - 1) // count, span[0] + length * min(place, count) // count - 1


def _checked(span: tuple[int, int] | None) -> tuple[int, int] | None:
    if span is None or 0 in span or span[1] > _LATEST:
        return None
    return span
