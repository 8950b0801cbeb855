"""Two names in one value: 'Dutch or Flemish' to both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cartellino.curate.merges import Kind
from cartellino.curate.suggesting.hedges import hedge_words, unhedged
from cartellino.curate.suggesting.places import wider
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values
from cartellino.show import words


def either(values: Values) -> Iterator[Proposal]:
    """'X or Y', 'X and Y' and 'X/Y' to both, where each is a value of the field or lies within one."""
    for value in values.counts:
        bare = unhedged(value)
        parts = joint().split(bare)
        if len(parts) > 1 and ";" not in value:
            found = tuple(dict.fromkeys(_settled(values, parts, listed=bool(_serial().search(bare)))))
            if len(found) > 1 and value not in found and _side_by_side(found):
                told = words.listing([f"'{each}'" for each in found])
                yield Proposal(value, found, Kind.EITHER, "either, or both", f"{told} are values themselves")


def _settled(values: Values, parts: list[str], listed: bool) -> Iterator[str]:
    """The value of each part, '' where there is none; `listed` if a comma stands before 'or'."""
    pieces = [values.find(piece) for piece in parts[0].split(",")]
    if len(pieces) > 1 and (listed or any(pieces[1:])) and not values.find(parts[0]):  # 'X, Y or Z'
        yield from pieces
        yield from (values.find(part) for part in parts[1:])
        return
    head = parts[0].rpartition(",")[0]
    for place, part in enumerate(parts):
        yield _one(values, part, head if place else "")


def _one(values: Values, part: str, head: str) -> str:
    """The value of a part; 'Nuremberg' in 'German, Augsburg or Nuremberg' is 'German, Nuremberg'."""
    written = [part, f"{head}, {part}"] if head else [part]
    return next(filter(None, map(values.find, written)), "") or next(
        filter(None, (wider(values, text)[0] for text in written)), ""
    )


def _side_by_side(found: tuple[str, ...]) -> bool:
    """Whether none is missing, and none begins another: 'Gold' or 'Gold, silver' is no choice."""
    return all(
        one and not other.startswith((f"{one},", f"{one} ("))
        for one in found
        for other in found
        if one != other
    )


@lru_cache(maxsize=1)
def joint() -> re.Pattern[str]:
    """What stands between two names."""
    return re.compile(rf"(?i),?\s+(?:{_words()})\s+|\s*/\s*")


@lru_cache(maxsize=1)
def _serial() -> re.Pattern[str]:
    return re.compile(rf"(?i),\s+(?:{_words()})\s")


def _words() -> str:
    return "|".join(re.escape(word) for word in hedge_words("either"))
