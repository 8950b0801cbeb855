"""Suggests merges for a field: from how its values are written, from a vocabulary, and from their company."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cartellino.catalogue import Catalogue
from cartellino.curate.merges import Kind
from cartellino.curate.suggesting import company, hedges, joined, known, listed, places, spelling
from cartellino.curate.suggesting.choosing import Chosen
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values
from cartellino.curate.vocabulary import Vocabulary
from cartellino.curate.vocabulary.gathering import gather


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested for a field.

    Parameters
    ----------
    field : str
        The field.
    proposals : tuple of Proposal
        The weightiest first; together they are a merge file that is read as it stands.
    counts : mapping of str to int
        Works of each value of the field.
    columns : tuple of str
        Columns of the collection whose ids were heeded.
    """

    field: str
    proposals: tuple[Proposal, ...]
    counts: Mapping[str, int]
    columns: tuple[str, ...] = ()


def suggest(
    catalogue: Catalogue, field: str, vocabulary: Vocabulary | None = None, kinds: Collection[str] = ()
) -> Suggested:
    """Suggest merges for a field of a catalogue.

    The ids that stand beside the field in the museum's own data are heeded too; see
    `cartellino.curate.vocabulary.gathering`.

    Parameters
    ----------
    catalogue : Catalogue
        The collection's catalogue.
    field : str
        The field.
    vocabulary : Vocabulary, optional
        What is known of its values.
    kinds : collection of str
        Only proposals of these kinds; of all, if empty.

    Raises
    ------
    InputError
        If there is no such field.
    """
    name = catalogue.fields.resolve(field)
    counts = dict(catalogue.fields.counts(name))
    gathered = gather(catalogue, name)
    known_terms = vocabulary.joined(gathered.vocabulary) if vocabulary else gathered.vocabulary
    found = propose(counts, catalogue.fields.values(name), known_terms, kinds)
    return Suggested(name, found, Values(counts).counts, gathered.columns)


def propose(
    counts: Mapping[str, int],
    together: Iterable[tuple[int, str]] = (),
    vocabulary: Vocabulary | None = None,
    kinds: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """Suggest merges among values.

    Parameters
    ----------
    counts : mapping of str to int
        Works of each value.
    together : iterable of (int, str)
        Work and value, ordered by work.
    vocabulary : Vocabulary, optional
        What is known of the values.
    kinds : collection of str
        Only proposals of these kinds; of all, if empty.

    Returns
    -------
    tuple of Proposal
        The weightiest first. Every target is a value of the field, but for the replacement of a historic
        term.
    """
    values = Values(counts)
    chosen = Chosen(values)
    for proposals in _rules(values, together, vocabulary or Vocabulary("nothing")):
        chosen.offer(each for each in proposals if not kinds or each.kind in kinds)
    return chosen.weightiest_first()


def _rules(
    values: Values, together: Iterable[tuple[int, str]], vocabulary: Vocabulary
) -> Iterator[Iterable[Proposal]]:
    """The surest first; `Chosen` wants what is the same before what is a part."""
    apart = known.told_apart(vocabulary)
    yield listed.historic(values)
    yield hedges.uncertain(values)
    yield hedges.after(values)
    yield joined.either(values)
    yield spelling.writings(values)
    yield known.other_names(values, vocabulary)
    yield known.synonyms(values, vocabulary)
    yield listed.countries(values)
    yield spelling.numbers(values, apart)
    yield spelling.slips(values, apart)
    yield known.narrower(values, vocabulary)
    yield places.within(values)
    yield company.companions(values, together)


def by_kind(proposals: Iterable[Proposal], counts: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """(kind, values, works) of proposals, in the order of kinds."""
    found = list(proposals)
    kinds = [kind for kind in Kind if any(each.kind == kind for each in found)]
    mine = {kind: [each for each in found if each.kind == kind] for kind in kinds}
    return [(kind.value, len(mine[kind]), sum(counts[each.source] for each in mine[kind])) for kind in kinds]
