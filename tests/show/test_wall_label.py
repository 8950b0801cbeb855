from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cartellino.show.wall_label import plain, roles, tidy, wall_label

HEADERS = st.sampled_from([header for headers in roles().values() for header in headers]) | st.text(
    max_size=12
)
VALUES = st.text(max_size=20)


def test_a_record_of_the_met_hangs_as_its_label_does() -> None:
    label = wall_label(
        [
            ("Object Number", "29.100.113"),
            ("Title", "The Great Wave|Under the Wave"),
            ("Artist Display Name", "Katsushika Hokusai"),
            ("Artist Display Bio", "Japanese, 1760–1849"),
            ("Object Date", "ca. 1830–32"),
            ("Medium", "Woodblock print; ink and color on paper"),
            ("Culture", "Japan"),
            ("Period", "Edo period (1615–1868)"),
            ("Credit Line", "H. O. Havemeyer Collection"),
            ("Department", "Asian Art"),
        ]
    )
    assert (label.artist, label.dates) == ("Katsushika Hokusai", "Japanese, 1760–1849")
    assert (label.title, label.year) == ("The Great Wave; Under the Wave", "ca. 1830–32")
    assert label.place == "Japan, Edo period (1615–1868)"
    assert (label.credit, label.number) == ("H. O. Havemeyer Collection", "29.100.113")
    assert label.rest == (("Department", "Asian Art"),)


def test_german_headers_and_separate_dates_are_understood() -> None:
    label = wall_label(
        [
            ("Künstler", "A. Dürer"),
            ("Born", "1471"),
            ("Died", "1528"),
            ("Inventar-Nr.", "K 12"),
            ("Ort", "Nürnberg"),
        ]
    )
    assert (label.artist, label.dates, label.number, label.place) == (
        "A. Dürer",
        "1471–1528",
        "K 12",
        "Nürnberg",
    )
    assert label.rest == ()


def test_a_place_that_gives_way_to_a_culture_stays_in_the_entry() -> None:
    label = wall_label([("Culture", "Greek"), ("Country", "Italy")])
    assert label.place == "Greek"
    assert ("Country", "Italy") in label.rest


def test_what_the_catalogue_knows_wins_and_an_id_stands_in_for_a_number() -> None:
    assert wall_label([("Title", "Guess")], title="Known").title == "Known"
    assert wall_label([], work_id="w7").number == "w7"
    assert wall_label([("Accession Number", " ")], accession="12.3a–b", work_id="w7").number == "12.3a–b"


def test_headers_are_compared_without_accents_and_signs() -> None:
    assert plain(" Künstler-Name ") == "kunstlername"
    assert tidy("a | b||a") == "a; b"


@given(st.lists(st.tuples(HEADERS, VALUES), max_size=12))
def test_no_value_of_the_entry_is_lost(columns: list[tuple[str, str]]) -> None:
    label = wall_label(columns)
    shown = [
        label.artist,
        label.dates,
        label.title,
        label.year,
        label.medium,
        label.place,
        label.credit,
        label.number,
    ]
    everything = " ".join(shown) + " ".join(value for _, value in label.rest)
    first: dict[str, str] = {}
    for header, value in columns:
        if value.strip():
            first.setdefault(plain(header), value)
    for value in first.values():
        assert tidy(value) in everything
