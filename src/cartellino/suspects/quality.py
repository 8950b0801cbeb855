"""Faults of pictures as pictures, of cleanvision's kinds: dark, light, blurry, empty, oddly shaped, doubled.

The measures and thresholds are those of cleanvision 0.3 (https://github.com/cleanlab/cleanvision, Apache-2.0)
unless a comment says otherwise. They are applied when the measures are read: another needs no new look.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import exp, sqrt
from typing import TYPE_CHECKING

import numpy as np

from cartellino.curate.kin import shown
from cartellino.curate.likeness.known import remembered
from cartellino.show import words
from cartellino.suspects.measures import VERSION

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.curate.kin import Keys

KINDS = (
    "dark",
    "light",
    "blurry",
    "low information",
    "odd aspect ratio",
    "odd size",
    "grey",
    "exact duplicate",
    "near duplicate",
)
_DARK, _LIGHT, _BLURRY, _ENTROPY, _ASPECT = 0.32, 0.05, 0.29, 0.3, 0.35
_FADE, _LEVELS = 0.01, 0.18  # of the exponentials that blur is told by
_FENCE = 3.0  # interquartile ranges beyond which a size is odd
# cleanvision asks for equal channels; a scan of a grey photograph, kept as JPEG, has a breath of colour.
_GREY = 4.0
_NAMED = 3  # others that show the same, by their ids


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault of one picture of a work (its key): its kind, and what was measured, in words."""

    kind: str
    work: int
    digest: str
    sentence: str


def issues(catalogue: Catalogue, kinds: Iterable[str] = ()) -> list[Issue]:
    """Find the faults of all measured pictures, by kind and then by work.

    Parameters
    ----------
    catalogue : Catalogue
        Holds the measures; see `cartellino.suspects.looking.look`.
    kinds : iterable of str
        Some of `KINDS`; all if none is named.
    """
    looks = list(catalogue.looks.shown(VERSION))
    smallest, largest = _usual([sqrt(width * height) for _, _, width, height, _ in looks])
    found = [
        Issue(kind, work, digest, sentence)
        for work, digest, width, height, measures in looks
        for kind, sentence in (
            *faults(measures),
            *_shape(width, height),
            *_size(width, height, smallest, largest),
        )
    ]
    found += _doubles(catalogue)
    wanted = set(kinds) or set(KINDS)
    return sorted(
        (each for each in found if each.kind in wanted), key=lambda each: (KINDS.index(each.kind), each.work)
    )


def counted(found: Iterable[Issue]) -> dict[str, int]:
    """How many pictures have each kind of fault, in the order of `KINDS`."""
    counts = Counter(each.kind for each in found)
    return {kind: counts[kind] for kind in KINDS}


def faults(measures: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Kinds of faults that a picture's measures tell, with a clause for each."""
    if measures["dark"] < _DARK:
        yield "dark", f"99 % of it stays below {100 * measures['dark']:.0f} % of full brightness"
    if 1 - measures["light"] < _LIGHT:
        yield "light", f"95 % of it lies above {100 * measures['light']:.0f} % of full brightness"
    if _sharpness(measures) < _BLURRY:
        yield "blurry", f"even at 64 pixels its edges are faint (sharpness {_sharpness(measures):.2f})"
    if measures["entropy"] / 10 < _ENTROPY:
        yield "low information", f"its pixels carry {measures['entropy']:.1f} bits each"
    if measures["chroma"] <= _GREY:
        yield "grey", "it has no colour"


def _sharpness(measures: Mapping[str, float]) -> float:
    """Strength of the edges; a picture of few levels, such as a line drawing, is not called blurry for it."""
    few = 1 - exp(-_FADE * measures["levels"])
    return min(1.0, 1 - exp(-_FADE * measures["edges"]) + (few if few > _LEVELS else 0.0))


def _shape(width: int, height: int) -> Iterator[tuple[str, str]]:
    if min(width, height) / max(width, height) < _ASPECT:
        yield "odd aspect ratio", f"it is {max(width, height) / min(width, height):.1f} times as long as wide"


def _size(width: int, height: int, smallest: float, largest: float) -> Iterator[tuple[str, str]]:
    if not smallest <= sqrt(width * height) <= largest:
        yield "odd size", f"its {width:,} × {height:,} pixels are far from what is usual here"


def _usual(sizes: list[float]) -> tuple[float, float]:
    """Between which sizes (roots of areas) pictures are usual: Tukey's outer fences."""
    if not sizes:
        return 0.0, 0.0
    low, high = np.percentile(sizes, (25, 75))
    slack = _FENCE * max(high - low, 0.05 * high)  # where all scans are of one size, a few pixels are not odd
    return float(low - slack), float(high + slack)


def _doubles(catalogue: Catalogue) -> Iterator[Issue]:
    pictures, known = shown(catalogue), remembered(catalogue)
    digests = {work: digest for work, _, _, digest in catalogue.pictures.fingerprints()}
    same, nearly = (_largest(*linked) for linked in pictures.links(np.unique(pictures.works), known))
    for work, group in same.items():
        yield Issue("exact duplicate", work, digests[work], _so_is(catalogue, group, {work}))
    for work, group in nearly.items():
        copies = same.get(work, {work})
        if len(group) > len(copies):
            yield Issue("near duplicate", work, digests[work], _so_is(catalogue, group, copies))


def _largest(works: Keys, numbers: Keys) -> dict[int, set[int]]:
    """For each work that shares a number with others, the largest group that does; one set for all of it."""
    members: defaultdict[int, set[int]] = defaultdict(set)
    for work, number in zip(works.tolist(), numbers.tolist(), strict=True):
        members[number].add(work)
    groups = sorted((group for group in members.values() if len(group) > 1), key=len)
    return {work: group for group in groups for work in group}


def _so_is(catalogue: Catalogue, group: set[int], besides: set[int]) -> str:
    others = list(islice((work for work in sorted(group) if work not in besides), _NAMED))
    more = len(group) - len(besides) - len(others)
    told = [catalogue.works.id(work) for work in others]
    return f"so is that of {words.listing([*told, *([f'{more:,} more'] if more > 0 else [])])}"
