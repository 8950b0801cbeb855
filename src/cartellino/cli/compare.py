"""compare: models, or recipes in folds, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, bar, common, opened

if TYPE_CHECKING:
    from cartellino.collection import Collection
    from cartellino.model import Report


@click.command()
@click.argument("models", nargs=-1)
@click.option(
    "--recipes", default="", metavar="NAMES", help="Recipes instead of models, in folds: linear,mine.toml"
)
@click.option("--label-set", default="", help="With --recipes: what they learn.")
@click.option("--folds", default=5, show_default=True, help="With --recipes: how many folds, kin together.")
@click.option(
    "--against",
    type=click.Choice(["best", "first"]),
    default="best",
    show_default=True,
    help="Hold all against each other, or the others against the first.",
)
@click.option("--seed", default=0, show_default=True, help="For the folds and the intervals.")
@common
def compare(
    models: tuple[str, ...],
    recipes: str,
    label_set: str,
    folds: int,
    against: str,
    seed: int,
    folder: Path,
    as_json: bool,
) -> None:
    """Set MODELS side by side on the test works that none has seen: figures, differences, costs.

    With --recipes and --label-set: recipes, each on all works, by cross-validation in the same folds.

    Example: cartellino compare culture-linear-1a2b3c4d culture-svm-5e6f7a8b
    """
    if bool(models) == bool(recipes):
        raise click.UsageError("name models, or --recipes with --label-set")
    if bool(recipes) != bool(label_set):
        raise click.UsageError("--recipes and --label-set go together")
    with opened(folder) as museum:
        museum.progress = bar()
        if recipes:
            report = _in_folds(museum, recipes, label_set, (folds, against, seed))
        else:
            held = [museum.model(name) for name in models]
            report = museum.compared.models(held, against=against, seed=seed)
        data = {"report": str(report.file), **report.data}
        answer(as_json, data, lambda: _tell(data))


def _in_folds(museum: Collection, named: str, label_set: str, asked: tuple[int, str, int]) -> Report:
    from cartellino.classify import recipe

    folds, against, seed = asked
    told = [recipe.load(name.strip()) for name in named.split(",") if name.strip()]
    learnt = museum.labels.get(label_set)
    return museum.compared.recipes(learnt, told, folds=folds, against=against, seed=seed)


def _tell(data: dict[str, Any]) -> None:
    from cartellino.evaluate.compare_report import figure_rows, pair_rows
    from cartellino.evaluate.compare_words import cost_cells
    from cartellino.show import terminal

    terminal.story(data["headline"])
    click.echo("")
    heads = [each["name"] for each in data["measures"]]
    rows = [
        [name, *(f"{value} ({interval})" for value, interval in cells)] for name, *cells in figure_rows(data)
    ]
    terminal.table(["", *heads], rows, "l" + "r" * len(heads))
    click.echo("")
    pairs = [
        [each["first"], each["second"], each["apart"], each["p"], each["verdict"]] for each in pair_rows(data)
    ]
    terminal.table(["model", "against", "difference", "by chance", "so"], pairs, "llrrl")
    click.echo("")
    costs = [[each["name"], *cost_cells(each["cost"])] for each in data["models"]]
    terminal.table(["", "training", "size", "pictures a second", "features kept"], costs, "lrrrr")
    click.echo(f"\nReport: {data['report']}")
