from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue.dates import century, century_in_words, years

YEAR = st.integers(1000, 2100)
BC = st.integers(1, 4000)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1835", (1835, 1835)),
        ("ca. 1835", (1835, 1835)),
        ("c.1835", (1835, 1835)),
        ("dated 1776", (1776, 1776)),
        ("12 June 1835", (1835, 1835)),
        ("1835-06-12", (1835, 1835)),
        ("1835–40", (1835, 1840)),
        ("1906-07", (1906, 1907)),
        ("1800 or 1801", (1800, 1801)),
        ("1835/36", (1835, 1836)),
        ("186[3?]", (1863, 1863)),
        ("1830s", (1830, 1839)),
        ("1830s–40s", (1830, 1849)),
        ("1800s", (1800, 1899)),
        ("19th century", (1801, 1900)),
        ("late 19th century", (1867, 1900)),
        ("mid-18th century", (1734, 1766)),
        ("second half of the 15th century", (1451, 1500)),
        ("first quarter 16th century", (1501, 1525)),
        ("19th–20th century", (1801, 2000)),
        ("late 18th–early 19th century", (1767, 1833)),
        ("15th or 16th century", (1401, 1600)),
        ("ca. 2649–2130 B.C.", (-2649, -2130)),
        ("Dynasty 12, ca. 1981–1802 B.C.", (-1981, -1802)),
        ("100 BC–AD 100", (-100, 100)),
        ("5th c. BC", (-500, -401)),
        ("3rd or 4th century BCE (?)", (-400, -201)),
        ("3rd century B.C.–A.D. 1st century", (-300, 100)),
        ("early 2nd millennium BC", (-2000, -1668)),
        ("A.D. 79", (79, 79)),
        ("Edo period (1615–1868)", (1615, 1868)),
        ("-2649", (-2649, -2649)),
        ("79", (79, 79)),
        ("1650, cast 1902", (1650, 1650)),
    ],
)
def test_dates_as_museums_write_them(text: str, span: tuple[int, int]) -> None:
    assert years(text) == span


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n.d.",
        "0",
        "9999",
        "153505",
        "before 1800",
        "after ca. 1750",
        "by 1882",
        "18th Dynasty",
        "Room 12",
        "year 0",
    ],
)
def test_what_is_no_sure_date_is_none(text: str) -> None:
    assert years(text) is None


@given(
    st.text() | st.from_regex(r"(ca\. )?\d{1,4}(st|th|s)?( century)?( BC)?(-| or )\d{1,4}(th century)?( AD)?")
)
def test_any_text_has_years_in_order_or_none(text: str) -> None:
    span = years(text)
    assert span is None or (span[0] <= span[1] <= 2200 and 0 not in span)


@given(YEAR, st.integers(0, 99), st.sampled_from(["", "ca. ", "about ", "c. ", "Paris, "]))
def test_ranges_come_back(first: int, more: int, before: str) -> None:
    last = min(first + more, 2100)
    assert years(f"{before}{first}–{last}") == (first, last)
    assert years(f"{before}{first} to {last}") == (first, last)


@given(BC, st.integers(0, 900), st.sampled_from(["BC", "B.C.", "b.c.e.", "BCE"]))
def test_ranges_before_christ_come_back(first: int, less: int, era: str) -> None:
    last = max(first - less, 1)
    assert years(f"{first}–{last} {era}") == (-first, -last)


@pytest.mark.realdata
def test_the_met_reads_its_own_dates_alike(data_folder: Path) -> None:
    with gzip.open(data_folder / "met" / "MetObjects-sample.csv.gz", "rt", encoding="utf-8-sig") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Object Date"]]
    read = [
        (years(row["Object Date"]), int(row["Object Begin Date"]), int(row["Object End Date"]))
        for row in rows
    ]
    told = [(span, begin, end) for span, begin, end in read if span]
    near = sum(span[0] <= end + 30 and span[1] >= begin - 30 for span, begin, end in told)
    assert len(told) > 0.99 * len(rows)
    assert near > 0.995 * len(told)


@pytest.mark.parametrize(
    ("year", "told", "short"),
    [
        (1, "1st century", "1st"),
        (100, "1st century", "1st"),
        (101, "2nd century", "2nd"),
        (1200, "12th century", "12th"),
        (2001, "21st century", "21st"),
        (-1, "1st century BC", "1st BC"),
        (-300, "3rd century BC", "3rd BC"),
        (-301, "4th century BC", "4th BC"),
    ],
)
def test_years_lie_in_centuries(year: int, told: str, short: str) -> None:
    assert century_in_words(century(year)) == told
    assert century_in_words(century(year), short=True) == short
