"""What triage says: the promise first, then what was done, then what would help, and nothing idle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cartellino.triage.more import More
from cartellino.triage.promise import Promise
from cartellino.triage.triaged import Triaged, sentence, stated

KEPT = Promise(0.05, 0.95, 400, threshold=0.93, works=200, errors=3, bound=0.04)
NOTHING = Promise(0.02, 0.9, 40, reason="too few works")
DONE = Triaged("culture@1", "m", "single", KEPT, "labelled", 60, 40, 0, 0, 0, More(), 1, False)


def test_promises_are_sentences() -> None:
    assert sentence(KEPT, "single", "labelled") == (
        "Filed at 0.93 and above: for works like those that were labelled, "
        "at most 5 % of filed labels are wrong, with 95 % confidence."
    )
    assert "for works like those of the backlog" in sentence(KEPT, "single", "sampled")
    assert "at most 5 % of filed works carry a wrong tag" in sentence(KEPT, "multi", "labelled")
    assert sentence(NOTHING, "single", "labelled") == (
        "Nothing can be promised at a limit of 2 %, with 90 % confidence: too few works."
    )
    assert "2.5 %" in sentence(replace(KEPT, max_error=0.025), "single", "labelled")


@pytest.mark.parametrize(
    ("threshold", "told"), [(0.93, "0.93"), (0.9, "0.90"), (0.9287, "0.9287"), (1.0, "1.00"), (0.0, "0.00")]
)
def test_a_threshold_is_stated_as_it_is_applied(threshold: float, told: str) -> None:
    assert stated(threshold) == told
    assert float(told) == threshold


def test_what_would_help_comes_last() -> None:
    assert replace(DONE, more=More(300, 1_900)).sentences()[-1] == (
        "About 300 more signed works for calibration would let it file about 1,900 more."
    )
    assert "a better model" in DONE.sentences()[-1]
    few = replace(DONE, promise=NOTHING, filed=0, review=100)
    assert "triage --calibrate" in few.sentences()[-1]


def test_no_advice_where_nothing_is_left_to_file() -> None:
    assert len(replace(DONE, filed=100, review=0).sentences()) == 2
    assert len(replace(DONE, filed=60, review=40, sensitive=40).sentences()) == 3


def test_what_waits_for_a_person_is_said() -> None:
    told = " ".join(replace(DONE, sensitive=7, pending=1, newer=12).sentences())
    for part in ("7 works stood high enough", "1 work of a random sample", "12 works came after"):
        assert part in told
