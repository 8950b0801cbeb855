"""SKOS as a vocabulary: names in one language, ids from matches and notations, the hierarchy by labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from cartellino.curate.merges import tidy
from cartellino.curate.vocabulary.schemes import OTHER, SCHEMES, identified, is_address
from cartellino.curate.vocabulary.skos.addresses import of_label, of_scheme
from cartellino.curate.vocabulary.skos.guard import graph_of
from cartellino.curate.vocabulary.skos.languages import Names
from cartellino.curate.vocabulary.terms import Term
from cartellino.curate.vocabulary.vocabulary import Vocabulary
from cartellino.show import words

_DATATYPES = {URIRef(scheme.base): name for name, scheme in SCHEMES.items()} | {XSD.anyURI: OTHER}

_READ = {
    *(RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.scopeNote),
    *(SKOS.broader, SKOS.narrower, SKOS.exactMatch, SKOS.closeMatch, SKOS.notation),
    *(SKOS.inScheme, SKOS.topConceptOf),
}


def read(path: Path, format_: str, language: str = "en") -> Vocabulary:
    """Read SKOS; see `cartellino.curate.vocabulary.files.read`.

    A concept without a name in `language` is taken under its name in another, and said so. Names in the
    other languages are kept as alternatives. Concepts without any name, and broader concepts that the file
    says nothing of, are counted in the remarks.
    """
    return _Reader(graph_of(path, format_), language.lower(), path.stem).vocabulary()


class _Reader:
    def __init__(self, graph: Graph, language: str, name: str) -> None:
        self._graph, self._name = graph, name
        self._schemes = _sorted(graph.subjects(RDF.type, SKOS.ConceptScheme))
        typed = set(graph.subjects(RDF.type, SKOS.Concept))
        self._concepts = _sorted(typed or set(graph.subjects(SKOS.prefLabel)) - set(self._schemes))
        self._names = Names(graph, language)
        self._remarks: list[str] = []
        self._labels: dict[Node, str] = {}
        self._label_all()

    def vocabulary(self) -> Vocabulary:
        title, address = self._scheme()
        language = self._names.settled()
        shell = Vocabulary(title, (), language, address)
        if address == of_scheme(Vocabulary(title)):
            shell = Vocabulary(title, (), language)
        scheme = of_scheme(shell)
        terms = tuple(self._term(me, scheme) for me in self._concepts if me in self._labels)
        remarks = (*self._names.remarks(), *self._remarks, *self._unread())
        return Vocabulary(shell.name, terms, shell.language, shell.uri, remarks)

    def _scheme(self) -> tuple[str, str]:
        schemes = [me for me in self._schemes if _is_uri(me) and is_address(str(me))]
        if not schemes:
            return self._name, ""
        if len(schemes) > 1:
            self._remarks.append(
                f"The file has {len(schemes)} concept schemes, which were read as one vocabulary."
            )
        return self._names.one(schemes[0], SKOS.prefLabel) or self._name, str(schemes[0])

    def _label_all(self) -> None:
        taken: set[str] = set()
        nameless = 0
        for me in self._concepts:
            label = tidy(self._names.label(me))
            if not label:
                nameless += 1
                continue
            if label in taken:
                label = self._qualified(label, me, taken)
            taken.add(label)
            self._labels[me] = label
        if nameless:
            told = words.count(nameless, "concept")
            self._remarks.append(f"{told} without a name could not be taken.")

    def _qualified(self, label: str, me: Node, taken: set[str]) -> str:
        """Another label for a concept whose name is another's too, as thesauri qualify homonyms."""
        tail = str(me).rstrip("/").replace("#", "/").rpartition("/")[2]
        other = f"{label} ({tail})"
        self._remarks.append(f"Two concepts are called '{label}'; the second is taken as '{other}'.")
        return other if other not in taken else f"{label} ({me})"

    def _term(self, me: Node, scheme: str) -> Term:
        label = self._labels[me]
        uri = str(me) if _is_uri(me) and str(me) != of_label(scheme, label) else ""
        return Term(
            label,
            self._ids(me),
            alternatives=self._names.all(me, SKOS.altLabel) + self._names.foreign(me),
            hidden=self._names.all(me, SKOS.hiddenLabel),
            broader=self._broader(me),
            definition=self._names.one(me, SKOS.definition),
            note=self._names.one(me, SKOS.scopeNote),
            close=self._addresses(me, SKOS.closeMatch),
            uri=uri if is_address(uri) else "",
        )

    def _ids(self, me: Node) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for address in self._addresses(me, SKOS.exactMatch):
            scheme, address = identified(address)
            found.setdefault(scheme, []).append(address)
        for notation in self._graph.objects(me, SKOS.notation):
            if isinstance(notation, Literal) and notation.datatype in _DATATYPES:
                found.setdefault(_DATATYPES[notation.datatype], []).append(str(notation))
        return {scheme: tuple(ids) for scheme, ids in found.items()}

    def _addresses(self, me: Node, told: URIRef) -> tuple[str, ...]:
        found = [str(each) for each in self._graph.objects(me, told)]
        self._remarks += [
            f"'{self._labels[me]}' matches '{each}', which is no address and was not taken."
            for each in found
            if not is_address(each)
        ]
        return tuple(each for each in found if is_address(each))

    def _broader(self, me: Node) -> tuple[str, ...]:
        wider = {*self._graph.objects(me, SKOS.broader), *self._graph.subjects(SKOS.narrower, me)}
        labels = {each: self._labels.get(each) or tidy(self._names.label(each)) for each in wider}
        lost = sum(not label for label in labels.values())
        if lost:
            told = words.count(lost, "concept")
            self._remarks.append(f"'{self._labels[me]}' lies within {told} that the file does not name.")
        return tuple(filter(None, labels.values()))

    def _unread(self) -> Iterable[str]:
        """What the file says of concepts that a vocabulary has no room for, as a sentence."""
        unread = Counter(
            str(said).replace(str(SKOS), "skos:")
            for me in self._labels
            for said in self._graph.predicates(me)
            if said not in _READ
        )
        if unread:
            told = words.listing([f"{name} ({times:,})" for name, times in sorted(unread.items())])
            yield f"Not read of the concepts: {told}."


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(set(nodes), key=str)


def _is_uri(node: Node) -> bool:
    return isinstance(node, URIRef)
