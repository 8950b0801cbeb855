"""Addresses of terms that have none: the same label in the same vocabulary always has the same."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from cartellino.curate.vocabulary.vocabulary import Vocabulary


def of_scheme(vocabulary: Vocabulary) -> str:
    """The address of a vocabulary: its own, or one made from its name (a name-based UUID: RFC 9562, 5.5)."""
    return vocabulary.uri or uuid5(NAMESPACE_URL, f"cartellino vocabulary {vocabulary.name}").urn


def of_label(scheme: str, label: str) -> str:
    """The address made for a term of the vocabulary at `scheme`."""
    return uuid5(uuid5(NAMESPACE_URL, scheme), label).urn
