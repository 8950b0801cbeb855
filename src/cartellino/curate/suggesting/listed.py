"""Shipped lists: countries with their adjectives, and historic terms that are better not shown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from cartellino.curate.merges import Kind
from cartellino.curate.suggesting.proposals import Proposal
from cartellino.curate.suggesting.values import Values, singular


@dataclass(frozen=True, slots=True)
class HistoricTerm:
    """One entry of ``historic_terms.toml``.

    Parameters
    ----------
    term : str
        The word as catalogues have it.
    replacement : str
        What may be shown instead.
    note : str
        Why, and what to ask before it is replaced.
    also : tuple of str
        Other forms of it.
    """

    term: str
    replacement: str
    note: str
    also: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def historic_terms() -> tuple[HistoricTerm, ...]:
    """The list of historic terms that comes with Cartellino; nothing on it is applied by itself."""
    return tuple(
        HistoricTerm(**{**entry, "also": tuple(entry.get("also", ()))})
        for entry in _read("historic_terms.toml")["terms"]
    )


def historic(values: Values) -> Iterator[Proposal]:
    """Values on the list of historic terms, towards what may be shown instead, be it a value or not."""
    listed = {singular(form): entry for entry in historic_terms() for form in (entry.term, *entry.also)}
    for value in values.counts:
        entry = listed.get(singular(value))
        if entry:
            shown = values.find(entry.replacement) or entry.replacement
            if shown != value:
                yield Proposal(value, (shown,), Kind.DISPLAY, "historic term", entry.note)


def countries(values: Values) -> Iterator[Proposal]:
    """'China' and 'Chinese' to one of both: the form that the field prefers, all countries taken together."""
    pairs = [(values.find(country), values.find(adjective)) for country, adjective in _countries()]
    ahead = sum(values.works(adjective) - values.works(country) for country, adjective in pairs)
    for country, adjective in pairs:
        if country and adjective and country != adjective:
            source, target = (country, adjective) if ahead >= 0 else (adjective, country)
            reason = "country for adjective" if ahead >= 0 else "adjective for country"
            yield Proposal(source, (target,), Kind.SYNONYM, reason, "the field has both forms", 0.9)


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, str], ...]:
    return tuple(_read("countries.toml")["adjectives"].items())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
