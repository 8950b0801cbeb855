"""train, models, predict, evaluate: learning, and how well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, bar, common, opened
from cartellino.cli.searching import Asked, refuse_alone, search_options
from cartellino.cli.searching import search as looked_for

if TYPE_CHECKING:
    from cartellino.collection import Collection
    from cartellino.model import Model

_HEADLINES = 3


def _option(text: str) -> tuple[str, Any]:
    import tomllib

    name, separator, value = text.partition("=")
    if not separator:
        raise click.BadParameter(f"'{text}' should read name=value")
    try:
        return name.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value


@click.command()
@click.argument("label_set")
@click.option("--recipe", default="linear", show_default=True, help="A recipe's name, or its TOML file.")
@click.option("--seed", default=0, show_default=True, help="Where all randomness comes from.")
@click.option(
    "--set",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of the recipe, such as class_weight=balanced.",
)
@search_options
@common
def train(
    label_set: str,
    recipe: str,
    seed: int,
    options: tuple[str, ...],
    search: str,
    trials: int,
    minutes: float,
    objective: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Learn LABEL_SET, evaluate the model on its test part, and write a report.

    With --search the recipe's settings are looked for first, by folds of the works to learn from. A search
    that was stopped continues; what it has found lies in searches/.

    Example: cartellino train culture --search auto --trials 30
    """
    settings = dict(_option(each) for each in options)
    asked = Asked(search, trials, minutes, objective or "")
    refuse_alone(asked)
    if search:
        looked_for(folder, label_set, recipe, seed, settings, asked, as_json)
        return
    with opened(folder) as museum:
        museum.progress = bar()
        model = museum.train(label_set, recipe, seed=seed, options=settings)
        answer(as_json, _described(model), lambda: tell(model))


@click.command()
@click.argument("model")
@click.option(
    "--merge", required=True, type=click.Path(path_type=Path), help="Table of merges: from,to,reason."
)
@click.option("--name", required=True, help="What the label set of broader classes is called.")
@common
def group(model: str, merge: Path, name: str, folder: Path, as_json: bool) -> None:
    """Let MODEL answer with broader classes, without learning anew: probabilities add up.

    Example: cartellino group department --merge broad.csv --name wing
    """
    from cartellino.curate.merges import read_merges

    with opened(folder) as museum:
        museum.progress = bar()
        made = museum.broader(model, name, read_merges(merge))
        answer(as_json, _described(made), lambda: tell(made))


def _described(model: Model) -> dict[str, Any]:
    return {"model": model.name, "report": str(model.report.file), **model.report.data}


def tell(model: Model) -> None:
    """Print the headline figures of a model."""
    from cartellino.show import terminal

    data = model.report.data
    click.echo(f"{model.name}: {data['headline']}")
    terminal.table(["figure", "value", "95 % interval"], model.report.rows())
    click.echo(f"Report: {model.report.file}")


@click.command()
@common
def models(folder: Path, as_json: bool) -> None:
    """List the models, oldest first.

    Example: cartellino models
    """
    from cartellino.show import terminal

    with opened(folder) as museum:
        rows = museum.catalogue.models.list()
    data = [
        {"model": row.name, "recipe": row.recipe, "backbone": row.backbone, "trained_at": row.trained_at}
        for row in rows
    ]
    answer(
        as_json,
        data,
        lambda: terminal.table(
            ["model", "recipe", "backbone", "trained"], [list(each.values()) for each in data]
        ),
    )


@click.command()
@click.argument("model")
@click.argument("works", nargs=-1, required=True)
@click.option(
    "--back-off",
    "tree",
    type=click.Path(path_type=Path),
    help="Table of what lies within what (from,to,reason): answer with a broader class where it is surer.",
)
@click.option(
    "--sure",
    default=0.9,
    show_default=True,
    type=click.FloatRange(0, 1, min_open=True),
    help="With --back-off: how probable an answer has to be.",
)
@common
def predict(
    model: str, works: tuple[str, ...], tree: Path | None, sure: float, folder: Path, as_json: bool
) -> None:
    """Say what MODEL (or the newest model of a label set) thinks of WORKS, by their ids.

    Example: cartellino predict culture 436535 437980 --back-off regions.csv
    """
    if tree is not None:
        _back_off(model, works, tree, sure, folder, as_json)
        return
    with opened(folder) as museum:
        museum.progress = bar()
        found = museum.predict(model, works)
    data = {
        work: [{"label": each.label, "probability": round(each.probability, 4)} for each in suggestions]
        for work, suggestions in found.items()
    }
    answer(as_json, data, lambda: _tell_predictions(data))


def _back_off(
    model: str, works: tuple[str, ...], tree: Path, sure: float, folder: Path, as_json: bool
) -> None:
    from cartellino.curate.merges import read_merges

    with opened(folder) as museum:
        museum.progress = bar()
        found = museum.back_off(model, works, read_merges(tree), sure=sure)
    data = {
        work: {"label": each.label, "probability": round(each.probability, 4)} if each else None
        for work, each in found.items()
    }
    answer(as_json, data, lambda: _tell_surest(data))


def _tell_surest(data: dict[str, dict[str, Any] | None]) -> None:
    from cartellino.show import terminal, words

    rows = [
        [work, words.hedge(each["probability"]), each["label"], words.percent(each["probability"])]
        if each
        else [work, "not sure of anything", "", ""]
        for work, each in data.items()
    ]
    terminal.table(["work", "", "label", "probability"], rows)


def _tell_predictions(data: dict[str, list[dict[str, Any]]]) -> None:
    from cartellino.show import terminal, words

    rows = [
        [
            work if rank == 0 else "",
            words.hedge(each["probability"]),
            each["label"],
            words.percent(each["probability"]),
        ]
        for work, suggestions in data.items()
        for rank, each in enumerate(suggestions[:_HEADLINES])
    ]
    terminal.table(["work", "", "label", "probability"], rows)


@click.command()
@click.argument("model")
@click.option("--folds", default=0, help="Cross-validate the recipe in so many folds instead.")
@click.option("--seed", default=0, show_default=True, help="For the folds and the intervals.")
@common
def evaluate(model: str, folds: int, seed: int, folder: Path, as_json: bool) -> None:
    """Say how good MODEL is: on its test part, or by cross-validation of its recipe.

    Example: cartellino evaluate culture --folds 5
    """
    with opened(folder) as museum:
        museum.progress = bar()
        _evaluate(museum, model, folds, seed, as_json)


def _evaluate(museum: Collection, name: str, folds: int, seed: int, as_json: bool) -> None:
    from cartellino.show import terminal

    report = museum.evaluate(name, folds=folds, seed=seed)

    def text() -> None:
        click.echo(report.data["headline"])
        terminal.table(["figure", "value", "95 % interval"], report.rows())
        click.echo(f"Report: {report.file}")

    answer(as_json, {"report": str(report.file), **report.data}, text)
