"""labels: what is to be learnt."""

from __future__ import annotations

from pathlib import Path

import click

from cartellino.cli.defining import define
from cartellino.cli.label_report import report
from cartellino.cli.labelset import described, tell
from cartellino.cli.program import answer, common, opened


@click.group()
def labels() -> None:
    """Define, show, look at and list label sets.

    Example: cartellino labels define culture --field culture --min-works 30
    """


@labels.command()
@click.argument("name")
@common
def show(name: str, folder: Path, as_json: bool) -> None:
    """Show the label set NAME: works of each class in each part.

    Example: cartellino labels show culture
    """
    with opened(folder) as museum:
        found = museum.labels.get(name)
    answer(as_json, described(found), lambda: tell(found))


labels.add_command(define)
labels.add_command(report)


@labels.command(name="list")
@common
def list_(folder: Path, as_json: bool) -> None:
    """List the label sets and their versions.

    Example: cartellino labels list
    """
    from cartellino.show import terminal

    with opened(folder) as museum:
        found = museum.catalogue.labels.list()
    rows = [
        [f"{row.name}@{row.version}", row.kind, row.frozen_at[:16].replace("T", " "), row.hash[:12]]
        for row in found
    ]
    data = [{"name": row.name, "version": row.version, "kind": row.kind, "hash": row.hash} for row in found]
    answer(as_json, data, lambda: terminal.table(["label set", "kind", "frozen", "hash"], rows))
