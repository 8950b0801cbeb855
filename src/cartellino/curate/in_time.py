"""Splits in time: what was catalogued, acquired or made before a year learns, the rest examines."""

from __future__ import annotations

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.catalogue.dates import years
from cartellino.curate.pairs import Column, Pairs
from cartellino.curate.rules import SplitAt


def late_works(catalogue: Catalogue, rule: SplitAt) -> Column:
    """Works with a date in the rule's year or later, ascending; of several dates the earliest counts."""
    works, first = _first_years(catalogue, rule)
    return works[first >= rule.year]


def dated_works(catalogue: Catalogue, rule: SplitAt) -> Column:
    """Works with a date in the rule's field, ascending."""
    return _first_years(catalogue, rule)[0]


def _first_years(catalogue: Catalogue, rule: SplitAt) -> tuple[Column, Column]:
    pairs = Pairs.of(catalogue.fields.values(rule.field))
    dated = pairs.where(pairs.holding(lambda value: years(value) is not None))
    year_of = np.array([(years(name) or (0, 0))[0] for name in dated.names], dtype=np.int64)
    works, place = np.unique(dated.works, return_inverse=True)
    first = np.full(len(works), np.iinfo(np.int64).max)
    if len(works):
        np.minimum.at(first, place, year_of[dated.codes])
    return works, first
