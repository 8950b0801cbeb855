from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue.identity import is_accession, leading_zeros_lost, mangled, parts


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("1.2E+05", "a number that a spreadsheet shortened"),
        ("4,36535e+5", "a number that a spreadsheet shortened"),
        ("436535.0", "gave decimals"),
        ("1234567890123450000", "made zeros"),
        ("12-Mar", "a date"),
        ("Mar-05", "a date"),
        ("2005-03-12 00:00:00", "a date"),
        ("########", "an error"),
        ("#REF!", "an error"),
    ],
)
def test_ids_that_a_spreadsheet_changed_are_named(told: str, what: str) -> None:
    sentence = mangled(f" {told} ")
    assert sentence is not None
    assert sentence.startswith(f"'{told}' ")
    assert what in sentence


@pytest.mark.parametrize(
    "told", ["436535", "12.3a–b", "1975.1.867", "O.1924-22", "E12", "000466", "12.30", ""]
)
def test_ids_as_museums_write_them_are_left_alone(told: str) -> None:
    assert mangled(told) is None


def test_zeros_are_missed_where_another_id_has_them() -> None:
    assert leading_zeros_lost(["466", "500"], known=["000466"]) == (
        "'466' may be '000466' without its leading zeros (1 such ids)"
    )
    assert leading_zeros_lost(["0012a", "0013b", "0014c", "15", "16"]) == (
        "'15' may have lost its leading zeros: other ids have 5 characters (2 such ids)"
    )


@given(st.lists(st.integers(1, 10**9), unique=True))
def test_numbers_that_were_counted_up_are_not_suspected(numbers: list[int]) -> None:
    assert leading_zeros_lost(map(str, numbers)) is None


@given(st.integers(1, 99999))
def test_padded_ids_are_not_suspected(number: int) -> None:
    assert leading_zeros_lost([f"{each:06}" for each in range(number, number + 5)]) is None


@pytest.mark.parametrize(
    ("accession", "told"),
    [
        ("12.3a–c", ("12.3a", "12.3b", "12.3c")),
        ("12.3a-b", ("12.3a", "12.3b")),
        ("17.190.1a, b", ("17.190.1a", "17.190.1b")),
        ("12.3a–c, e", ("12.3a", "12.3b", "12.3c", "12.3e")),
        ("1975.1.867–869", ("1975.1.867", "1975.1.868", "1975.1.869")),
        ("M.12-1930", ("M.12-1930",)),
        ("12.3c–a", ("12.3c–a",)),
        ("1987.217.1a–c, .2", ("1987.217.1a–c, .2",)),
        (" 436535 ", ("436535",)),
        ("", ("",)),
    ],
)
def test_parts_of_an_object(accession: str, told: tuple[str, ...]) -> None:
    assert parts(accession) == told


@given(st.text())
def test_every_number_has_parts(accession: str) -> None:
    assert 1 <= len(parts(accession)) <= 200


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        ("12.3a–b", True),
        ("1975.1.867", True),
        ("O.1924-22", True),
        ("436535", False),
        ("a title", False),
        ("", False),
    ],
)
def test_accession_numbers_are_told_from_system_ids(told: str, is_one: bool) -> None:
    assert is_accession(told) is is_one
