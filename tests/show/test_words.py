"""The same words everywhere."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.show import words


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (1.0, "almost certainly"),
        (0.95, "almost certainly"),
        (0.949, "probably"),
        (0.75, "probably"),
        (0.74, "perhaps"),
        (0.5, "perhaps"),
        (0.49, "could be"),
        (0.0, "could be"),
    ],
)
def test_probability_is_said_in_words(probability: float, said: str) -> None:
    assert words.hedge(probability) == said


def test_nothing_is_almost_certain_without_calibration() -> None:
    assert words.hedge(0.999, calibrated=False) == "probably"


@pytest.mark.parametrize(
    ("n", "noun", "said"),
    [
        (1, "work", "1 work"),
        (0, "work", "0 works"),
        (2282, "work", "2,282 works"),
        (3, "category", "3 categories"),
        (2, "class", "2 classes"),
        (2, "day", "2 days"),
        (5, "batch", "5 batches"),
    ],
)
def test_counts_agree_with_their_noun(n: int, noun: str, said: str) -> None:
    assert words.count(n, noun) == said


def test_an_odd_plural_can_be_told() -> None:
    assert words.count(2, "kin", "kin") == "2 kin"


def test_a_share_has_as_many_digits_as_its_works_bear() -> None:
    assert words.percent(208 / 226, 226) == "92.0 %"
    assert words.percent(23 / 25, 25) == "92 %"
    assert words.percent(math.nan) == "–"


@given(st.floats(0, 1), st.sampled_from([None, 10, 1000]))
def test_only_all_is_all_and_only_none_is_none(share: float, of: int | None) -> None:
    said = words.percent(share, of)
    assert (said == "100 %") == (share == 1.0)
    assert (said == "0 %") == (share == 0.0)
    assert said not in ("100.0 %", "0.0 %")


def test_nearly_all_is_said_as_nearly_all() -> None:
    assert words.percent(0.99996) == "over 99.9 %"
    assert words.percent(0.00001) == "under 0.1 %"


def test_intervals_read_as_a_person_would_say_them() -> None:
    assert words.between(0.877, 0.949, 226) == "between 87.7 % and 94.9 %"
    assert words.span(0.877, 1.0, 226) == "87.7–100 %"
    assert words.between(math.nan, math.nan) == "unknown"


def test_lists_end_in_and() -> None:
    assert words.listing(["a", "b", "c"]) == "a, b and c"
    assert words.listing(["a", "b"], "or") == "a or b"
    assert words.listing(["a"]) == "a"
    assert words.listing([]) == ""


def test_times_are_told_in_utc() -> None:
    assert words.date("2026-11-02T23:30:00+00:00") == "2 November 2026"
    assert words.moment("2026-11-03T01:05:00+02:00") == "2 November 2026, 23:05 UTC"
    assert words.moment("last spring") == "last spring"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 s"), (59, "59 s"), (125, "2 min 05 s"), (3840, "1 h 04 min"), (-3, "0 s")]
)
def test_durations_have_two_units(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


@given(st.text())
def test_plain_text_is_one_line_without_control_characters(text: str) -> None:
    said = words.plain(text)
    assert said.isprintable() or said == ""
    assert "  " not in said


def test_plain_text_keeps_every_letter() -> None:
    assert words.plain("Žmonės\n浮世絵\x1b[31m") == "Žmonės 浮世絵 [31m"
