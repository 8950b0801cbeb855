"""What a host asks of robots: robots.txt (RFC 9309), and ``X-Robots-Tag`` on machine learning.

The standard library's parser is older than the RFC: it takes the first rule that fits instead of the longest,
and knows no ``*`` and ``$``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

NAME = "cartellino"
MOST_BYTES = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are to be read
_NO_LEARNING = {"noai", "noimageai"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One path that is allowed or not; the longer the pattern, the more it counts."""

    allows: bool
    pattern: str

    def fits(self, path: str) -> bool:
        """Whether it speaks of `path`."""
        parts = re.escape(self.pattern.removesuffix("$")).replace(r"\*", ".*")
        end = r"\Z" if self.pattern.endswith("$") else ""
        return re.match(parts + end, path, re.DOTALL) is not None


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that are meant for us."""

    rules: tuple[Rule, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether `path` (with its query) may be fetched; where rules are equally long, it may (2.2.2)."""
        path = unquote(path)
        fitting = [(len(rule.pattern), rule.allows) for rule in self.rules if rule.fits(path)]
        return path == "/robots.txt" or not fitting or max(fitting)[1]


def read(text: str) -> Robots:
    """The rules of a robots.txt: those of the groups that name us, or of those for everyone."""
    ours: list[Rule] = []
    everyones: list[Rule] = []
    named = False
    group: list[list[Rule]] = []
    in_rules = True
    for field, value in _lines(text):
        if field == "user-agent":
            if in_rules:
                group, in_rules = [], False
            agent = value.lower().split("/")[0].strip()
            if agent == NAME:
                named = True
                group.append(ours)
            elif agent == "*":
                group.append(everyones)
        elif field in ("allow", "disallow"):
            in_rules = True
            if value:  # an empty rule says nothing
                for rules in group:
                    rules.append(Rule(field == "allow", unquote(value)))
    return Robots(tuple(ours if named else everyones))


def _lines(text: str) -> Iterable[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def forbids_learning(tags: Iterable[str]) -> bool:
    """Whether ``X-Robots-Tag`` headers hold ``noai`` or ``noimageai``, for everyone or for us by name."""
    for tag in tags:
        whom = ""
        for part in tag.lower().split(","):
            name, colon, rule = part.partition(":")
            if colon:
                whom, part = name.strip(), rule
            if part.strip() in _NO_LEARNING and whom in ("", "*", NAME):
                return True
    return False
