"""Searching: resumable to the fold, the same from the same seed, and never misled by a trial that fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cartellino.classify.recipe import Recipe, load
from cartellino.classify.search import report
from cartellino.classify.search.found import as_toml, found_recipe, headline
from cartellino.classify.search.searching import Budget, Search
from cartellino.classify.search.space import Space, described, read_space
from cartellino.classify.search.study import DONE, FAILED, PRUNED, Study, Trial
from cartellino.classify.search.study import load as read
from cartellino.errors import InputError

LINEAR = load("linear")
TOLD = "balance=0..0.5,strengths=log:1..10000,class_weight=none|balanced"
SPACE = read_space(TOLD, LINEAR)


def bowl(recipe: Recipe, fold: int) -> float:
    """Best at a balance of 0.3; folds differ, and so do the classes' weights."""
    heavy = 0.1 if recipe.class_weight == "balanced" else 0.0
    return 1 + (recipe.settings["balance"] - 0.3) ** 2 * 10 + heavy + 0.05 * fold


def fresh(how: str = "optuna", space: Space = SPACE, objective: str = "log_loss", seed: int = 0) -> Study:
    return Study("s", "x@1", "ab", LINEAR.to_dict(), how, tuple(described(space)), objective, 4, seed)


def run(
    study: Study, trials: int, judged: Callable[[Recipe, int], float] = bowl
) -> tuple[Study, list[Study]]:
    kept: list[Study] = []
    return Search(LINEAR, SPACE, judged, kept.append).run(study, Budget(trials)), kept


def timeless(study: Study) -> list[Trial]:
    return [replace(trial, seconds=0.0) for trial in study.trials]


def test_a_search_finds_what_is_better_and_gives_up_what_is_behind() -> None:
    study, _ = run(fresh(), 30)
    assert len(study.trials) == 30
    assert study.trials[0].settings == {}
    assert study.best is not None
    assert abs(study.best.settings["balance"] - 0.3) < 0.05
    pruned = [trial for trial in study.trials if trial.state == PRUNED]
    assert len(pruned) >= 5
    assert all(2 <= len(trial.values) < 4 for trial in pruned)
    later = [abs(trial.settings["balance"] - 0.3) for trial in study.trials[20:]]
    early = [abs(trial.settings["balance"] - 0.3) for trial in study.trials[1:9]]
    assert sum(later) / len(later) < sum(early) / len(early), "it learns from its trials"


def test_more_may_be_better() -> None:
    study, _ = run(fresh(objective="accuracy"), 25, lambda recipe, fold: -bowl(recipe, fold))
    assert study.best is not None
    assert abs(study.best.settings["balance"] - 0.3) < 0.06


def test_the_same_seed_gives_the_same_trials_and_another_gives_others() -> None:
    first, second = run(fresh(), 14)[0], run(fresh(), 14)[0]
    assert timeless(first) == timeless(second)
    assert timeless(run(fresh(seed=1), 14)[0])[1:] != timeless(first)[1:]


@pytest.mark.parametrize("stop", [1, 7, 23, 38])
def test_a_search_that_was_stopped_goes_on_as_if_it_had_not_been(stop: int) -> None:
    whole, _ = run(fresh(), 14)
    seen: list[Study] = []

    def keep(study: Study) -> None:
        seen.append(study)
        if len(seen) == stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Search(LINEAR, SPACE, bowl, keep).run(fresh(), Budget(14))
    done = sum(len(trial.values) for trial in seen[-1].trials)
    calls: list[int] = []

    def counted(recipe: Recipe, fold: int) -> float:
        calls.append(fold)
        return bowl(recipe, fold)

    again, _ = run(seen[-1], 14, counted)
    assert timeless(again) == timeless(whole)
    assert len(calls) == sum(len(trial.values) for trial in whole.trials) - done, "no fold is judged twice"


