"""What is noticed about ids."""

from __future__ import annotations

import pytest

from cartellino.acquire import ids
from cartellino.acquire.source import Remarks
from cartellino.catalogue.identity import mangled
from cartellino.errors import InputError


@pytest.mark.parametrize("told", ["1.2E+05", "120000000000000000", "#REF!", "12-Mar", "12.0"])
def test_a_mangled_id_is_remarked_on_with_its_line(told):
    remarks = Remarks()
    assert not ids.harmless(told)
    ids.look_at(remarks, 9, told, "")
    assert [(remark.line, remark.work_id) for remark in remarks] == [(9, told)]
    assert told in next(iter(remarks)).text


@pytest.mark.parametrize("told", ["466", "1975.1.867", "12.10", "83.2.220", "", "00012"])
def test_what_passes_by_unseen_is_indeed_harmless(told):
    assert ids.harmless(told)
    assert mangled(told) is None


def test_lost_zeros_are_noted_for_the_column():
    assert "Object ID" in ids.note("Object ID", ["0012", "0013", "0400", "14"])[0]
    assert ids.note("Object ID", ["12", "13", "400"]) == []


def test_ids_are_read_from_a_list_or_from_a_tables_first_column(tmp_path):
    path = tmp_path / "ids.csv"
    path.write_text('\ufeffObject ID,Title\n"45734",A jar\n436535;x\n\n45734\n', encoding="utf-8")
    assert ids.listed(path) == ["45734", "436535"]
    path.write_text("12.3a\n12.3b\n", encoding="utf-8")
    assert ids.listed(path) == ["12.3a", "12.3b"]
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no id in it"):
        ids.listed(path)
