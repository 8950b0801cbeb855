"""export: home again."""

from __future__ import annotations

from pathlib import Path

import click

from cartellino.cli.program import answer, common, opened


@click.group()
def export() -> None:
    """Write the museum's own table with the labels beside it.

    Example: cartellino export table --out works-labelled.csv
    """


@export.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="File to write: .csv, .tsv or .xlsx.",
)
@click.option(
    "--label-set", "label_sets", multiple=True, help="Only this label set; give it several times for several."
)
@click.option("--source", help="Which incoming table; needed only where there are several.")
@common
def table(out: Path, label_sets: tuple[str, ...], source: str | None, folder: Path, as_json: bool) -> None:
    """Write the incoming table: same rows, ids and columns, new columns beside the old.

    Example: cartellino export table --out works-labelled.csv
    """
    from cartellino.show import words

    with opened(folder) as museum:
        made = museum.export(out, label_sets=label_sets, source=source)
    answer(
        as_json,
        {"file": str(out), "rows": made.rows, "columns": list(made.columns)},
        lambda: click.echo(
            f"{words.count(made.rows, 'row')} written to {out}, with these columns beside the museum's own: "
            f"{', '.join(made.columns)}"
        ),
    )
