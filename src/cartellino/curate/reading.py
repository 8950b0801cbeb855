"""Reading: what the museum wrote of each work, as a label set understands it, before anything is merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.catalogue.dates import century, century_in_words, years
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.merges import tidy
from cartellino.curate.pairs import Column, Pairs, distinct, rows_of
from cartellino.curate.rules import Join
from cartellino.curate.small import small_table
from cartellino.errors import LabelError

# What cataloguers write where nothing is known; compared in any case of letters.
UNKNOWN_VALUES = ("unknown", "unidentified", "not known", "n/a", "?", "-", "–", "—")


@dataclass(frozen=True)
class Written:
    """What the museum wrote.

    Parameters
    ----------
    pairs : Pairs
        Works and their values.
    unknown : ndarray of int64
        Works of which nothing is said but that it is unknown, ascending.
    left_out : dict of str to ndarray of int64
        Works that lost their last value on the way, by reason.
    """

    pairs: Pairs
    unknown: Column
    left_out: dict[str, Column]

    def followed(self, what: Callable[[str], Sequence[str]], reason: str) -> Written:
        """The same with every value replaced by what it stands for; works left with none are counted."""
        after = self.pairs.becoming(what)
        lost = distinct(self.pairs.works)
        lost = lost[rows_of(distinct(after.works), lost) < 0]
        left_out = {**self.left_out, reason: lost} if len(lost) else self.left_out
        return replace(self, pairs=after, left_out=left_out)


def written(catalogue: Catalogue, rules: LabelDefinition, folder: Path | None = None) -> Written:
    """What the museum wrote in the fields of a definition, read as it asks.

    Parameters
    ----------
    catalogue : Catalogue
        Where the values stand.
    rules : LabelDefinition
        Fields, in the order in which they are asked, and how their values are read.
    folder : Path, optional
        Where a joined table lies, if it is not written with its whole path.

    Raises
    ------
    InputError
        If there is no such field, or the joined table cannot be read.
    LabelError
        If no value of a field is a date, though centuries are asked for.
    """
    read = spoken(catalogue, rules)
    if rules.read == "centuries":
        read = read.followed(centuries, "its date cannot be read, or spans several centuries")
        if len(read.pairs.works) == 0:
            raise LabelError(
                f"no value of '{rules.field}' is a date", rules.place, "Name a field that holds dates."
            )
    if rules.join is not None:
        table = joined(rules.join, folder)
        read = read.followed(
            lambda value: table.get(tidy(value), ()),
            f"its '{rules.field}' is not in {Path(rules.join.table).name}",
        )
    return read


def spoken(catalogue: Catalogue, rules: LabelDefinition) -> Written:
    """The values of the first field that says anything of a work; saying that nothing is known is not one."""
    marks = {mark.casefold() for mark in unknown_values(rules)}
    pairs, unknown = Pairs.of(()), np.zeros(0, np.int64)
    for field in rules.all_fields:
        told = Pairs.of(catalogue.fields.values(field))
        told = told.where(rows_of(distinct(pairs.works), told.works) < 0)
        telling = ~told.holding(lambda value: value.strip().casefold() in marks)
        pairs = pairs.and_(told.where(telling))
        unknown = np.union1d(unknown, told.works)
    known = distinct(pairs.works)
    return Written(pairs, unknown[rows_of(known, unknown) < 0], {})


def unknown_values(rules: LabelDefinition) -> tuple[str, ...]:
    """The values that say that nothing is known."""
    return UNKNOWN_VALUES if rules.unknown_values is None else rules.unknown_values


def centuries(date: str) -> tuple[str, ...]:
    """The century a date lies in, in words; none if it has none or lies in several.

    Examples
    --------
    >>> centuries("ca. 1635–40")
    ('17th century',)
    >>> centuries("-300")
    ('3rd century BC',)
    """
    dated = years(date)
    if dated is None:
        return ()
    first, last = (century(year) for year in dated)
    return (century_in_words(first),) if first == last else ()


def joined(join: Join, folder: Path | None = None) -> Mapping[str, tuple[str, ...]]:
    """What another table says of each value: tidy value to values, in the table's order.

    Raises
    ------
    InputError
        If the table is missing, is not in UTF-8, or lacks a column.
    """
    said: dict[str, dict[str, None]] = {}
    path = (folder or Path()) / join.table
    for _, row in small_table(path, "joined table", (join.key, join.value)).rows:
        cell = row.get(join.value.casefold(), "")
        values = cell.split(join.separator) if join.separator else [cell]
        told = said.setdefault(tidy(row[join.key.casefold()]), {})
        told.update(dict.fromkeys(filter(None, map(tidy, values))))
    return {key: tuple(values) for key, values in said.items()}
