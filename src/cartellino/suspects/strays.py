"""Pictures that are not of a work: pages of writing, colour charts, scales, blanks, backs, empty frames.

Told from a few measures, each rule with several conditions that have to hold together: where a museum's works
are themselves pages or charts, one false alarm in a hundred is worse than a page that is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cartellino.catalogue.verdicts import OF_THE_WORK
from cartellino.suspects.measures import VERSION
from cartellino.suspects.reasons import Kind, Reason

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue

STRENGTH = 0.8
_PAGE = "The picture looks like a page of writing: even lines of dark strokes on plain paper"
_CHART = "The picture looks like a colour chart or a scale: {patches:.0f} even patches"
_BLANK = "The picture shows almost nothing: a blank, a back or a cover"
_FRAME = "The picture looks like a frame around nothing: patterned at the rim, bare in the middle"


def stray(measures: Mapping[str, float]) -> str:
    """What a picture seems to show instead of a work, as a clause; '' if it seems to show one.

    Parameters
    ----------
    measures : mapping of str to float
        As of `cartellino.suspects.measures.measure`.
    """
    for rule, words in ((_is_page, _PAGE), (_is_chart, _CHART), (_is_blank, _BLANK), (_is_frame, _FRAME)):
        if rule(measures):
            return words.format(**measures)
    return ""


def strays(catalogue: Catalogue) -> dict[int, list[Reason]]:
    """Find the pictures that are not of their work, by the key of the work."""
    judged = catalogue.verdicts.standing()
    found: dict[int, list[Reason]] = {}
    for work, digest, clause in _told(catalogue):
        if (work, digest) not in judged or judged[work, digest] != OF_THE_WORK:
            found.setdefault(work, []).append(Reason(Kind.PICTURE, f"{clause}.", STRENGTH, picture=digest))
    return found


def _told(catalogue: Catalogue) -> Iterator[tuple[int, str, str]]:
    for work, digest, _, _, measures in catalogue.looks.shown(VERSION):
        clause = stray(measures)
        if clause:
            yield work, digest, clause


def _is_page(told: Mapping[str, float]) -> bool:
    return (
        told["paper"] >= 0.5
        and 0.04 <= told["ink"] <= 0.35
        and told["lines"] >= 0.5
        and told["through"] >= 0.8
        and told["gaps"] >= 0.2
        and told["tint"] <= 40
    )


def _is_chart(told: Mapping[str, float]) -> bool:
    return told["patches"] >= 8 and told["patched"] >= 0.15 and told["flat"] >= 0.3


def _is_blank(told: Mapping[str, float]) -> bool:
    return told["flat"] >= 0.95 and told["ground"] >= 0.8 and told["middle"] <= 3 and told["spread"] <= 20


def _is_frame(told: Mapping[str, float]) -> bool:
    return told["middle"] <= 3 and told["rim"] >= 25 and 0.2 <= told["ground"] <= 0.7 and told["flat"] <= 0.7
