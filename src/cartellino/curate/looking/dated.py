"""When works were made: the field that says so, and the years it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from cartellino.catalogue import Catalogue
from cartellino.catalogue.dates import years
from cartellino.show.wall_label import plain, roles

Span = tuple[int, int]

_BEGINS = ("objectbegindate", "begindate", "datebegin", "datestart", "startdate", "earliestdate", "yearfrom")
_PERHAPS = re.compile(r"date|year|century|jahr|annee|anno")
_ELSE = re.compile(
    r"accession|acqui|artist|birth|death|born|died|metadata|modif|updat|creat.*record|change|publi"
)
_MOST = 2  # a date in words, and a year that stands where there are none
_ALL_BUT = 0.9
_TRIED = 200  # values
_ENOUGH = 0.5  # of them must be dates


def date_fields(catalogue: Catalogue, told: str = "") -> tuple[str, ...]:
    """The fields that say when works were made, the better one first; two at most, and perhaps none.

    Parameters
    ----------
    catalogue : Catalogue
        Whose fields.
    told : str
        A field that a person named; otherwise it is known by its name, and by values that are dates.

    Raises
    ------
    InputError
        If there is no field `told`.
    """
    if told:
        return (catalogue.fields.resolve(told),)
    holding = (name for name in _candidates(catalogue) if _holds_dates(catalogue, name))
    return tuple(islice(holding, _MOST))


def spans(catalogue: Catalogue, fields: Sequence[str]) -> dict[int, Span]:
    """First and last year of every work with a date, by key; of several dates, from all of them.

    A field speaks for the works of which those before it say nothing.
    """
    found: dict[int, Span] = {}
    works = catalogue.works.count()
    for field in fields:
        if len(found) < _ALL_BUT * works:  # for the last few, a further pass over all rows is not worth it
            found = _in(catalogue, field) | found
    return found


def _in(catalogue: Catalogue, field: str) -> dict[int, Span]:
    known: dict[str, Span | None] = {}  # half a million works share some thousand dates
    found: dict[int, Span] = {}
    for work, value in catalogue.fields.values(field):
        if value in known:
            dated = known[value]
        else:
            dated = known[value] = years(value)
        if dated is not None:
            before = found.get(work)
            found[work] = dated if before is None else around(before, dated)
    return found


def around(one: Span, other: Span) -> Span:
    """From the first year of both to the last."""
    return min(one[0], other[0]), max(one[1], other[1])


def _candidates(catalogue: Catalogue) -> Iterator[str]:
    names = {plain(name): name for name in reversed(catalogue.fields.names())}
    known = [*roles()["year"], *_BEGINS]
    yield from (names[each] for each in known if each in names)
    others = (
        bare for bare in names if bare not in known and _PERHAPS.search(bare) and not _ELSE.search(bare)
    )
    yield from (names[bare] for bare in others)


def _holds_dates(catalogue: Catalogue, field: str) -> bool:
    tried = [value for _, value in islice(catalogue.fields.values(field), _TRIED)]
    return bool(tried) and sum(years(value) is not None for value in tried) >= _ENOUGH * len(tried)
