from __future__ import annotations

from cartellino.catalogue import Catalogue
from cartellino.catalogue.pictures import QuarantinedPicture, WantedPicture

from .rows import add, keep_all, picture


def test_pictures_are_wanted_then_kept_or_quarantined(catalogue: Catalogue) -> None:
    add(
        catalogue, [{"id": "a", "file": "1.jpg|2.jpg"}, {"id": "b", "file": "3.jpg"}, {"id": "c", "file": ""}]
    )
    first, second, third = catalogue.pictures.wanted()
    assert first == WantedPicture(1, 1, "1.jpg", "wanted", "")
    assert [each.work for each in (first, second, third)] == [1, 1, 2]
    catalogue.pictures.keep(first.id, picture("d1"), "10 bytes")
    catalogue.pictures.keep(second.id, picture("d2"), "20 bytes")
    catalogue.pictures.quarantine(third.id, "it is a web page", "30 bytes")
    assert catalogue.pictures.counts() == {"kept": 2, "wanted": 0, "quarantined": 1}
    assert catalogue.pictures.of(1) == [picture("d1"), picture("d2")]
    assert catalogue.pictures.known("d2") == picture("d2")
    assert catalogue.pictures.known("d3") is None
    (bad,) = catalogue.pictures.quarantined()
    assert isinstance(bad, QuarantinedPicture)
    assert (bad.work_id, bad.address, bad.reason) == ("b", "3.jpg", "it is a web page")
    assert [(each.status, each.stamp) for each in catalogue.pictures.wanted()] == [
        ("kept", "10 bytes"),
        ("kept", "20 bytes"),
        ("quarantined", "30 bytes"),
    ]


def test_a_mended_file_leaves_quarantine_and_a_broken_one_is_no_longer_shown(catalogue: Catalogue) -> None:
    catalogue_add(catalogue)
    catalogue.pictures.quarantine(1, "it is cut off", "old")
    catalogue.pictures.keep(1, picture("d1"), "new")
    assert catalogue.pictures.counts()["quarantined"] == 0
    catalogue.pictures.quarantine(1, "it is cut off", "newest")
    assert catalogue.pictures.of(1) == []
    assert list(catalogue.pictures.all()) == []


def catalogue_add(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "a", "file": "1.jpg"}])


def test_wanting_again_keeps_what_is_kept_and_takes_the_new_order(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "a"}])
    catalogue.pictures.want(1, ["1.jpg", "2.jpg"])
    keep_all(catalogue)
    catalogue.pictures.want(1, ["2.jpg", "1.jpg", "1.jpg"])
    assert [each.digest for each in catalogue.pictures.of(1)] == ["digest-2.jpg", "digest-1.jpg"]


def test_pages_of_the_wanted_leave_nothing_out(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": str(number), "file": f"{number}.jpg"} for number in range(7)])
    seen: list[int] = []
    while page := catalogue.pictures.wanted(3, after=seen[-1] if seen else 0):
        seen += [each.id for each in page]
    assert seen == [1, 2, 3, 4, 5, 6, 7]


def test_one_picture_of_two_works_is_one_picture(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "a", "file": "1.jpg|2.jpg"}, {"id": "b", "file": "3.jpg"}])
    for wanted, digest in ((1, "same"), (2, "other"), (3, "same")):
        catalogue.pictures.keep(wanted, picture(digest, -5), "s")
    assert [each.digest for each in catalogue.pictures.all()] == ["same", "other"]
    assert list(catalogue.pictures.shown_by([2, 1, 2])) == [(1, "same"), (1, "other"), (2, "same")]
    assert list(catalogue.pictures.fingerprints()) == [
        (1, 1, -5, "same"),
        (1, 2, -5, "other"),
        (2, 1, -5, "same"),
    ]


def test_the_best_view_is_the_first_kept_picture_of_a_work(catalogue: Catalogue) -> None:
    add(
        catalogue,
        [
            {"id": "a", "file": "1.jpg|2.jpg"},
            {"id": "b", "file": "3.jpg"},
            {"id": "c", "file": "4.jpg|5.jpg"},
        ],
    )
    first, *others = catalogue.pictures.wanted()
    catalogue.pictures.quarantine(first.id, "it is cut off", "stamp")
    for each in others:
        catalogue.pictures.keep(each.id, picture(f"digest-{each.address}"), "stamp")
    views = list(catalogue.pictures.best_views([3, 1, 1]))
    assert [(each.work, each.address, each.source) for each in views] == [
        (1, "2.jpg", "works"),
        (3, "4.jpg", "works"),
    ]
    assert views[0].picture == picture("digest-2.jpg")
