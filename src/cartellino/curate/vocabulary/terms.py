"""Terms: a value of a field with its ids, its other names and what it lies within."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cartellino.curate.merges import tidy
from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, identified, is_address
from cartellino.errors import LabelError


@dataclass(frozen=True)
class Term:
    """One term of a vocabulary.

    What has no order (ids, names) is kept sorted, each once, so that two terms that say the same are equal.

    Parameters
    ----------
    label : str
        The value, as the museum writes it (SKOS: prefLabel).
    ids : mapping of str to tuple of str
        Scheme ('aat', 'ulan', 'tgn', 'ia', 'wikidata', 'other') to addresses; one each, if all is well. A
        single str does for a single id. Malformed ids stay as they are written, and `Vocabulary.flags`
        names them.
    alternatives : tuple of str
        Other names that may be shown (altLabel).
    hidden : tuple of str
        Names for search alone: slips of spelling, historic terms (hiddenLabel).
    broader : tuple of str
        Labels of the terms it lies within.
    definition, note : str
        What it means (definition), and how it is used here (scopeNote).
    close : tuple of str
        Addresses of terms that are nearly the same (closeMatch).
    uri : str
        The term's own address, where a museum has given one; else it is made from the label.

    Raises
    ------
    LabelError
        If the label is blank, a scheme is unknown, or `uri` or `close` holds no address.
    """

    label: str
    ids: Mapping[str, tuple[str, ...] | str] = field(default_factory=dict)
    alternatives: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str = ""
    note: str = ""
    close: tuple[str, ...] = ()
    uri: str = ""

    def __post_init__(self) -> None:
        label = tidy(self.label)
        if not label:
            raise LabelError("a term has no label", "the vocabulary", "Give it one.")
        alternatives = _each(self.alternatives, {label})
        self._set(
            label=label,
            ids=_sorted_ids(self.ids, label),
            alternatives=alternatives,
            hidden=_each(self.hidden, {label, *alternatives}),  # SKOS keeps the three kinds apart (S13)
            broader=_each(self.broader),
            definition=tidy(self.definition),
            note=tidy(self.note),
            close=_each(identified(each)[1] for each in self.close),
            uri=self.uri.strip(),
        )
        for address in filter(None, (self.uri, *self.close)):
            if not is_address(address):
                raise LabelError(
                    f"'{address}' is no address", f"term '{label}'", "An address begins with http:// or urn:."
                )

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return hash((self.label, self.uri))

    @property
    def addresses(self) -> Mapping[str, tuple[str, ...]]:
        """`ids`, always as tuples."""
        return self.ids  # type: ignore[return-value] # single ids became tuples on arrival

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is known by, its label first."""
        return (self.label, *self.alternatives, *self.hidden)

    def joined(self, other: Term) -> Term:
        """What this term and `other`, of the same label, say together; ids that differ are then flagged."""
        ids = {
            scheme: (*self.addresses.get(scheme, ()), *other.addresses.get(scheme, ()))
            for scheme in (*self.ids, *other.ids)
        }
        both: dict[str, Any] = {
            name: (*getattr(self, name), *getattr(other, name))
            for name in ("alternatives", "hidden", "broader", "close")
        }
        one: dict[str, Any] = {
            name: getattr(self, name) or getattr(other, name) for name in ("definition", "note", "uri")
        }
        return Term(self.label, ids, **both, **one)


def _each(names: Iterable[str], but: Iterable[str] = ()) -> tuple[str, ...]:
    return tuple(sorted({tidy(name) for name in names} - {"", *but}))


def _sorted_ids(told: Mapping[str, tuple[str, ...] | str], label: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for scheme, ids in told.items():
        if scheme not in SCHEMES and scheme != OTHER:
            raise LabelError(
                f"there is no scheme of ids '{scheme}'",
                f"term '{label}'",
                f"There are: {', '.join((*SCHEMES, OTHER))}.",
            )
        for each in (ids,) if isinstance(ids, str) else ids:
            if each.strip():
                where, address = identified(tidy(each), scheme)
                found.setdefault(where, set()).add(address)
    return {scheme: tuple(sorted(found[scheme])) for scheme in (*SCHEMES, OTHER) if scheme in found}
