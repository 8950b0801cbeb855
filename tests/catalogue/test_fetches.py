from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.catalogue.fetches import Fetch

A, B, C = (f"https://museum.example/objects/{number}" for number in (1, 2, 3))


def test_what_was_fetched_is_known_with_its_body(catalogue: Catalogue) -> None:
    catalogue.fetches.done(
        [(A, "record", 2, 7, '"e"', "Mon", b'{"a":1}'), (B, "picture", 1, 9, "", "", None)]
    )
    known = catalogue.fetches.known([A, B, C])
    assert known[A][:5] == (A, "record", "done", 2, "")
    assert known[A][6:] == (7, '"e"', "Mon")
    assert C not in known
    assert isinstance(known[B], Fetch)
    assert catalogue.fetches.bodies([A, B, C]) == {A: b'{"a":1}'}


def test_failures_add_up_and_spare_the_body(catalogue: Catalogue) -> None:
    catalogue.fetches.done([(A, "record", 1, 2, "", "", b"{}")])
    catalogue.fetches.failed(
        [(A, "record", False, 5, "it did not answer"), (B, "record", True, 1, "gone (404)")]
    )
    known = catalogue.fetches.known([A, B])
    assert (known[A].status, known[A].attempts, known[A].error) == ("failed", 6, "it did not answer")
    assert (known[B].status, known[B].attempts) == ("gone", 1)
    assert catalogue.fetches.bodies([A]) == {A: b"{}"}
    catalogue.fetches.done([(A, "record", 1, 4, "", "", b"[{}]")])
    assert catalogue.fetches.known([A])[A][2:5] == ("done", 7, "")
    assert catalogue.fetches.bodies([A]) == {A: b"[{}]"}


def test_unchanged_moves_only_the_time_and_the_attempts(catalogue: Catalogue) -> None:
    catalogue.fetches.done([(A, "record", 1, 2, '"e"', "Mon", b"{}")])
    catalogue.connection.execute("UPDATE fetch SET at = '2000-01-01T00:00:00Z'")
    before = catalogue.fetches.known([A])[A]
    catalogue.fetches.unchanged([A, B])
    after = catalogue.fetches.known([A, B])
    assert set(after) == {A}
    assert after[A]._replace(at=before.at, attempts=1) == before
    assert (after[A].attempts, after[A].at > before.at) == (2, True)


def test_the_summary_counts_by_reason(catalogue: Catalogue) -> None:
    catalogue.fetches.failed([(f"{A}{n}", "picture", True, 1, "gone (404)") for n in range(3)])
    catalogue.fetches.failed([(B, "record", False, 5, "it did not answer")])
    catalogue.fetches.done([(f"{C}{n}", "record", 1, 2, "", "", b"{}") for n in range(2)])
    assert catalogue.fetches.summary() == [
        ("picture", "gone", "gone (404)", 3),
        ("record", "done", "", 2),
        ("record", "failed", "it did not answer", 1),
    ]


def test_failures_are_forgotten_as_asked(catalogue: Catalogue) -> None:
    def fill() -> None:
        catalogue.fetches.done([(C, "record", 1, 2, "", "", b"{}")])
        rows = [(A, "record", False, 1, "x"), (B, "picture", True, 1, "y"), (C, "record", False, 1, "x")]
        catalogue.fetches.failed(rows)

    fill()
    assert catalogue.fetches.forget_failures("picture") == 0
    assert catalogue.fetches.forget_failures() == 2
    assert {each.status for each in catalogue.fetches.known([A, B, C]).values()} == {"gone", "done"}
    fill()
    assert catalogue.fetches.forget_failures("picture", lasting=True) == 1
    assert catalogue.fetches.forget_failures(lasting=True) == 2
    assert set(catalogue.fetches.known([A, B, C])) == {C}


def test_what_is_done_is_never_forgotten(catalogue: Catalogue) -> None:
    catalogue.fetches.done([(B, "picture", 1, 2, "", "", None)])
    assert catalogue.fetches.forget_failures(lasting=True) == 0
    assert set(catalogue.fetches.known([B])) == {B}


def test_any_body_comes_back_as_it_was(tmp_path: Path) -> None:
    with Catalogue.open(tmp_path / "c.sqlite", create=True) as catalogue:

        @given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.binary()))
        def check(bodies: dict[str, bytes]) -> None:
            rows = [(address, "record", 1, len(body), "", "", body) for address, body in bodies.items()]
            catalogue.fetches.done(rows)
            assert catalogue.fetches.bodies(list(bodies)) == bodies

        check()
