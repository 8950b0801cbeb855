"""Vocabularies: terms, what is odd about them, and the hierarchy they form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from cartellino.curate.merges import Edge, Kind, tidy
from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, is_address, problem, short
from cartellino.curate.vocabulary.terms import Term
from cartellino.errors import LabelError

_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")  # a tag of BCP 47, in small letters


@dataclass(frozen=True, slots=True)
class Flag:
    """Something odd about a term, as a sentence for a person."""

    label: str
    words: str

    def __str__(self) -> str:
        return f"'{self.label}': {self.words}"


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a field or label set.

    Parameters
    ----------
    name : str
        What it is called (the title of its ConceptScheme).
    terms : tuple of Term
        Each label once; kept in the order of labels.
    language : str
        The language of its names, as a tag of BCP 47.
    uri : str
        Its own address, where it has one; else it is made from the name.
    remarks : tuple of str
        What a person should know about how it was read; no part of it.

    Raises
    ------
    LabelError
        If a label or address stands twice, or the language is no tag.
    """

    name: str
    terms: tuple[Term, ...] = ()
    language: str = "en"
    uri: str = ""
    remarks: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", tidy(self.name))
        object.__setattr__(self, "terms", tuple(sorted(self.terms, key=lambda term: term.label)))
        object.__setattr__(self, "language", self.language.strip().lower())
        where = f"vocabulary '{self.name}'"
        if not self.name:
            raise LabelError("a vocabulary has no name", "", "Give it one.")
        if not _LANGUAGE.fullmatch(self.language):
            raise LabelError(f"'{self.language}' is no language", where, "Use a tag such as en, de or pt-br.")
        if self.uri and not is_address(self.uri):
            raise LabelError(f"'{self.uri}' is no address", where, "An address begins with http:// or urn:.")
        for what in ("label", "uri"):
            seen = Counter(getattr(term, what) for term in self.terms)
            twice = [value for value, times in seen.items() if value and times > 1]
            if twice:
                raise LabelError(f"two terms have the {what} '{twice[0]}'", where, "Make them one.")

    @cached_property
    def _by_label(self) -> dict[str, Term]:
        return {term.label: term for term in self.terms}

    def get(self, label: str) -> Term | None:
        """The term with this label, or None."""
        return self._by_label.get(tidy(label))

    def __contains__(self, label: object) -> bool:
        return isinstance(label, str) and tidy(label) in self._by_label

    def joined(self, other: Vocabulary) -> Vocabulary:
        """The terms of this vocabulary and of `other`; where both have a label, with what both say of it."""
        terms = dict(self._by_label)
        for term in other.terms:
            terms[term.label] = terms[term.label].joined(term) if term.label in terms else term
        return replace(self, terms=tuple(terms.values()), remarks=(*self.remarks, *other.remarks))

    def flags(self) -> tuple[Flag, ...]:
        """What is odd: malformed ids, several of one scheme, ids in common, broader terms not there."""
        found = [*self._ids_flagged(), *self._shared(), *self._broader_flagged()]
        return tuple(sorted(found, key=lambda flag: flag.label))

    def unknown(self, values: Iterable[str]) -> tuple[Flag, ...]:
        """A flag for each term that is not among `values`, by any of its names."""
        there = {tidy(value) for value in values}
        return tuple(
            Flag(term.label, "no work has this value") for term in self.terms if there.isdisjoint(term.names)
        )

    def broader_edges(self) -> tuple[Edge, ...]:
        """The hierarchy as merges of the kind 'part of'."""
        reason = "broader in the vocabulary"
        return tuple(
            Edge(term.label, broader, reason, Kind.PART_OF)
            for term in self.terms
            for broader in term.broader
            if broader != term.label
        )

    def _ids_flagged(self) -> Iterator[Flag]:
        for term in self.terms:
            for scheme, addresses in term.addresses.items():
                for address in addresses:
                    if told := problem(scheme, address):
                        yield Flag(term.label, told)
                if len(addresses) > 1 and scheme != OTHER:
                    ids = ", ".join(short(scheme, address) for address in addresses)
                    yield Flag(term.label, f"several ids of {SCHEMES[scheme].title}: {ids}")

    def _shared(self) -> Iterator[Flag]:
        holders: dict[tuple[str, str], list[str]] = {}
        for term in self.terms:
            for scheme, addresses in term.addresses.items():
                for address in addresses:
                    holders.setdefault((scheme, address), []).append(term.label)
        for (scheme, address), labels in holders.items():
            for label in labels if len(labels) > 1 else ():
                others = ", ".join(f"'{other}'" for other in labels if other != label)
                yield Flag(label, f"has its id {short(scheme, address)} in common with {others}")

    def _broader_flagged(self) -> Iterator[Flag]:
        for term in self.terms:
            for broader in term.broader:
                if broader not in self._by_label:
                    yield Flag(term.label, f"its broader term '{broader}' is not in the vocabulary")
        try:
            TopologicalSorter({term.label: term.broader for term in self.terms}).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            yield Flag(circle[0], f"its broader terms run in a circle: {' → '.join(circle)}")
