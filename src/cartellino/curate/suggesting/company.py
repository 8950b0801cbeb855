"""Values that keep company: where works have several, one that nearly always stands with a wider one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, permutations
from operator import itemgetter

from cartellino.curate.merges import Kind, tidy
from cartellino.curate.sensitive import is_sensitive
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values

_FEWEST = 10  # works of the narrower value: company on fewer is chance
_WIDER = 2  # the wider value has so many times the works
_SHARE = 0.8  # of the narrower value's works are with the wider, at least, with 95 % confidence
_LIFT = 3  # times as often as among all works
_MOST = 40  # values of one work: whoever lists more lists everything
_Z = 1.645  # one-sided 95 %


def companions(values: Values, together: Iterable[tuple[int, str]]) -> Iterator[Proposal]:
    """Proposals from (work, value) pairs, ordered by work.

    Company is no proof of a hierarchy ('Halos' stand with 'Saints', and are no part of them): such
    proposals are trusted least and stand last; none leads to a label about a person shown.
    """
    works, of, pairs = _count(values, together)
    wider: dict[str, list[str]] = {}
    for (one, other), both in pairs.items():
        if _goes_with(of[one], of[other], both, works) and not is_sensitive(other):
            wider.setdefault(one, []).append(other)
    for one, others in wider.items():
        best = min(others, key=lambda other: (of[other], other))
        told = (
            f"{pairs[one, best]:,} of its {of[one]:,} works have '{best}' too: a part of it, or its company?"
        )
        yield Proposal(one, (best,), Kind.PART_OF, "nearly always together", told, 0.1)


def _count(
    values: Values, together: Iterable[tuple[int, str]]
) -> tuple[int, Counter[str], Counter[tuple[str, str]]]:
    """How many works there are, how many have each frequent value, and each two of them."""
    works, of, pairs = 0, Counter[str](), Counter[tuple[str, str]]()
    for _, found in groupby(together, key=itemgetter(0)):
        works += 1
        mine = sorted({tidy(value) for _, value in found})
        frequent = [value for value in mine if values.works(value) >= _FEWEST]
        of.update(frequent)
        if len(frequent) > 1 and len(mine) <= _MOST:
            pairs.update(permutations(frequent, 2))
    return works, of, pairs


def _goes_with(one: int, other: int, both: int, works: int) -> bool:
    if one < _FEWEST or other < _WIDER * one:
        return False
    return _at_least(both, one) >= _SHARE and both * works >= _LIFT * one * other


def _at_least(hits: int, of: int) -> float:
    """The lower end of a share's interval (Wilson, 1927)."""
    share, z2 = hits / of, _Z * _Z
    middle = share + z2 / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return (middle - spread) / (1 + z2 / of)
