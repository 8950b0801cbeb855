"""Hedged values: 'possibly X', 'X (?)', 'workshop of X', 'X and workshop'."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from cartellino.curate.merges import Kind
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values

_MARKS = re.compile(r"\(\s*[,;]*\s*\)|\[\s*[,;]*\s*\]|(?<=[(\[])[\s,;]+|[\s,;]+(?=[)\],;])|^[\s,;]+|[\s,;]+$")
_BY = re.compile(r"(?i)^by\s+")


def uncertain(values: Values) -> Iterator[Proposal]:
    """'possibly X' to X."""
    for value in values.counts:
        bare = unhedged(value)
        found = values.find(bare) if bare != value else ""
        if found and found != value:
            told = f"without the hedge it is '{found}'"
            yield Proposal(value, (found,), Kind.UNCERTAIN, "uncertain attribution", told)


def after(values: Values) -> Iterator[Proposal]:
    """'after X', 'X (workshop of)' and 'X and workshop' to X."""
    for value in values.counts:
        name, phrase = _named(unhedged(value))
        found = values.find(name) if phrase else ""
        if found and found != value:
            told = f"without '{phrase}' it is '{found}'"
            yield Proposal(value, (found,), Kind.AFTER, f"'{phrase.lower()}'", told)


def unhedged(value: str) -> str:
    """A value without words of doubt and question marks."""
    bare = _patterns()["doubt"].sub(" ", value)
    if bare == value:
        return value
    bare = " ".join(bare.split())
    while (mended := _MARKS.sub("", bare)) != bare:
        bare = mended
    return _BY.sub("", bare).strip()


def hedge_words(group: str) -> tuple[str, ...]:
    """The words of one group of ``hedges.toml``."""
    return tuple(_told()[group])


def _named(value: str) -> tuple[str, str]:
    """The name in a value, and the phrase it stands behind or before; two blanks if there is none."""
    for pattern in ("before", "behind", "with"):
        if found := _patterns()[pattern].fullmatch(value):
            return found["name"].strip(), found["phrase"]
    return "", ""


@lru_cache(maxsize=1)
def _told() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("hedges.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    doubt, phrases, company = (_any(hedge_words(group)) for group in ("uncertain", "after", "with"))
    return {
        "doubt": re.compile(rf"(?i)\(\?\)|\[\?\]|\?|(?<!\w)(?:{doubt})(?!\w)"),
        "before": re.compile(rf"(?i)(?P<phrase>{phrases})\s+(?P<name>.+)"),
        "behind": re.compile(rf"(?i)(?P<name>.+?)\s*[,(\[]\s*(?P<phrase>{phrases})\s*[)\]]?"),
        "with": re.compile(rf"(?i)(?P<name>.+?),?\s+(?:and|&|und|et|e|y|en)\s+(?P<phrase>{company})"),
    }


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
