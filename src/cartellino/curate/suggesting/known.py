"""What a vocabulary knows: terms with one id, other names of a term, and the hierarchy."""

from __future__ import annotations

from collections.abc import Iterator

from cartellino.curate.merges import Kind
from cartellino.curate.sensitive import is_sensitive
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.spelling import Apart
from cartellino.curate.suggesting.values import Values
from cartellino.curate.vocabulary import Term, Vocabulary
from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, problem, short


def told_apart(vocabulary: Vocabulary) -> Apart:
    """Whether ids keep two values apart: both have one of the same scheme, and none in common there."""

    def apart(one: str, other: str) -> bool:
        mine, theirs = vocabulary.get(one), vocabulary.get(other)
        return bool(mine and theirs and _contradict(mine, theirs))

    return apart


def synonyms(values: Values, vocabulary: Vocabulary) -> Iterator[Proposal]:
    """Values with an id in common and none that differs, towards the most frequent.

    Values that say something of a person are left out: catalogues give 'Male Nudes' and 'Female Nudes' one
    id.
    """
    holders: dict[tuple[str, str], list[Term]] = {}
    for term in vocabulary.terms:
        if values.works(term.label) and not is_sensitive(term.label):
            for scheme, address in _good(term):
                holders.setdefault((scheme, address), []).append(term)
    for (scheme, address), terms in holders.items():
        best = values.first(term.label for term in terms)
        one = next(term for term in terms if term.label == best)
        for term in terms:
            if term is not one and not _contradict(term, one):
                told = f"both have the id {short(scheme, address)} of {_title(scheme)}"
                yield Proposal(term.label, (best,), Kind.SYNONYM, "the same id", told, 0.8)


def other_names(values: Values, vocabulary: Vocabulary) -> Iterator[Proposal]:
    """Values that a vocabulary knows as other names of a term, towards its label."""
    for term in vocabulary.terms:
        if not values.works(term.label):
            continue
        for names, kind in ((term.alternatives, Kind.SYNONYM), (term.hidden, Kind.SPELLING)):
            for name in names:
                if values.works(name) and name not in vocabulary:
                    told = f"the vocabulary has it as another name of '{term.label}'"
                    yield Proposal(name, (term.label,), kind, "another name", told, 0.9)


def narrower(values: Values, vocabulary: Vocabulary) -> Iterator[Proposal]:
    """Values towards the nearest broader terms that are values of the field too."""
    for term in vocabulary.terms:
        if values.works(term.label):
            for broader in _nearest(term, values, vocabulary):
                told = f"the vocabulary has it within '{broader}'"
                yield Proposal(term.label, (broader,), Kind.PART_OF, "broader in the vocabulary", told, 0.8)


def _nearest(term: Term, values: Values, vocabulary: Vocabulary) -> list[str]:
    """The broader terms that are values, each line of the hierarchy climbed until one is met."""
    seen, level = {term.label}, list(term.broader)
    while level:
        there = [label for label in level if values.works(label) and label not in seen]
        if there:
            return [values.first(there)]
        seen.update(level)
        terms = [found for label in level if (found := vocabulary.get(label))]
        level = [label for each in terms for label in each.broader if label not in seen]
    return []


def _contradict(one: Term, other: Term) -> bool:
    mine, theirs = dict(_by_scheme(one)), dict(_by_scheme(other))
    return any(mine[scheme].isdisjoint(theirs[scheme]) for scheme in mine.keys() & theirs.keys())


def _by_scheme(term: Term) -> Iterator[tuple[str, set[str]]]:
    for scheme in term.addresses:
        if scheme != OTHER:
            yield scheme, {address for found, address in _good(term) if found == scheme}


def _good(term: Term) -> Iterator[tuple[str, str]]:
    for scheme, addresses in term.addresses.items():
        yield from ((scheme, address) for address in addresses if not problem(scheme, address))


def _title(scheme: str) -> str:
    return SCHEMES[scheme].title if scheme in SCHEMES else "another vocabulary"
