from __future__ import annotations

import csv
import io

from cartellino.acquire.gallery import catalogue
from cartellino.acquire.gallery.plan import plan
from cartellino.acquire.gallery.schools import SCHOOLS

PLAN = plan(7, 360)
TEXT = catalogue.table(7, ((work, ("Sky", "Boats")) for work in PLAN))
ROWS = list(csv.reader(io.StringIO(TEXT, newline="")))
SYNONYMS = {row["from"]: row["to"] for row in csv.DictReader(io.StringIO(catalogue.merges()))}


def column(name: str) -> list[str]:
    place = catalogue.HEADER.index(name)
    return [row[place] if place < len(row) else "" for row in ROWS[1:]]


def test_there_is_a_row_for_each_work_and_two_that_are_none() -> None:
    assert tuple(ROWS[0]) == catalogue.HEADER
    assert len(ROWS) == 1 + 360 + 2
    assert column("Object Number").count("") == 1
    assert sorted({len(row) for row in ROWS}) == [3, len(catalogue.HEADER)]


def test_about_a_third_is_unlabelled_and_a_few_are_wrong() -> None:
    told = {row[9].split("|")[0]: row[4].strip() for row in ROWS[1:] if len(row) > 9}
    labelled = wrong = 0
    for work in PLAN:
        label = (
            SYNONYMS.get(told.get(work.views[0].file, ""), told.get(work.views[0].file, ""))
            if work.views
            else ""
        )
        if label in SCHOOLS:
            labelled += 1
            wrong += label != work.school
    assert 0.55 < labelled / 360 < 0.75
    assert 0.008 < wrong / labelled < 0.08


def test_spellings_vary_and_the_merges_mend_them() -> None:
    written = {value.strip() for value in column("School")} - {""}
    assert {"Pointillist", "pointillist manner", "Color Field", "Wood cut"} <= written
    assert set(SCHOOLS) <= written
    assert {SYNONYMS.get(value, value) for value in written} - set(SCHOOLS) <= {
        "unknown",
        "?",
        "n/a",
        "to be checked",
    }
    assert not set(SYNONYMS) & set(SCHOOLS)


def test_ids_have_leading_zeros_that_some_lost_and_one_was_mangled() -> None:
    ids = [each for each in column("Object Number") if each]
    assert len(ids) == len(set(ids))
    assert "1.2E+05" in ids
    assert sum(each.startswith("0") for each in ids) > 300
    assert 3 <= sum(not each.startswith("0") for each in ids) <= 25


def test_dates_names_and_numbers_are_as_museums_write_them() -> None:
    dates, artists, accessions = column("Date"), set(column("Artist")), column("Accession Number")
    assert any(date.startswith("ca. ") for date in dates)
    assert any("BC" in date or "B.C." in date for date in dates)
    assert any("–" in date for date in dates)
    assert "n.d." in dates
    assert any("ā" in name or "ō" in name or "É" in name for name in artists)
    assert any(", " in name for name in artists)
    assert any(name.startswith("Attributed to ") for name in artists)
    assert any(accession.endswith("a–d") for accession in accessions)
    assert any(accession.startswith("L.") for accession in accessions)


def test_nothing_is_acquired_before_it_is_made() -> None:
    for date, credit in zip(column("Date"), column("Credit Line"), strict=True):
        if date.isdigit() and credit[-4:].isdigit():
            assert int(credit[-4:]) > int(date)


def test_titles_try_what_a_page_must_bear() -> None:
    titles = column("Title")
    assert max(map(len, titles)) > 250
    assert any('"' in title for title in titles)
    assert "" in titles


def test_another_seed_writes_another_catalogue() -> None:
    assert catalogue.table(8, ((work, ()) for work in PLAN)) != TEXT
