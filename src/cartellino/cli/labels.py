"""labels: what is to be learnt."""

from __future__ import annotations

from pathlib import Path

import click

from cartellino.cli.defining import define
from cartellino.cli.label_report import report
from cartellino.cli.labelset import described, tell
from cartellino.cli.program import answer, bar, common, opened
from cartellino.cli.vocabulary import suggest_merges, vocabulary


@click.group()
def labels() -> None:
    """Define, show, look at and list label sets.

    Example: cartellino labels define culture --field culture --min-works 30
    """


labels.add_command(suggest_merges)
labels.add_command(vocabulary)


@labels.command()
@click.argument("name")
@click.option("--leaks", is_flag=True, help="Prove that kin share a part, and measure what ignoring it adds.")
@common
def show(name: str, leaks: bool, folder: Path, as_json: bool) -> None:
    """Show the label set NAME: works of each class in each part.

    Example: cartellino labels show culture --leaks
    """
    with opened(folder) as museum:
        museum.progress = bar(as_json)
        found = museum.labels.get(name)
        if leaks:
            from cartellino.cli import leaks as leaking

            data = leaking.leaks(museum, found)
            answer(as_json, data, lambda: leaking.tell(data))
            return
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
