"""One field, value by value: how many works have it, how many values a work has, and from when to when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from cartellino.catalogue import Catalogue
from cartellino.catalogue.dates import century, century_in_words
from cartellino.curate.looking.dated import Span, around, date_fields, spans


@dataclass(frozen=True, slots=True)
class ValueLook:
    """One value of a field.

    Parameters
    ----------
    value : str
        As written.
    works : int
        Works that have it.
    share : float
        Of the works with any value.
    cumulated : float
        Share of all values given, up to and with this one, the most frequent first.
    first, last : str
        The centuries of its earliest and latest work, in words; '' where no work is dated.
    """

    value: str
    works: int
    share: float
    cumulated: float
    first: str
    last: str


@dataclass(frozen=True)
class FieldLook:
    """What stands in a field.

    Parameters
    ----------
    name : str
        The field.
    works : int
        Works in the catalogue.
    valued : int
        Those with a value.
    values : tuple of ValueLook
        The most frequent first.
    per_work : dict of int to int
        For each number of values, from 0 up, how many works have so many.
    date_fields : tuple of str
        The fields that `first` and `last` are from.
    """

    name: str
    works: int
    valued: int
    values: tuple[ValueLook, ...]
    per_work: dict[int, int]
    date_fields: tuple[str, ...]


def look(catalogue: Catalogue, field: str, dates: str = "") -> FieldLook:
    """Look at the values of `field`; `dates` names the field that says when works were made.

    Raises
    ------
    InputError
        If there is no such field.
    """
    name = catalogue.fields.resolve(field)
    dated_by = date_fields(catalogue, dates)
    when = spans(catalogue, dated_by)
    counts, of_work, seen = Counter[str](), Counter[int](), dict[str, Span]()
    for work, value in catalogue.fields.values(name):
        counts[value] += 1
        of_work[work] += 1
        if (span := when.get(work)) is not None:
            before = seen.get(value)
            seen[value] = span if before is None else around(before, span)
    works = catalogue.works.count()
    per_work = {0: works - len(of_work)} | dict(sorted(Counter(of_work.values()).items()))
    return FieldLook(
        name, works, len(of_work), tuple(_values(counts, seen, len(of_work))), per_work, dated_by
    )


def _values(counts: Counter[str], seen: dict[str, Span], valued: int) -> Iterator[ValueLook]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    given = sum(counts.values())
    sums = accumulate(works for _, works in ranked)
    for (value, works), so_far in zip(ranked, sums, strict=True):
        first, last = (_century(year) for year in seen.get(value, (0, 0)))
        yield ValueLook(value, works, works / valued, so_far / given, first, last)


def _century(year: int) -> str:
    return century_in_words(century(year)) if year else ""
