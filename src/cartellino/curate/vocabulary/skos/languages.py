"""Names in one language, and what becomes of those in others."""

from __future__ import annotations

from collections import Counter

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Node

from cartellino.show import words


class Names:
    """The names and notes of a graph as one language sees them.

    Parameters
    ----------
    graph : Graph
        The statements.
    language : str
        The language asked for; 'en' takes 'en-GB' too, and what has no language.
    """

    def __init__(self, graph: Graph, language: str) -> None:
        self._graph, self._language = graph, language
        self._asked, self._others, self._kept = 0, Counter[str](), Counter[str]()

    def label(self, me: Node) -> str:
        """The one name of a concept: prefLabel, else rdfs:label; '' if it has none."""
        named = self._literals(me, SKOS.prefLabel) or self._literals(me, RDFS.label)
        if not named:
            return ""
        best = self._best(named)
        if self._rank(best)[0] < 3:
            self._asked += 1
        else:
            self._others[best.language or ""] += 1
        return str(best)

    def one(self, me: Node, told: URIRef) -> str:
        """The texts of one kind in the best language there is, joined by line ends."""
        found = self._literals(me, told)
        if not found:
            return ""
        best = self._rank(self._best(found))
        return "\n".join(str(each) for each in found if self._rank(each) == best)

    def all(self, me: Node, told: URIRef) -> tuple[str, ...]:
        """The names of one kind, in every language."""
        found = self._literals(me, told)
        self._kept.update(each.language for each in found if each.language and self._rank(each)[0] == 3)
        return tuple(map(str, found))

    def foreign(self, me: Node) -> tuple[str, ...]:
        """Its prefLabels but the one that was taken: one for each further language."""
        found = self._literals(me, SKOS.prefLabel)
        rest = [each for each in found if each is not self._best(found)]
        self._kept.update(each.language or "none" for each in rest)
        return tuple(map(str, rest))

    def settled(self) -> str:
        """The language of the names: the one asked for, or that of all if none is in it."""
        if self._others and not self._asked:
            return self._others.most_common(1)[0][0]
        return self._language

    def remarks(self) -> list[str]:
        """What was taken or kept in other languages, as sentences."""
        told = []
        if self._others:
            some = words.count(sum(self._others.values()), "concept")
            taken = _list(self._others)
            told.append(f"{some} without a name in '{self._language}', named as in another: {taken}.")
        if self._kept:
            some = words.count(sum(self._kept.values()), "name")
            told.append(f"{some} in other languages, kept without the language: {_list(self._kept)}.")
        return told

    def _literals(self, me: Node, told: URIRef) -> list[Literal]:
        found = [each for each in self._graph.objects(me, told) if isinstance(each, Literal)]
        return sorted(found, key=lambda each: (self._rank(each), str(each)))

    def _best(self, found: list[Literal]) -> Literal:
        return min(found, key=lambda each: (self._rank(each), str(each)))

    def _rank(self, literal: Literal) -> tuple[int, str]:
        language = (literal.language or "").lower()
        if language == self._language:
            return 0, ""
        if language.split("-")[0] == self._language.split("-")[0]:
            return 1, language
        return (3, language) if language else (2, "")


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"'{language}' ({number:,})" for language, number in sorted(counts.items()))
