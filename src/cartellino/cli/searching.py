"""train --search: the settings of a recipe, looked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from cartellino.cli.program import answer, bar, opened

if TYPE_CHECKING:
    from cartellino.searched import Found

Function = TypeVar("Function", bound=Callable[..., Any])
_TRIALS = 30  # where neither trials nor minutes are said


class Asked(NamedTuple):
    """What a search was asked for on the command line."""

    space: str
    trials: int
    minutes: float
    objective: str


def search_options(function: Function) -> Function:
    """Add --search and what goes with it."""
    for option in reversed(
        (
            click.option(
                "--search",
                metavar="SPACE",
                default="",
                help="Look for the best settings: C=log:0.1..100,kernel=rbf|linear, a TOML file, or 'auto'; "
                "'grid' or grid:SPACE tries all combinations.",
            ),
            click.option(
                "--trials", default=0, help="With --search: trials in all; 30 if no minutes are given either."
            ),
            click.option(
                "--minutes", default=0.0, help="With --search: stop after so many minutes; it continues."
            ),
            click.option(
                "--objective",
                type=click.Choice(["log_loss", "accuracy", "f2"]),
                help="With --search: what trials are judged by; log_loss if not given.",
            ),
        )
    ):
        function = option(function)
    return function


def search(
    folder: Path, label_set: str, recipe: str, seed: int, options: dict[str, Any], asked: Asked, as_json: bool
) -> None:
    """Search, train with what was found, and tell."""
    from cartellino.classify import recipe as recipes
    from cartellino.classify.search.searching import Budget

    grid = asked.space.strip().startswith("grid")
    trials = asked.trials or (0 if asked.minutes or grid else _TRIALS)
    with opened(folder) as museum:
        museum.progress = bar()
        found = museum.searched.search(
            museum.labels.get(label_set),
            recipes.load(recipe).changed(options),
            asked.space,
            Budget(trials, asked.minutes),
            objective=asked.objective or "",
            seed=seed,
        )
        answer(as_json, _described(found), lambda: _tell(found))


def refuse_alone(asked: Asked) -> None:
    """Refuse options of a search without one."""
    if not asked.space and (asked.trials or asked.minutes or asked.objective):
        raise click.UsageError("--trials, --minutes and --objective go with --search")


def _described(found: Found) -> dict[str, Any]:
    return {
        "search": {**found.report.data, "recipe_file": str(found.recipe), "report": str(found.report.file)},
        "report": str(found.model.report.file),
        **found.model.report.data,
    }


def _tell(found: Found) -> None:
    from cartellino.cli.learn import tell
    from cartellino.show import terminal

    data = found.report.data
    for sentence in data["summary"]:
        terminal.story(sentence)
    click.echo(f"Recipe: {found.recipe}")
    click.echo(f"Search: {found.report.file}\n")
    tell(found.model)
