"""fields and labels report: tables for people, keys that stay for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_program import run

TABLE = """id,title,culture,date,file
w1,Cup,Dutch,1650,
w2,Jug,Dutch,1710,
w3,A title that goes on for longer than any table of a terminal has room for,,1630,
"""


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    run("new", "museum", folder=tmp_path)
    (tmp_path / "works.csv").write_text(TABLE, encoding="utf-8")
    done = run("add", "table", "../works.csv", folder=tmp_path / "museum")
    assert done.returncode == 0, done.stderr
    return tmp_path / "museum"


def test_fields_are_listed_with_shares_and_examples(museum: Path) -> None:
    lines = run("fields", folder=museum).stdout.splitlines()
    assert lines[0].split() == ["field", "works", "share", "values", "a", "work", "for", "example"]
    (culture,) = [line for line in lines if line.startswith("culture")]
    assert culture.split() == ["culture", "2", "67", "%", "1", "Dutch"]
    told = {each["field"]: each for each in json.loads(run("fields", "--json", folder=museum).stdout)}
    assert set(told["culture"]) == {"field", "works", "share", "values", "several", "examples"}
    assert told["culture"]["share"] == pytest.approx(2 / 3)
    assert told["title"]["examples"] == ["Cup"]


def test_the_values_of_a_field_come_with_centuries_and_how_many_a_work_has(museum: Path) -> None:
    out = run("fields", "culture", folder=museum).stdout
    assert "2 works of 3 (67 %) have a value of culture: 1 different value" in out
    assert "17th century   18th century" in out
    assert "Centuries are those of date." in out
    told = json.loads(run("fields", "culture", "--json", folder=museum).stdout)
    assert set(told) == {
        *("field", "works", "with_value", "different", "values", "values_per_work", "date_fields")
    }
    assert set(told["values"][0]) == {
        *("value", "works", "share", "cumulated", "first_century", "last_century")
    }
    assert told["values_per_work"] == [{"values": 0, "works": 1}, {"values": 1, "works": 2}]


def test_an_empty_field_is_said_to_be_empty(museum: Path) -> None:
    out = run("fields", "file", folder=museum)
    assert out.returncode == 0, out.stderr
    assert "0 works of 3 (0 %)" in out.stdout


def test_a_report_of_no_label_set_is_refused(museum: Path) -> None:
    done = run("labels", "report", "culture", folder=museum)
    assert done.returncode == 1
    assert "there is no label set" in done.stderr
