"""Who painted what, and which photographs of it there are: decided before a brush is touched."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from cartellino.acquire.gallery.artists import Artist, artists
from cartellino.acquire.gallery.brush import Hand
from cartellino.acquire.gallery.schools import SCHOOLS

_BETWEEN = 0.14  # share of works that stand between two schools
_BY_MANNER = 0.65  # share of those that count as what they look like, not as what they show
_STRAYS = 0.017  # share of works of no school
_OUT_OF_SCHOOL = 0.07  # share of works by an artist who mostly paints otherwise
_SEVERAL = 0.10  # share of works with more than one picture
_UNKNOWN = Artist("", (0, 0), "", Hand(0.5, 0.5, 0.5, 0.5))
_ODD_FILES = ("cmyk", "turned", "alpha", "sixteen bit", "cut", "html", "missing")  # one work of each


@dataclass(frozen=True, slots=True)
class View:
    """A photograph of a work: its file, what it shows, and how the file was written."""

    file: str
    shows: str = "whole"  # whole, detail, raking light, archive, reverse
    written: str = "jpeg"


@dataclass(frozen=True, slots=True)
class Planned:
    """A work that is to be painted.

    Parameters
    ----------
    place : int
        Its place in the gallery, which seeds everything about it.
    artist : Artist
        Who paints it.
    subject : str
        The school that would paint such a thing; '' if none would.
    manner : str
        Another school in whose manner it is painted, or ''.
    school : str
        What it counts as; '' if it is of no school. Between two schools it is mostly the manner that counts.
    views : tuple of View
        Its photographs.
    copy_of : int
        The place of the work that it is a second photograph of, registered by mistake; its own if it is not.
    """

    place: int
    artist: Artist
    subject: str
    manner: str
    school: str
    views: tuple[View, ...]
    copy_of: int = field(default=-1)

    @property
    def seed(self) -> int:
        """What seeds its painting."""
        return self.place if self.copy_of < 0 else self.copy_of


def plan(seed: int, works: int) -> list[Planned]:
    """All works of a gallery, in the order of its catalogue."""
    rng = np.random.default_rng([seed, 1])
    people = artists(rng)
    order = rng.permutation(works).tolist()
    strays, between = (round(share * works) for share in (_STRAYS, _STRAYS + _BETWEEN))
    kinds = {place: "stray" if rank < strays else "between" for rank, place in enumerate(order[:between])}
    planned = [_work(rng, place, people, kinds.get(place, "plain")) for place in range(works)]
    _registered_twice(rng, planned)
    _odd_files(rng, planned)
    _without_pictures(rng, planned)
    return planned


def _work(rng: np.random.Generator, place: int, people: list[Artist], kind: str) -> Planned:
    if kind == "stray":
        return Planned(place, _UNKNOWN, "", "", "", _views(rng, place))
    names = list(SCHOOLS)
    subject, other = (names[each] for each in rng.choice(len(names), 2, replace=False))
    manner = other if kind == "between" else ""
    school = manner if manner and rng.random() < _BY_MANNER else subject
    mates = people if rng.random() < _OUT_OF_SCHOOL else [each for each in people if each.school == school]
    return Planned(place, mates[int(rng.integers(len(mates)))], subject, manner, school, _views(rng, place))


def _views(rng: np.random.Generator, place: int) -> tuple[View, ...]:
    stem = f"IMG_{place * 7 + 120:04d}"
    first = View(f"{stem}.jpg")
    if rng.random() > _SEVERAL:
        return (first,)
    others = ("detail", "raking light", "archive", "reverse")
    chosen = rng.choice(len(others), int(rng.choice([1, 1, 2])), replace=False, p=[0.5, 0.25, 0.17, 0.08])
    return (first, *(View(f"{stem} {others[each]}.jpg", others[each]) for each in sorted(chosen.tolist())))


def _registered_twice(rng: np.random.Generator, planned: list[Planned]) -> None:
    """Some works were photographed and registered a second time, much later."""
    pairs = rng.permutation(len(planned))[: 2 * (len(planned) // 36)].reshape(2, -1)
    for first, second in zip(*pairs.tolist(), strict=True):
        file = View(planned[second].views[0].file, "again", "poor")
        planned[second] = replace(planned[first], place=second, views=(file,), copy_of=first)


def _odd_files(rng: np.random.Generator, planned: list[Planned]) -> None:
    chosen = rng.permutation(_single(planned))[: len(_ODD_FILES)].tolist()
    for place, written in zip(chosen, _ODD_FILES, strict=False):
        view = planned[place].views[0]
        suffix = {"alpha": ".png", "sixteen bit": ".tif"}.get(written, ".jpg")
        file = view.file.removesuffix(".jpg") + suffix
        planned[place] = replace(planned[place], views=(replace(view, file=file, written=written),))


def _without_pictures(rng: np.random.Generator, planned: list[Planned]) -> None:
    for place in rng.permutation(_single(planned))[: len(planned) // 60].tolist():
        planned[place] = replace(planned[place], views=())


def _single(planned: list[Planned]) -> list[int]:
    """Places of works with one ordinary photograph that no other is a copy of."""
    copied = {work.copy_of for work in planned}
    return [
        work.place
        for work in planned
        if len(work.views) == 1 and work.views[0].written == "jpeg" and work.place not in copied
    ]
