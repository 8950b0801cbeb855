"""Studies kept: what is read is what was written, and nothing else is taken for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cartellino.classify.recipe import load
from cartellino.classify.search import study as studies
from cartellino.classify.search.study import BEGUN, DONE, FAILED, PRUNED, Study, Trial
from cartellino.errors import ModelError

EMPTY = Study("a", "x@1", "ab", load("linear").to_dict(), "optuna", ("balance: 0..1",), "log_loss", 3, 0)
FULL = replace(
    EMPTY,
    trials=(
        Trial(0, {}, (0.5, 0.4, 0.3), DONE, 1.0),
        Trial(1, {"balance": 0.1}, (0.1,), PRUNED, 1.0),
        Trial(2, {"balance": 0.2}, (), FAILED, 1.0, "why"),
        Trial(3, {"balance": 0.3}, (0.3, 0.3, 0.3), DONE, 1.0),
        Trial(4, {"balance": 0.4}, (0.2,), BEGUN),
    ),
)


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    studies.save(FULL, file)
    assert studies.opened(EMPTY, file).trials == FULL.trials
    assert studies.opened(EMPTY, tmp_path / "none.json") == EMPTY


def test_only_whole_trials_can_be_best() -> None:
    assert FULL.best == FULL.trials[3]
    assert replace(FULL, objective="accuracy").best == FULL.trials[0]
    assert EMPTY.best is None
    assert [trial.number for trial in FULL.ended] == [0, 1, 2, 3]


def test_another_search_under_the_same_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    studies.save(FULL, file)
    with pytest.raises(ModelError, match="another search"):
        studies.opened(replace(EMPTY, seed=1), file)


@pytest.mark.parametrize("text", ["", "{}", '{"format": 9}', "[1]", '{"format": 1, "trials": [{"x": 1}]}'])
def test_what_is_no_search_is_said_to_be_none(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="does not describe a search"):
        studies.load(file)
