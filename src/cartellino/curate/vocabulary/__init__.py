"""Vocabularies: what a field's values mean, with the ids of AAT, ULAN, TGN and Wikidata; CSV and SKOS."""

from cartellino.curate.vocabulary.files import read, write
from cartellino.curate.vocabulary.terms import Term
from cartellino.curate.vocabulary.vocabulary import Flag, Vocabulary

__all__ = ["Flag", "Term", "Vocabulary", "read", "write"]
