"""The works whose pictures look most like those of a work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cartellino.catalogue import Catalogue
from cartellino.errors import FeatureError, InputError

_REACH = (64, 512, 4096)  # pictures looked through, further each time: most of a backlog is not wanted
_VIEWS = 4  # of a work with many pictures, the first few tell what it looks like

Nearest = Callable[[str, int], list[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A work that looks like another: its key, the cosine of the angle, and its picture that is alike."""

    work: int
    closeness: float
    digest: str


def look_alikes(
    catalogue: Catalogue, nearest: Nearest, work: int, k: int, wanted: Callable[[int], bool] | None = None
) -> list[LookAlike]:
    """Find the `k` works most like one, most alike first; by each work's most alike picture.

    Parameters
    ----------
    catalogue : Catalogue
        Knows which pictures show which works.
    nearest : callable
        `cartellino.features.neighbours.Neighbours.nearest`.
    work : int
        The work's key.
    k : int
        How many; fewer come back if there are no more.
    wanted : callable, optional
        Whether a work counts, by its key; all do if not given.
    """
    views = [digest for _, digest in catalogue.pictures.shown_by([work])][:_VIEWS]
    found: list[LookAlike] = []
    for reach in _REACH:
        alike = _alike(nearest, views, reach)
        found = [each for each in _works(catalogue, alike, work) if wanted is None or wanted(each.work)]
        if len(found) >= k or len(alike) < reach:
            break
    return found[:k]


def similar(catalogue: Catalogue, nearest: Nearest, work_id: str, k: int) -> list[tuple[str, float]]:
    """Ids of the `k` works most like one, with the cosines of their angles.

    Raises
    ------
    InputError
        If there is no such work, or it has no picture.
    """
    key = catalogue.works.key(work_id)
    if not catalogue.pictures.of(key):
        raise InputError(
            "the work has no picture to compare", work_id, "Add its picture, or name another work."
        )
    found = look_alikes(catalogue, nearest, key, k)
    return [(catalogue.works.id(each.work), each.closeness) for each in found]


def _alike(nearest: Nearest, views: list[str], reach: int) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for digest in views:
        try:
            for other, closeness in nearest(digest, reach):
                best[other] = max(closeness, best.get(other, -1.0))
        except FeatureError:  # a picture that came after the features were made
            continue
    return sorted(best.items(), key=lambda pair: -pair[1])


def _works(catalogue: Catalogue, alike: list[tuple[str, float]], besides: int) -> Iterator[LookAlike]:
    met = {besides}
    for digest, closeness in alike:
        for work in catalogue.pictures.works_showing(digest):
            if work not in met:
                met.add(work)
                yield LookAlike(work, closeness, digest)
