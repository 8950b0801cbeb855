"""Ids in the museum's own data: columns that stand beside a field, value by value, and hold its terms' ids.

The Met writes 'Tags' beside 'Tags AAT URL' and 'Tags Wikidata URL'; its records, 'tags' beside 'tags AAT',
and 'artistDisplayName' beside 'artistULAN_URL'. Such a column is known by its name: what precedes the name
of the scheme is what the field is called, or its beginning.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cartellino.catalogue import Catalogue
from cartellino.catalogue.beside import side_by_side
from cartellino.catalogue.names import folded
from cartellino.curate.merges import tidy
from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, identified, problem, short
from cartellino.curate.vocabulary.terms import Term
from cartellino.curate.vocabulary.vocabulary import Vocabulary
from cartellino.show import words

_COMPANION = re.compile(rf"(.*?)s?({'|'.join(SCHEMES)})(?:url|uri|id|link|number|nr)?s?")
_NAMING = ("", "name", "displayname", "term", "label", "alphasort")
_AGREE = (
    0.8  # share of values with one id, from which on a column is about the values and not about the works
)
_NAMED = 5  # malformed entries that a remark shows

Ids = Counter[tuple[str, str]]  # (scheme, address)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What stands beside a field.

    Parameters
    ----------
    vocabulary : Vocabulary
        The field's values with their ids; every id that was found, also where they contradict each other. Its
        remarks tell the counts behind each contradiction, and what was passed over.
    columns : tuple of str
        The columns that were read.
    """

    vocabulary: Vocabulary
    columns: tuple[str, ...]


def gather(catalogue: Catalogue, field: str) -> Gathered:
    """Gather the ids of a field's values from the columns beside it.

    Values without an id become terms too, so that the table can be filled in. A row in which the columns
    hold different numbers of values is passed over and counted; a text that is no id ('(not assigned)') is
    not taken as one, and counted too.

    Raises
    ------
    InputError
        If there is no such field.
    """
    name = catalogue.fields.resolve(field)
    ids: dict[str, Ids] = {tidy(value): Counter() for value, _ in catalogue.fields.counts(name)}
    remarks: list[str] = []
    read: list[str] = []
    for column, scheme in companions(catalogue.fields.names(), name):
        found = _Beside(catalogue, name, column, scheme)
        if found.fits:
            read.append(column)
            remarks += found.remarks()
            for value, counted in found.ids.items():
                ids.setdefault(value, Counter()).update(counted)
        elif found.ids:
            remarks.append(f"'{column}' tells of works, not of the values of '{name}', and was not read.")
    remarks += [told for value, counted in sorted(ids.items()) for told in _conflicts(value, counted)]
    terms = tuple(Term(value, _by_scheme(counted)) for value, counted in ids.items() if value)
    return Gathered(Vocabulary(name, terms, remarks=tuple(remarks)), tuple(read))


def companions(names: Iterable[str], field: str) -> Iterator[tuple[str, str]]:
    """(column, scheme) of the columns that, by their names, hold ids of the values of `field`."""
    own = _bare(field)
    for name in names:
        found = _COMPANION.fullmatch(_bare(name))
        if found and own != _bare(name) and own in _forms(found[1]):
            yield name, found[2]


def _forms(stem: str) -> set[str]:
    """What a field may be called whose ids stand in a column that begins with `stem`."""
    return {plural + naming for plural in (stem, f"{stem}s") for naming in _NAMING} if stem else set()


class _Beside:
    """The pairs of a field and one column of ids."""

    def __init__(self, catalogue: Catalogue, field: str, column: str, scheme: str) -> None:
        self.column, self.scheme = column, scheme
        self.ids: dict[str, Ids] = defaultdict(Counter)
        self._odd, self._malformed = 0, Counter[str]()
        for values, told in side_by_side(catalogue.database, (field, column)):
            if told and len(values) != len(told):
                self._odd += 1
                continue
            for value, entry in zip(values, told, strict=False):
                self._pair(tidy(value), entry)

    def _pair(self, value: str, entry: str) -> None:
        if not value or not entry:
            return
        scheme, address = identified(entry, self.scheme)
        if problem(scheme, address):
            self._malformed[entry] += 1
        else:
            self.ids[value][scheme, address] += 1

    @property
    def fits(self) -> bool:
        """Whether a value mostly stands beside one id: else the ids are those of the works."""
        several = [counted for counted in self.ids.values() if counted.total() > 1]
        agreeing = sum(counted.most_common(1)[0][1] for counted in several)
        return bool(self.ids) and agreeing >= _AGREE * sum(counted.total() for counted in several)

    def remarks(self) -> Iterator[str]:
        if self._odd:
            rows = words.count(self._odd, "row")
            yield f"Passed over: {rows} with more or fewer values than ids in '{self.column}'."
        if self._malformed:
            most = [f"'{entry}' ({times:,})" for entry, times in self._malformed.most_common(_NAMED)]
            more = len(self._malformed) - len(most)
            rest = f", and {words.number(more)} more" if more else ""
            yield f"'{self.column}' holds what is no id: {', '.join(most)}{rest}."


def _conflicts(value: str, counted: Ids) -> Iterator[str]:
    for scheme, found in _split(counted).items():
        if len(found) > 1 and scheme != OTHER:
            told = ", ".join(
                f"{short(scheme, address)} ({words.count(times, 'time')})" for address, times in found
            )
            yield f"'{value}' stands beside several ids of {SCHEMES[scheme].title}: {told}."


def _split(counted: Ids) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for (scheme, address), times in counted.most_common():
        found.setdefault(scheme, []).append((address, times))
    return found


def _by_scheme(counted: Ids) -> Mapping[str, tuple[str, ...]]:
    return {scheme: tuple(address for address, _ in found) for scheme, found in _split(counted).items()}


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, folded(name)))
