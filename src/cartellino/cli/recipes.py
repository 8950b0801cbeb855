"""recipes: which there are, and what one is made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cartellino.cli.program import answer, common

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@click.command()
@click.option(
    "--show", "name", metavar="NAME", help="Show one recipe, or a TOML file, from settings to cost."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --show: draw what it is made of into this file, .svg or .png.",
)
@click.option(
    "--classes", default=10, show_default=True, help="With --show: how many labels it would tell apart."
)
@common
def recipes(name: str | None, out: Path | None, classes: int, folder: Path, as_json: bool) -> None:
    """List the recipes; with --show, the settings, layers and costs of one.

    Example: cartellino recipes --show linear --out linear.svg
    """
    from cartellino.classify import described, recipe

    if name is None:
        if out is not None:
            raise click.UsageError("--out draws one recipe: name it with --show")
        found = described.listed()
        answer(as_json, found, lambda: _list(found))
        return
    data = described.described(recipe.load(name), _backbone(folder), classes)
    if out is not None:
        _write(_drawn(data), out)
    data["drawing"] = None if out is None else str(out)
    answer(as_json, data, lambda: _tell(data))


def _backbone(folder: Path) -> str:
    """The backbone of the collection, or the default where there is no collection."""
    from cartellino import settings

    told = folder / settings.FILE
    return (settings.load(told) if told.is_file() else settings.Settings()).features.backbone


def _list(found: list[dict[str, Any]]) -> None:
    from cartellino.show import terminal

    rows = [[each["name"], each["family"], _extras(each), each["summary"]] for each in found]
    terminal.table(["recipe", "family", "needs", "what it is"], rows, "llll")


def _extras(each: dict[str, Any]) -> str:
    return ", ".join(f"[{extra}]" for extra in each["extras"]) or "–"


def _tell(data: dict[str, Any]) -> None:
    from cartellino.show import terminal
    from cartellino.show.words import number

    click.echo(f"{data['name']} (family {data['family']}): {data['summary']}")
    if data["extras"]:
        click.echo(f"Needs: pip install 'cartellino[{','.join(data['extras'])}]'")
    click.echo("\nSettings, for --set and --search:")
    told = [
        [each["name"], _value(each["value"]), each["wanted"], each["meaning"]] for each in data["settings"]
    ]
    terminal.table(["setting", "value", "can be", "what it means"], told, "llll")
    if data["sees"]:
        click.echo("\nWhat it sees, computed once for each picture and kept:")
        told = [
            [each["view"], each["numbers"], each["size"], each["parameters"], each["multiply_adds"]]
            for each in data["sees"]
        ]
        terminal.table(["view", "numbers", "pixels a side", "parameters", "multiply-adds"], told, "lrrrr")
    click.echo(f"\nWhat it is made of, for {data['classes']} classes:")
    told = [
        [
            each["name"],
            each["kind"],
            " × ".join(map(number, each["shape"])) or "–",
            "by the data" if each["parameters"] is None else each["parameters"],
        ]
        for each in data["layers"]
    ]
    terminal.table(["layer", "kind", "gives", "parameters"], told, "llrr")
    click.echo(f"\nCost: {_cost(data)}.")
    if data["drawing"]:
        click.echo(f"Drawing: {data['drawing']}")


def _value(value: Any) -> str:
    import json

    from cartellino.classify.described import brief

    return value if isinstance(value, str) else json.dumps(brief(value), ensure_ascii=False)


def _cost(data: dict[str, Any]) -> str:
    from cartellino.show.words import number

    learnt = data["parameters"]
    told = ["as many parameters as the data ask for" if learnt is None else f"{number(learnt)} parameters"]
    if data["all_multiply_adds"] is not None:
        told.append(f"{number(data['all_multiply_adds'])} multiply-adds a picture, what it sees included")
    elif data["multiply_adds"] is not None:
        told.append(f"{number(data['multiply_adds'])} multiply-adds a picture, beside what it sees")
    return "; ".join(told)


def _drawn(data: dict[str, Any]) -> Figure:
    """What it sees, then what it learns, as a drawing."""
    from cartellino.classify.outline import Layer, Outline
    from cartellino.show import figures
    from cartellino.show.charts.architecture import Stage

    seen = [
        Stage(each["view"], "taken as it is", (each["numbers"],), each["parameters"], learnt=False)
        for each in data["sees"]
    ]
    layers = tuple(Layer(**{**each, "shape": tuple(each["shape"])}) for each in data["layers"])
    grouped = Outline(layers, data["parameters"], data["multiply_adds"]).grouped().layers
    first = Stage("picture", "as it is kept", (), 0, learnt=False)
    given = [layer for place, layer in enumerate(grouped) if place or layer.parameters]
    return figures.architecture([first, *seen, *(Stage(*layer[:4]) for layer in given)])


def _write(figure: Figure, out: Path) -> None:
    from cartellino.files import write_bytes, write_text
    from cartellino.show import figures

    if out.suffix.lower() == ".png":
        write_bytes(out, figures.png(figure))
    else:
        write_text(out, figures.svg(figure))
