"""A vocabulary as SKOS: a ConceptScheme, and a Concept for each term."""

from __future__ import annotations

import re
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, problem
from cartellino.curate.vocabulary.skos.addresses import of_label, of_scheme
from cartellino.curate.vocabulary.terms import Term
from cartellino.curate.vocabulary.vocabulary import Vocabulary
from cartellino.errors import InputError

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_CONTEXT = {"skos": str(SKOS), "xsd": str(XSD)}


def written(vocabulary: Vocabulary, format_: str) -> bytes:
    """A vocabulary in one of rdflib's formats, in UTF-8; the same vocabulary gives the same bytes.

    An id that is malformed is no address: it is written as a ``skos:notation`` whose datatype names its
    scheme, so that it is neither lost nor taken for a link. A broader term that the vocabulary lacks is
    written with its name alone, outside the scheme.

    Parameters
    ----------
    vocabulary : Vocabulary
        The terms.
    format_ : str
        'turtle', 'xml' or 'json-ld'.

    Raises
    ------
    InputError
        If a name has a character that XML cannot hold.
    """
    if format_ == "xml":
        _check_xml(vocabulary)
    graph = _Writer(vocabulary).graph
    if format_ == "json-ld":
        return graph.serialize(
            format=format_, encoding="utf-8", context=_CONTEXT, auto_compact=False, sort_keys=True
        )
    return graph.serialize(format=format_, encoding="utf-8")


class _Sorted(Graph):
    """A graph that tells its statements in one order, so that every serialiser of rdflib does."""

    def triples(self, triple: Any) -> Any:
        """The statements that match a pattern, sorted."""
        return iter(sorted(super().triples(triple), key=lambda found: tuple(each.n3() for each in found)))


class _Writer:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.graph = _Sorted(bind_namespaces="none")
        self.graph.bind("skos", SKOS)
        self._vocabulary = vocabulary
        self._scheme = URIRef(of_scheme(vocabulary))
        self._tell(self._scheme, RDF.type, SKOS.ConceptScheme)
        self._say(self._scheme, SKOS.prefLabel, vocabulary.name)
        for term in vocabulary.terms:
            self._concept(term)

    def _concept(self, term: Term) -> None:
        me = self._address(term.label)
        self._tell(me, RDF.type, SKOS.Concept)
        self._tell(me, SKOS.inScheme, self._scheme)
        self._say(me, SKOS.prefLabel, term.label)
        for names, told in ((term.alternatives, SKOS.altLabel), (term.hidden, SKOS.hiddenLabel)):
            for name in names:
                self._say(me, told, name)
        self._say(me, SKOS.definition, term.definition)
        self._say(me, SKOS.scopeNote, term.note)
        for address in term.close:
            self._tell(me, SKOS.closeMatch, URIRef(address))
        self._ids(me, term)
        self._hierarchy(me, term)

    def _ids(self, me: URIRef, term: Term) -> None:
        for scheme, addresses in term.addresses.items():
            for address in addresses:
                if problem(scheme, address):
                    datatype = XSD.anyURI if scheme == OTHER else URIRef(SCHEMES[scheme].base)
                    self._tell(me, SKOS.notation, Literal(address, datatype=datatype, normalize=False))
                else:
                    self._tell(me, SKOS.exactMatch, URIRef(address))

    def _hierarchy(self, me: URIRef, term: Term) -> None:
        for label in term.broader:
            wider = self._address(label)
            self._tell(me, SKOS.broader, wider)
            if label in self._vocabulary:
                self._tell(wider, SKOS.narrower, me)
            else:
                self._say(wider, SKOS.prefLabel, label)
        if not any(label in self._vocabulary for label in term.broader):
            self._tell(me, SKOS.topConceptOf, self._scheme)

    def _address(self, label: str) -> URIRef:
        term = self._vocabulary.get(label)
        return URIRef(term.uri if term and term.uri else of_label(str(self._scheme), label))

    def _say(self, subject: URIRef, told: URIRef, text: str) -> None:
        if text:
            self._tell(subject, told, Literal(text, lang=self._vocabulary.language))

    def _tell(self, subject: URIRef, told: URIRef, what: URIRef | Literal) -> None:
        self.graph.add((subject, told, what))


def _check_xml(vocabulary: Vocabulary) -> None:
    for term in vocabulary.terms:
        ids = (address for addresses in term.addresses.values() for address in addresses)
        told = "".join((vocabulary.name, *term.names, *term.broader, term.definition, term.note, *ids))
        if found := _NOT_IN_XML.search(told):
            raise InputError(
                f"XML cannot hold the character U+{ord(found[0]):04X}",
                f"term {term.label!r}",
                "Write Turtle (.ttl) or JSON-LD (.jsonld) instead, or mend the term.",
            )
