"""labels report: a label set looked at, before anything is learnt from it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cartellino.cli.program import answer, bar, common, opened


@click.command()
@click.argument("name")
@click.option("--date-field", default="", help="The field that says when works were made, if not found.")
@click.option("--seed", default=0, show_default=True, help="Of the works that are drawn to be looked at.")
@common
def report(name: str, date_field: str, seed: int, folder: Path, as_json: bool) -> None:
    """Look at the label set NAME: counts, sample sheets, and warnings of cues that give labels away.

    Writes one page, reports/labels-NAME@VERSION/report.html.

    Example: cartellino labels report culture
    """
    from cartellino.show import terminal

    with opened(folder) as museum:
        museum.progress = bar(as_json)
        page = museum.labels.report(name, date_field=date_field, seed=seed)
    data = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    said = "\n\n".join([f"{data['headline']}.", *data["summary"], f"The page: {page}"])
    answer(as_json, {"page": str(page), **data}, lambda: terminal.story(said))