def test_a_grid_tries_all_combinations_in_full() -> None:
    space = read_space("balance=0.1..0.5/3,class_weight=none|balanced", LINEAR)
    study = Search(LINEAR, space, bowl, lambda _: None).run(fresh("grid", space), Budget())
    assert len(study.trials) == 1 + 6
    assert {trial.state for trial in study.trials} == {DONE}
    assert study.best is not None
    assert study.best.settings == {"balance": pytest.approx(0.3), "class_weight": "none"}


def test_a_trial_that_fails_is_told_and_passed_over() -> None:
    def fickle(recipe: Recipe, fold: int) -> float:
        if recipe.class_weight == "balanced":
            raise InputError("the weights do not fit", "here")
        return bowl(recipe, fold)

    study, _ = run(fresh(), 16, fickle)
    failed = [trial for trial in study.trials if trial.state == FAILED]
    assert failed
    assert all("the weights do not fit" in trial.reason for trial in failed)
    assert study.best is not None
    assert study.best.settings.get("class_weight", "none") == "none"
    with pytest.raises(InputError):
        run(fresh(), 16, lambda recipe, fold: fickle(recipe.changed({"class_weight": "balanced"}), fold))


def test_time_is_a_bound_and_a_trial_that_it_cuts_short_goes_on() -> None:
    def slow(recipe: Recipe, fold: int) -> float:
        time.sleep(0.02)
        return bowl(recipe, fold)

    begun = time.monotonic()
    study = Search(LINEAR, SPACE, slow, lambda _: None).run(fresh(), Budget(0, 0.3 / 60))
    assert time.monotonic() - begun < 5
    assert 1 <= len(study.trials) < 30
    assert timeless(run(study, 30)[0]) == timeless(run(fresh(), 30)[0])


def test_what_was_found_is_a_recipe_like_any_other(tmp_path: Path) -> None:
    study, _ = run(fresh(), 20)
    file = tmp_path / "found.toml"
    file.write_text(as_toml(found_recipe(study, LINEAR), study), encoding="utf-8")
    found = load(str(file))
    assert found == found_recipe(study, LINEAR)
    assert found.name == "linear-searched"
    assert found.settings["balance"] == study.best.settings["balance"]  # type: ignore[union-attr]
    odd = LINEAR.changed({"class_weight": {'He said "no"\n': 2.5}, "sees": ["a:b"], "summary": "é\t\\"})
    told = tomllib.loads(as_toml(odd, study))
    assert Recipe.from_dict(told, "x") == odd


def test_where_nothing_is_better_the_recipe_stays_as_it_is() -> None:
    study, _ = run(fresh(), 8, lambda recipe, fold: float(recipe != LINEAR))
    assert found_recipe(study, LINEAR) == LINEAR
    assert "none is better than the recipe as it is" in headline(study)


def test_the_page_shows_the_trials(tmp_path: Path) -> None:
    study, _ = run(fresh(), 20)
    page = report.write(study, LINEAR, tmp_path)
    data = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert len(data["trials"]) == 20
    assert data["best"]["number"] == study.best.number  # type: ignore[union-attr]
    assert data["headline"] in page.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert {"trials.svg", "parallel.png"} <= {path.name for path in (tmp_path / "figures").iterdir()}


@pytest.mark.slow
def test_a_kill_loses_no_more_than_a_fold(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    program = textwrap.dedent(
        f"""
        import sys, time
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parents[2])!r})
        from classify.search.test_searching import LINEAR, SPACE, Budget, Search, bowl, fresh
        from cartellino.classify.search import study as studies
        path = Path({str(file)!r})
        slow = lambda recipe, fold: (time.sleep(0.05), bowl(recipe, fold))[1]
        keep = lambda study: studies.save(study, path)
        Search(LINEAR, SPACE, slow, keep).run(studies.opened(fresh(), path), Budget(12))
        """
    )
    process = subprocess.Popen([sys.executable, "-c", program])
    limit = time.monotonic() + 120
    while time.monotonic() < limit and (not file.exists() or len(read(file).trials) < 5):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert len(read(file).trials) < 12
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
    assert timeless(read(file)) == timeless(run(fresh(), 12)[0])
