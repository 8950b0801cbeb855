"""reproduce: the studies' experiments, ours beside theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cartellino.cli.program import answer, bar, common, opened


@click.command()
@click.argument("study")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="The collection to run it on; the current one if not given.",
)
@click.option(
    "--scale",
    default="laptop",
    show_default=True,
    help="'full' as the study did it; 'laptop' within an hour without a GPU; 'glance' within minutes.",
)
@click.option("--seeds", default=1, show_default=True, help="Make every run with so many seeds.")
@click.option(
    "--labels",
    "replaced",
    multiple=True,
    metavar="THEIRS=OURS",
    help="Take a label set of this collection in the place of one of the study's.",
)
@common
def reproduce(
    study: str,
    data: Path | None,
    scale: str,
    seeds: int,
    replaced: tuple[str, ...],
    folder: Path,
    as_json: bool,
) -> None:
    """Carry out STUDY (p1 … p5, or a TOML file) on a collection, and set ours beside theirs.

    Example: cartellino reproduce p2 --scale laptop
    """
    labels = dict(_pair(each) for each in replaced)
    with opened(data or folder) as museum:
        museum.progress = bar()
        page = museum.reproduce(study, scale=scale, seeds=range(seeds), labels=labels)
    answer(as_json, {"report": str(page.file), **page.data}, lambda: _tell(page.data, page.file))


def _pair(told: str) -> tuple[str, str]:
    theirs, separator, ours = told.partition("=")
    if not separator or not theirs or not ours:
        raise click.BadParameter(f"'{told}' should read THEIRS=OURS, such as p3-style=style")
    return theirs, ours


def _tell(data: dict[str, Any], page: Path) -> None:
    from cartellino.show import terminal

    for table in data["tables"]:
        click.echo(f"{table['title']} ({table['labels']})")
        if table["refused"]:
            click.echo(f"  {table['refused']}")
            continue
        names = [measure["name"] for measure in table["measures"]]
        head = ["run", *(part for name in names for part in (name, "theirs"))]
        terminal.table(head, [_row(row, table["measures"]) for row in table["rows"]])
        for row in table["rows"]:
            if row["refused"]:
                click.echo(f"{row['called']}: {row['refused']}")
    click.echo(f"Report: {page}")


def _row(row: dict[str, Any], measures: list[dict[str, str]]) -> list[str]:
    found = [row["figures"][measure["key"]] for measure in measures]
    return [row["called"], *(_share(each[key]) for each in found for key in ("value", "theirs"))]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
