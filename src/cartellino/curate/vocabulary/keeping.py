"""The vocabulary that a collection keeps for a label set or field: ``labels/NAME.vocabulary.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cartellino.curate.merges import Edge, Kind, tidy
from cartellino.curate.vocabulary import table
from cartellino.curate.vocabulary.skos.addresses import of_label, of_scheme
from cartellino.curate.vocabulary.terms import Term
from cartellino.curate.vocabulary.vocabulary import Flag, Vocabulary
from cartellino.files import write_text
from cartellino.show import words

_UNFIT = re.compile(r"[^\w .-]")
_NAMED = 5  # values without a term that a remark names


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where vocabularies are kept.

    Parameters
    ----------
    folder : Path
        A collection's folder of label sets.
    """

    folder: Path

    def path(self, name: str) -> Path:
        """The file for a label set or field."""
        return self.folder / f"{_UNFIT.sub('_', name)}.vocabulary.csv"

    def get(self, name: str) -> Vocabulary | None:
        """What is kept for `name`, or None.

        Raises
        ------
        InputError
            If the table was edited and cannot be read.
        """
        path = self.path(name)
        return replace(table.read(path), name=name) if path.exists() else None

    def keep(self, vocabulary: Vocabulary, name: str) -> Vocabulary:
        """Keep a vocabulary for `name`, in the place of what was kept, and return it as it is kept.

        Terms keep their addresses: those made from another name or scheme are written out.
        """
        scheme = of_scheme(vocabulary)
        kept = Vocabulary(name, (), vocabulary.language)
        terms = vocabulary.terms
        if scheme != of_scheme(kept):
            terms = tuple(replace(term, uri=term.uri or of_label(scheme, term.label)) for term in terms)
        kept = replace(kept, terms=terms, remarks=vocabulary.remarks)
        write_text(self.path(name), table.written(kept))
        return kept


def of_classes(name: str, classes: Iterable[str], merges: Iterable[Edge] = ()) -> Vocabulary:
    """The terms of a label set, as its classes and merges tell.

    A synonym is another name of what it is merged into; a spelling and a historic term are hidden ones, for
    search alone; a part is a term within another. Merges of other kinds ('possibly X', 'X or Y') name no
    term.
    """
    terms = {tidy(label): Term(label) for label in classes}
    for edge in merges:
        for term in _terms_of(edge):
            terms[term.label] = terms[term.label].joined(term) if term.label in terms else term
    return Vocabulary(name, tuple(terms.values()))


def compared(vocabulary: Vocabulary, values: Iterable[str]) -> tuple[tuple[Flag, ...], tuple[str, ...]]:
    """What is odd about a vocabulary beside the values it is for: flags, and remarks as sentences."""
    there = [tidy(value) for value in values]
    known = {name for term in vocabulary.terms for name in term.names}
    lacking = [value for value in there if value not in known]
    remarks = list(vocabulary.remarks)
    if lacking and vocabulary.terms:
        named = words.listing([f"'{value}'" for value in lacking[:_NAMED]])
        more = " and others" if len(lacking) > _NAMED else ""
        remarks.append(f"{words.count(len(lacking), 'value')} without a term: {named}{more}.")
    return (*vocabulary.flags(), *vocabulary.unknown(there)), tuple(remarks)


def _terms_of(edge: Edge) -> tuple[Term, ...]:
    if edge.kind == Kind.SYNONYM:
        return (Term(edge.target, alternatives=(edge.source,)),)
    if edge.kind in (Kind.SPELLING, Kind.DISPLAY):
        return (Term(edge.target, hidden=(edge.source,)),)
    if edge.kind == Kind.PART_OF:
        return (Term(edge.source, broader=(edge.target,)), Term(edge.target))
    return ()
