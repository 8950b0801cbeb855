"""The same picture under another label."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.progress import Silent
from cartellino.suspects.reasons import Kind
from cartellino.suspects.twins import contradicted
from curate.museum import hang, opened, unlike

PICTURE = "SELECT picture FROM work_picture WHERE work = ?"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with opened(tmp_path) as catalogue:
        yield catalogue


def test_copies_and_near_copies_contradict_each_other_only_under_another_label(catalogue: Catalogue) -> None:
    rows = [{"id": f"w{n}", "school": "Dutch" if n % 2 else "French"} for n in range(40)]
    pictures = {f"w{n}": [(f"w{n}", unlike(f"w{n}"))] for n in range(40)}
    pictures["w1"] = pictures["w0"]  # the same file: French and Dutch
    pictures["w2"] = [("copy of w5", unlike("w5") ^ 0b101)]  # nearly the same: French and Dutch
    pictures["w9"] = pictures["w7"]  # both Dutch
    keys = hang(catalogue, rows, pictures)
    label_set = freeze(catalogue, LabelDefinition(name="school", field="school"), Silent())
    one, other = (catalogue.connection.execute(PICTURE, (keys[name],)).fetchone()[0] for name in ("w2", "w5"))
    place = {int(key): row for row, key in enumerate(label_set.works)}
    alone = {place[keys[name]] for name in ("w0", "w1")}
    assert set(contradicted(catalogue, label_set)) == alone  # hashes that are near are no proof
    catalogue.likeness.keep([(min(one, other), max(one, other), 0.9)])
    found = contradicted(catalogue, label_set)
    assert set(found) == {place[keys[name]] for name in ("w0", "w1", "w2", "w5")}
    (same,), (nearly,) = found[place[keys["w0"]]], found[place[keys["w2"]]]
    assert same.sentence == "The same picture stands under another label: w1 (‘Dutch’)."
    assert nearly.sentence == "Nearly the same picture stands under another label: w5 (‘Dutch’)."
    assert same.works == (keys["w1"],)
    assert same.strength > nearly.strength
    assert same.kind is Kind.TWIN
