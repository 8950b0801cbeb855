"""How reasons add up, and how suspects are ranked."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.suspects.reasons import Kind, Reason, Suspect, of_kind, ranked, together

SHARES = st.lists(st.floats(0, 1), max_size=6)


def suspect(work: int, *reasons: tuple[Kind, float]) -> Suspect:
    told = tuple(
        Reason(kind, f"{kind} of {work}.", strength, (work + 1,), "ab") for kind, strength in reasons
    )
    return Suspect(work, ("Dutch",), (("French", 0.8), ("Dutch", 0.1)), told, (7, 8))


@given(SHARES, st.floats(0, 1))
def test_another_reason_never_makes_a_work_less_doubtful(strengths: list[float], more: float) -> None:
    assert 0 <= together(strengths) <= 1
    assert together([*strengths, more]) >= max([together(strengths), more]) - 1e-9


def test_works_with_several_reasons_rise() -> None:
    both, label, twin = (
        suspect(3, (Kind.LABEL, 0.7), (Kind.TWIN, 0.6)),
        suspect(1, (Kind.LABEL, 0.8)),
        suspect(2, (Kind.TWIN, 0.8)),
    )
    assert both.doubt == pytest.approx(0.88)
    assert [each.work for each in ranked([twin, label, both])] == [3, 1, 2]


def test_kinds_are_chosen_by_any_of_a_works_reasons() -> None:
    both, place = suspect(1, (Kind.LABEL, 0.7), (Kind.TWIN, 0.6)), suspect(2, (Kind.PLACE, 0.3))
    assert of_kind([both, place], ["twin"]) == [both]
    assert of_kind([both, place], ["place", "label"]) == [both, place]
    assert of_kind([both, place], []) == [both, place]


def test_a_suspect_survives_being_kept_as_json() -> None:
    before = suspect(1, (Kind.LABEL, 0.7), (Kind.PICTURE, 0.8))
    assert Suspect.from_dict(json.loads(json.dumps(before.as_dict()))) == before
