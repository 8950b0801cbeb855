"""Views and pairs of pictures, kept and asked for."""

from __future__ import annotations

from cartellino.catalogue import Catalogue
from cartellino.records import Picture, Trim
from curate.museum import hang


def kept(catalogue: Catalogue, count: int) -> list[int]:
    hang(catalogue, [{"id": str(number)} for number in range(count)])
    return [key for key, _ in catalogue.likeness.unmeasured()]


def test_pictures_wait_until_they_are_measured(catalogue: Catalogue) -> None:
    first, second = kept(catalogue, 2)
    assert catalogue.likeness.all_compared()
    catalogue.likeness.measured([(first, b"12345678")])
    ((left, picture),) = catalogue.likeness.unmeasured()
    assert left == second
    assert isinstance(picture, Picture)
    assert (picture.width, picture.trim) == (300, Trim(0, 0, 300, 200))
    assert catalogue.likeness.pictures([second]) == {second: picture}
    assert list(catalogue.likeness.views()) == [(first, b"12345678")]
    assert not catalogue.likeness.all_compared()
    catalogue.likeness.compared()
    assert catalogue.likeness.all_compared()


def test_pairs_are_kept_and_those_that_agree_are_told(catalogue: Catalogue) -> None:
    a, b, c = kept(catalogue, 3)
    catalogue.likeness.keep([(a, c, 0.9), (a, b, 0.2)])
    assert set(catalogue.likeness.known()) == {(a, b), (a, c)}
    assert list(catalogue.likeness.agreeing(0.5)) == [(a, c, 0.9)]
