"""Values within others: 'Italian, Milan' in 'Italian', 'India (Rajasthan, Mewar)' in 'India (Rajasthan)'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cartellino.curate.merges import Kind, tidy
from cartellino.curate.suggesting.hedges import unhedged
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values

_SEPARATOR = re.compile(r"\s*(?:[,;:>(\[]|--|\s[-–—]\s)\s*")
_DIVISION = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PIECES = re.compile(r"(?i),|\b(?:or|oder|ou)\b")
_CHOICE = re.compile(r"(?i)\b(?:or|oder|ou)\b")


def within(values: Values) -> Iterator[Proposal]:
    """A value towards the longest beginning of it that is a value too, of which it then is a part."""
    divided = _divided(values)
    for value in values.counts:
        bare = unhedged(value)
        found, rest = wider(values, bare)
        if not found:
            found, rest = _division(values, bare, divided)
        if found and found != value and not _lists(values, rest):
            doubtful = bare != value and not value.startswith(found)
            kind = Kind.UNCERTAIN if doubtful else Kind.PART_OF
            reason = "uncertain attribution" if doubtful else "place or division within"
            yield Proposal(value, (found,), kind, reason, _told(values, found, rest), 0.9)


def wider(values: Values, text: str) -> tuple[str, str]:
    """The narrowest value that `text` begins with, up to a comma, bracket or dash, and what follows.

    In 'British, Birmingham, Warwickshire' the town may be left out as well as the county. Two blanks if there
    is none.
    """
    found = [(values.find(shorter), rest) for shorter, rest in _shorter(text)]
    there = [(value, rest) for value, rest in found if value]
    return max(there, key=lambda each: len(each[0]), default=("", ""))


def _shorter(text: str) -> Iterator[tuple[str, str]]:
    for mark in _SEPARATOR.finditer(text):
        head, rest = text[: mark.start()], text[mark.end() :]
        if _LETTERS.search(head) and rest:
            yield _closed(head), rest
            if mark[0].strip() == "," and "," in rest:
                yield f"{head}, {rest.rpartition(',')[2].strip()}", rest.rpartition(",")[0]


def _divided(values: Values) -> Counter[str]:
    """How many values begin so up to a hyphen: one ('Chelsea-Derby') is a name, several are divisions."""
    return Counter(value[: mark.start()] for value in values.counts for mark in _DIVISION.finditer(value))


def _division(values: Values, text: str, divided: Counter[str]) -> tuple[str, str]:
    """'Idiophone-Struck' for 'Idiophone-Struck-bell', if there are several such."""
    for mark in reversed(list(_DIVISION.finditer(text))):
        head, rest = text[: mark.start()], text[mark.end() :]
        is_name = not rest[0].isupper() and "-" not in head  # 'Wood-cut' is no part of 'Wood'
        if divided[head] > 1 and not is_name and (found := values.find(head)):
            return found, rest
    return "", ""


def _lists(values: Values, rest: str) -> bool:
    """Whether what follows is a choice among values ('Mali, Guinea or the Senegambia'), not a place."""
    return bool(_CHOICE.search(rest)) and any(map(values.find, _PIECES.split(rest)))


def _closed(head: str) -> str:
    """`head` with the brackets closed that it opens."""
    return tidy(head) + ")" * max(0, head.count("(") - head.count(")"))


def _told(values: Values, found: str, rest: str) -> str:
    tail = values.find(rest.strip(" )]"))
    if tail and tail != found:
        return f"it begins with '{found}'; '{tail}' is a value too, so that 'either' may be meant"
    return f"it begins with '{found}'"
